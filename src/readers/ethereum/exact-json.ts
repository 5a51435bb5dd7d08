const QUOTE = '"'
const NUMBER_CHARACTERS = new Set("0123456789+-.eE")
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * JSON whose numbers stay text: amounts here are far above 2^53. One pass over the text, in which strings are passed
 * over whole, so that no text takes longer than its length.
 *
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  const parts: string[] = []
  let from = 0
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === QUOTE) at = endOfString(text, at)
    else if (character === "-" || (character >= "0" && character <= "9")) {
      let end = at + 1
      while (NUMBER_CHARACTERS.has(text.charAt(end))) end++
      const number = text.slice(at, end)
      if (!NUMBER.test(number)) throw new SyntaxError("no number")
      parts.push(text.slice(from, at), QUOTE, number, QUOTE)
      from = end
      at = end
    } else at++
  }
  parts.push(text.slice(from))
  return JSON.parse(parts.join(""))
}

/** Just behind the string that begins here; the end of the text where it does not end. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf(QUOTE, from)
    if (quote < 0) return text.length
    let backslashes = 0
    while (text.charAt(quote - 1 - backslashes) === "\\") backslashes++
    if (backslashes % 2 === 0) return quote + 1
    from = quote + 1
  }
}
