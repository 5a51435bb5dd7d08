import { RemoteFault } from "./remote-fault.ts"

export interface BaseUrl {
  /** Without user, password and a slash at the end. Safe to print and to store. */
  readonly href: string
  readonly origin: string
  readonly authorization: string | null
  /** What the address had after its question mark, mostly a key: sent with each request, and shown and stored nowhere. */
  readonly query: string
}

/**
 * Reads the address of an explorer as the user named it. A user and password in it become a header: fetch refuses
 * them in an address, and they have no place in a message or in the cache. Nor has a key in its query.
 *
 * @param credentials "user:password", which goes before those in the address
 * @throws RemoteFault "unreachable" where it is no address of http or https, "unauthorised" where the credentials, as
 * an empty cookie file has them, are none
 */
export function readBaseUrl(text: string, credentials?: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new RemoteFault("unreachable", "", "not an http or https address")
  }
  const { username, password, origin, pathname, search } = url
  return {
    href: `${origin}${pathname.replace(/\/+$/, "")}`,
    origin,
    authorization: credentials === undefined ? basic(username, password) : ownWords(credentials),
    query: search.slice(1),
  }
}

/** Where a request for `path`, which may have a query of its own, is sent. */
export function requestUrl({ href, query }: BaseUrl, path: string): string {
  if (query === "") return `${href}${path}`
  return `${href}${path}${path.includes("?") ? "&" : "?"}${query}`
}

function ownWords(credentials: string): string {
  // A cookie file may end in a line break; without a colon there is no password in it.
  const words = credentials.trimEnd()
  if (words.includes(":")) return `Basic ${Buffer.from(words).toString("base64")}`
  throw new RemoteFault("unauthorised", "", "no user:password given")
}

function basic(username: string, password: string): string | null {
  if (username === "" && password === "") return null
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
