import { malformed } from "./label-text.ts"

/**
 * The fields of one record (RFC 4180), without the white space around them.
 *
 * @param text the record without its line's end; line ends within quotes are part of it
 * @throws Problem `labels-malformed`
 */
export function csvFields(text: string, line: number): string[] {
  return text.includes('"') ? quotedFields(text, line) : text.split(",").map(field => field.trim())
}

function quotedFields(text: string, line: number): string[] {
  const fields: string[] = []
  for (let at = 0; at <= text.length; at++) {
    while (at < text.length && isSpace(text[at])) at++
    if (text[at] === '"') {
      const end = closingQuote(text, at, line)
      fields.push(
        text
          .slice(at + 1, end)
          .replaceAll('""', '"')
          .trim(),
      )
      at = end + 1
      while (at < text.length && isSpace(text[at])) at++
      if (at < text.length && text[at] !== ",") {
        throw malformed("CSV: something stands between a closing quote and the next comma", line)
      }
      continue
    }
    const comma = text.indexOf(",", at)
    const end = comma < 0 ? text.length : comma
    const field = text.slice(at, end)
    if (field.includes('"')) {
      throw malformed(
        "CSV: a quote inside a field that does not begin with one; double it and quote the field",
        line,
      )
    }
    fields.push(field.trim())
    at = end
  }
  return fields
}

function closingQuote(text: string, opening: number, line: number): number {
  for (let at = opening + 1; ; at++) {
    at = text.indexOf('"', at)
    if (at < 0) throw malformed("CSV: a quote is not closed", line)
    if (text[at + 1] !== '"') return at
    at++
  }
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && character !== "," && character !== '"' && character.trim() === ""
}

/** Whether a record goes on in the next line: one of its quotes is open. */
export function isOpen(text: string): boolean {
  let quotes = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}
