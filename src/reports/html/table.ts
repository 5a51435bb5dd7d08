import { type Html, html, type Piece } from "./markup.ts"

export interface Column {
  readonly head: Piece
  /** Amounts are set right, so that their digits stand under each other. */
  readonly numeric?: boolean
}

export interface Body {
  /** A line across the table before the rows. */
  readonly head?: Piece
  readonly rows: readonly Row[]
  readonly kind?: "check"
}

/** Its cells; and, where there is more to say than a cell holds, a line of its own beneath them. */
export type Row = readonly Piece[] | { readonly cells: readonly Piece[]; readonly beneath: Piece }

/** Up to so many rows a table is kept on one printed page. */
const MOST_KEPT = 18

/** A table in a box of its own that scrolls when the page is narrow; the first cell of a row heads it. */
export function table(caption: string, columns: readonly Column[], bodies: readonly Body[]): Html {
  const heads = columns.map(({ head, numeric }) =>
    numeric ? html`<th scope="col" class="n">${head}</th>` : html`<th scope="col">${head}</th>`,
  )
  const count = bodies.reduce((sum, { rows }) => sum + rows.length, 0)
  return html`<div class="scroll${count > MOST_KEPT ? "" : " keep"}" role="region" tabindex="0" aria-label="${caption}">
<table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
${bodies.map(body => bodyOf(body, columns))}</table></div>
`
}

function bodyOf({ head, rows, kind }: Body, columns: readonly Column[]): Html {
  const across =
    head === undefined
      ? null
      : html`<tr class="across"><th scope="rowgroup" colspan="${columns.length}">${head}</th></tr>\n`
  return html`<tbody${kind === undefined ? null : html` class="${kind}"`}>${across}${rows.map(row => rowOf(row, columns))}</tbody>`
}

function rowOf(row: Row, columns: readonly Column[]): Html {
  if (!("beneath" in row)) return html`<tr>${cellsOf(row, columns)}</tr>\n`
  return html`<tr class="above">${cellsOf(row.cells, columns)}</tr>
<tr class="beneath"><td></td><td colspan="${columns.length - 1}">${row.beneath}</td></tr>
`
}

const cellsOf = (cells: readonly Piece[], columns: readonly Column[]): Piece =>
  cells.map((cell, at) => {
    if (at === 0) return html`<th scope="row">${cell}</th>`
    return columns[at]?.numeric ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`
  })

/** A browser or a printer gives up on more rows than this; how many are missing is said, never hidden. */
export const MOST_ROWS = 5000

export function firstRows<T>(items: readonly T[]): {
  readonly shown: readonly T[]
  readonly leftOut: number
} {
  return { shown: items.slice(0, MOST_ROWS), leftOut: Math.max(0, items.length - MOST_ROWS) }
}
