/**
 * Characters that a reader cannot see but that change what he sees: controls, direction overrides and isolates,
 * zero-width characters, tags, lone surrogates. A case file may come from anyone, and a name that reads backwards
 * in a court's bundle is a forgery. Each becomes a visible dot, so that it is not hidden that something stood there.
 */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

const WHITE_SPACE = /[\t\n\r]+/g

/** Text as it may be shown: line breaks become spaces, other invisible characters a dot. */
export function printable(text: string): string {
  return text.replace(WHITE_SPACE, " ").replace(INVISIBLE, "\u00b7")
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Text made safe between tags and inside a quoted attribute alike. */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<>"']/g, char => ENTITIES[char] as string)
}

/**
 * The address of a page that may be linked, or null: http and https only, and no user name before the host, which
 * serves to make one site's address look like another's.
 */
export function linkable(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, username, password, href } = new URL(url)
  if (protocol !== "http:" && protocol !== "https:") return null
  return username === "" && password === "" ? href : null
}
