import { escapeText } from "./escape.ts"

/** A piece of finished markup. Only `html` and `trusted` make one; every other string is text and is escaped. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

export type Piece = Html | string | number | null | readonly Piece[]

/** Markup as written in the source, with every value put into it escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  const parts = strings.map((string, index) => string + markupOf(values[index] ?? null))
  return new Html(parts.join(""))
}

/** For the program's own text alone, never for what a file said. */
export const trusted = (markup: string): Html => new Html(markup)

export function joined(pieces: readonly Piece[], separator: Piece): Html {
  return new Html(pieces.map(markupOf).join(markupOf(separator)))
}

function markupOf(piece: Piece): string {
  if (piece === null) return ""
  if (piece instanceof Html) return piece.markup
  if (typeof piece === "string") return escapeText(piece)
  if (typeof piece === "number") return String(piece)
  return piece.map(markupOf).join("")
}
