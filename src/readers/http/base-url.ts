import { RemoteFault } from "./remote-fault.ts"

export interface BaseUrl {
  /** Without user, password and a slash at the end. Safe to print and to store. */
  readonly href: string
  readonly origin: string
  readonly authorization: string | null
}

/**
 * Reads the address of an explorer as the user named it. A user and password in it become a header: fetch refuses
 * them in an address, and they have no place in a message or in the cache.
 *
 * @throws RemoteFault "unreachable" where it is no address of http or https
 */
export function readBaseUrl(text: string, credentials?: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new RemoteFault("unreachable", "", "not an http or https address")
  }
  const { username, password, origin, pathname } = url
  return {
    href: `${origin}${pathname.replace(/\/+$/, "")}`,
    origin,
    authorization:
      credentials !== undefined
        ? `Basic ${Buffer.from(credentials).toString("base64")}`
        : username === "" && password === ""
          ? null
          : basic(username, password),
  }
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${plain(username)}:${plain(password)}`).toString("base64")}`
}

/** A lone per cent sign is no escape; a password may have one. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
