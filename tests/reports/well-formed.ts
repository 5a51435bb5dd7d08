const VOID = new Set(["meta", "br", "wbr"])
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*(\/?)>/y

/** What is wrong with a page's markup, or null: every tag closed in turn, every attribute quoted, no stray sign. */
export function faultOf(page: string): string | null {
  const open: string[] = []
  let at = page.startsWith("<!doctype html>") ? "<!doctype html>".length : -1
  if (at < 0) return "no doctype"
  while (at < page.length) {
    const char = page[at]
    if (char === "<") {
      TAG.lastIndex = at
      const match = TAG.exec(page)
      if (match === null) return `not a tag: ${page.slice(at, at + 60)}`
      const [whole, isEnd, name = "", , isEmpty] = match
      at += whole.length
      if (isEnd !== "") {
        const last = open.pop()
        if (last !== name) return `</${name}> where </${last}> was due`
      } else if (!VOID.has(name) && isEmpty === "") {
        open.push(name)
        // A style sheet is no markup.
        if (name === "style") at = page.indexOf("</style>", at)
      }
    } else if (char === ">") return `stray > at ${page.slice(at - 30, at + 30)}`
    else if (char === "&" && !/^&(amp|lt|gt|quot|#39);/.test(page.slice(at, at + 7))) {
      return `bare & at ${page.slice(at, at + 30)}`
    } else at++
    if (char === "&") at++
  }
  return open.length === 0 ? null : `never closed: ${open.join(", ")}`
}
