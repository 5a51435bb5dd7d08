import { eastAsianWidth } from "get-east-asian-width"

/** Columns that a text takes on a terminal: East Asian wide characters take two. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += eastAsianWidth(char.codePointAt(0) as number)
  return width
}

export interface Column {
  readonly head: string
  readonly align: "left" | "right"
}

const GUTTER = "  "

/**
 * Lays rows out under their heads. Where the table is wider than the terminal, columns after the first are printed
 * in blocks below each other, each under the first column again. A row's note stands on a line of its own below it.
 */
export function tableText(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  maxWidth: number,
  notes: readonly string[] = [],
): string[] {
  const widths = columns.map(({ head }, at) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[at] ?? "")), widthOf(head)),
  )
  const lines: string[] = []
  for (const block of blocks(widths, maxWidth)) {
    if (lines.length > 0) lines.push("")
    const cell = (text: string, at: number) =>
      padded(text, widths[at] as number, columns[at]?.align ?? "left")
    const line = (cells: readonly string[]) =>
      block
        .map(at => cell(cells[at] ?? "", at))
        .join(GUTTER)
        .trimEnd()
    lines.push(line(columns.map(({ head }) => head)))
    lines.push(block.map(at => "-".repeat(widths[at] as number)).join(GUTTER))
    for (const [index, row] of rows.entries()) {
      lines.push(line(row))
      const note = notes[index]
      if (note !== undefined && note !== "" && block[1] === 1) lines.push(`${GUTTER}${note}`)
    }
  }
  return lines
}

function blocks(widths: readonly number[], maxWidth: number): number[][] {
  const all: number[][] = []
  let block = [0]
  let used = widths[0] ?? 0
  for (let at = 1; at < widths.length; at++) {
    const wanted = GUTTER.length + (widths[at] as number)
    if (used + wanted > maxWidth && block.length > 1) {
      all.push(block)
      block = [0]
      used = widths[0] ?? 0
    }
    block.push(at)
    used += wanted
  }
  all.push(block)
  return all
}

function padded(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)))
  return align === "right" ? space + text : text + space
}

/** Makes text from an untrusted record safe to print: no control or direction-changing characters. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\u00b7")
}
