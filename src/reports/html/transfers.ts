import type { CaseTransfer } from "../../casefile/case.ts"
import { accountOf } from "./address-book.ts"
import { type Context, inLanguage, wordFor } from "./context.ts"
import { type Html, html, joined, type Piece } from "./markup.ts"
import { amountsOf, tracedFlows } from "./movements.ts"
import { addressCell, amountText, citations, code, gradeMark, number, showTime } from "./show.ts"
import { firstRows, type Row, table } from "./table.ts"

/** The whole record: the case's transfers, or without a case every traced payment. */
export function transfersSection(context: Context): Html {
  return context.input.caseFile === null ? flows(context) : record(context.input.caseFile.transfers, context)
}

function record(transfers: readonly CaseTransfer[], context: Context): Html {
  const { text } = context
  const amounts = amountsOf(transfers)
  const { shown, leftOut } = firstRows(transfers)
  const rows = shown.map((transfer, index): Row => {
    const { id, tx, height, time, from, to, asset, amount, kind, grade, sources, note } = transfer
    const moved = amounts[index] ?? null
    const start = from === undefined ? text.transfers.issued : addressCell(from, context)
    const end =
      to === undefined
        ? text.transfers.destroyed
        : to === "?"
          ? text.transfers.unrecorded
          : addressCell(to, context)
    const cells = [
      html`${id}${kind === undefined ? null : html`<br><span class="tx">${wordFor(text.flowKinds, kind)}</span>`}`,
      when(time, height, context),
      ends(start, end, context),
      moved === null
        ? text.transfers.remainder
        : html`${number(amountText(moved, asset, context))} ${asset}${amount === "remainder" ? html`<br><span class="note">${text.transfers.remainder}</span>` : null}`,
      html`${gradeMark(grade, context)}<br>${citations(sources, context)}`,
    ]
    return withMore(cells, tx, note === undefined ? null : inLanguage(note, context), context)
  })
  const columns = headed(text.columns.transfer, text.transfers.amount, context)
  return html`<p>${text.transfers.leadCase}</p>\n${table(text.transfers.captionCase, columns, [{ rows }])}${rest(leftOut, context)}`
}

function flows(context: Context): Html {
  const { text } = context
  const { shown, leftOut } = firstRows(tracedFlows(context))
  const rows = shown.map(({ flow, asset }, index): Row => {
    const { kind, tx, height, time, from, to, amount, traced, grade } = flow
    const cell = (pot: string): Piece => addressCell(accountOf(pot, asset), context)
    const start = from.length === 0 ? text.flow.declared : joined(from.map(cell), html`<br>`)
    const whole = amountText(amount, asset, context)
    const cells = [
      html`${index + 1}<br><span class="tx">${wordFor(text.flowKinds, kind)}</span>`,
      when(time, height, context),
      ends(start, to === null ? wordFor(text.flowKinds, kind) : cell(to), context),
      html`${number(amountText(traced, asset, context))} ${asset}${amount === traced ? null : html`<br><span class="note">${text.transfers.outOf(whole)}</span>`}`,
      gradeMark(grade, context),
    ]
    return withMore(cells, tx, null, context)
  })
  const columns = headed(text.columns.payment, text.transfers.traced, context)
  return html`<p>${text.transfers.leadFlows}</p>\n${table(text.transfers.captionFlows, columns, [{ rows }])}${rest(leftOut, context)}`
}

function headed(first: string, amounts: string, { text }: Context) {
  return [
    { head: first },
    { head: text.columns.time },
    { head: text.transfers.ends },
    { head: amounts, numeric: true },
    { head: text.columns.evidence },
  ]
}

function when(time: CaseTransfer["time"], height: number | null, context: Context): Html {
  const block =
    height === null ? null : html`<br><span class="tx">${context.text.claim.height(String(height))}</span>`
  return html`${showTime(time, context)}${block}`
}

function ends(from: Piece, to: Piece, { text }: Context): Html {
  const end = (way: string, address: Piece) =>
    html`<div class="end"><span class="way">${way}</span><div>${address}</div></div>`
  return html`${end(text.transfers.from, from)}${end(text.transfers.to, to)}`
}

/** The hash and the note are long, and get the width of the table. */
function withMore(cells: readonly Piece[], tx: string | null, note: string | null, { text }: Context): Row {
  if (tx === null && note === null) return cells
  const hash = tx === null ? null : html`<div class="tx">${text.columns.tx} ${code(tx)}</div>`
  const remark = note === null ? null : html`<div class="note">${note}</div>`
  return { cells, beneath: html`${hash}${remark}` }
}

const rest = (leftOut: number, { text }: Context): Html | null =>
  leftOut === 0 ? null : html`<p class="warn">${text.rowsLeftOut(leftOut)}</p>\n`
