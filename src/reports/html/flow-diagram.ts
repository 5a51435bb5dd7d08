import type { AssetAnswer, ConservingAnswer, ConservingRule } from "../../contracts/trace.ts"
import { accountOf, shortened } from "./address-book.ts"
import { type Context, conservingOf } from "./context.ts"
import { agrees } from "./flow-check.ts"
import { flowGraph } from "./flow-graph.ts"
import { type Box, type Layout, layout } from "./flow-layout.ts"
import { merged } from "./flow-merge.ts"
import type { FlowGraph, FlowNode } from "./flow-nodes.ts"
import { BOX_WIDTH, round } from "./flow-ribbons.ts"
import { type Html, html, type Piece } from "./markup.ts"
import { coinsText } from "./show.ts"
import { clipped, widthOf } from "./text-width.ts"

const LINE = 14
const NAME_SIZE = 12
const SMALL_SIZE = 11
const LEAST_PITCH = 190
const MOST_PITCH = 300
/** A drawing within it is printed on the page as it comes; a larger one gets a page across. */
const PAGE_WIDTH = 900
const PAGE_HEIGHT = 620
/** What a band needs beside a label to be seen for itself. */
const BESIDE_LABEL = 44

/** One drawing for each asset, under the first conserving rule asked for; null where no rule conserves. */
export function flowSection(context: Context): Html | null {
  const drawings = context.input.trace.answers.flatMap((answer, index): Html[] => {
    const [first] = conservingOf(answer)
    return first === undefined ? [] : [drawing(answer, first, index, context)]
  })
  return drawings.length === 0 ? null : html`<p>${context.text.flow.lead}</p>${drawings}`
}

function drawing(
  answer: AssetAnswer,
  [rule, own]: readonly [ConservingRule, ConservingAnswer],
  index: number,
  context: Context,
): Html {
  const { text, input } = context
  const graph = merged(
    flowGraph(answer, own, BigInt(input.min), isGivenAway(answer, rule, input.trace.answers)),
  )
  if (graph.nodes.length === 0) return html`<p>${text.flow.nothing(answer.asset)}</p>`
  const labels = new Map(graph.nodes.map(node => [node.key, labelOf(node, answer.asset, context)]))
  const amounts = [...labels.values()].map(({ amount }) => widthOf(amount, SMALL_SIZE))
  const columns = Math.max(...graph.nodes.map(({ hop }) => hop ?? 0)) + 2
  const least = Math.ceil(Math.max(LEAST_PITCH, ...amounts.map(width => width + BOX_WIDTH + BESIDE_LABEL)))
  // Few columns may take the width that there is, for names in full.
  const pitch = Math.max(least, Math.min(MOST_PITCH, Math.floor(PAGE_WIDTH / columns)))
  const geometry = laidOut(graph, labels, pitch)
  const title = text.flow.title(answer.asset, text.rules.names[rule])
  const note = own.flowsLeftOut
    ? html`<p class="warn">${text.flow.leftOut(own.flowsLeftOut)}</p>`
    : agrees(graph, own.total)
      ? null
      : html`<p class="warn">${text.flow.approximate}</p>`
  const isLarge = geometry.width > PAGE_WIDTH + 2 * pitch * 0.2 || geometry.height > PAGE_HEIGHT
  return html`<figure class="flow${isLarge ? " large" : ""}">
<figcaption>${title}</figcaption>${note}
<div class="scroll" role="region" tabindex="0" aria-label="${title}">
${svg(graph, labels, geometry, pitch, { index, title, asset: answer.asset }, context)}</div>
</figure>
`
}

/** An exchange is told in the answer of what was got; what was given is named there as where it came from. */
function isGivenAway(answer: AssetAnswer, rule: ConservingRule, answers: readonly AssetAnswer[]) {
  const given = new Set<string>()
  for (const other of answers) {
    if (other === answer) continue
    for (const { kind, from } of other.rules[rule]?.flows ?? [])
      if (kind === "exchange") for (const pot of from) given.add(pot)
  }
  return (pot: string): boolean => given.has(pot)
}

function laidOut(graph: FlowGraph, labels: ReadonlyMap<string, Label>, pitch: number): Layout {
  const last = Math.max(...graph.nodes.map(({ hop }) => hop ?? 0)) + 1
  const boxes = graph.nodes.map(({ key, hop }) => ({
    key,
    column: hop ?? last,
    labelHeight: (labels.get(key)?.lines ?? 1) * LINE,
  }))
  return layout(boxes, graph.edges, pitch)
}

interface Label {
  readonly name: string
  /** Beneath the name: the short address, or the thefts. */
  readonly detail: string | null
  readonly amount: string
  readonly lines: number
  /** Whole, for whoever points at it or has it read out. */
  readonly full: string
}

function labelOf(node: FlowNode, asset: string, context: Context): Label {
  const { text, book } = context
  const amount = coinsText(node.amount, asset, context)
  const label = (name: string, detail: string | null, full: string): Label => {
    return { name, detail, amount, lines: detail === null ? 2 : 3, full: `${full}: ${amount}` }
  }
  switch (node.kind) {
    case "declared":
      return label(text.flow.declared, node.name, `${text.flow.declared} (${node.name})`)
    case "exchangedIn":
      return label(text.flow.exchangedIn(node.name), null, text.flow.exchangedIn(node.name))
    case "others":
      return label(text.flow.others(node.count), null, text.flow.others(node.count))
    case "further":
      return label(text.flow.further(node.count), null, text.flow.further(node.count))
    case "otherServices":
      return label(
        text.flow.otherServices(node.count),
        text.flow.service,
        text.flow.otherServices(node.count),
      )
    case "service":
      return label(node.name, text.flow.service, node.name)
    case "step":
      return label(text.flow.step, shortened(node.name), `${text.flow.step} ${node.name}`)
    case "place":
      return label(
        text.buckets[node.name as keyof typeof text.buckets],
        null,
        text.buckets[node.name as keyof typeof text.buckets],
      )
    case "pot": {
      const account = accountOf(node.name, asset)
      const name = book.name(account)
      return name === null
        ? label(shortened(account), null, account)
        : label(name, shortened(account), `${name} ${account}`)
    }
  }
}

function svg(
  graph: FlowGraph,
  labels: ReadonlyMap<string, Label>,
  { width, height, boxes, bands }: Layout,
  pitch: number,
  { index, title, asset }: { readonly index: number; readonly title: string; readonly asset: string },
  context: Context,
): Html {
  const nodes = new Map(graph.nodes.map(node => [node.key, node]))
  // Wide bands first, so that a narrow one is never hidden beneath.
  const painted = [...bands].sort((a, b) => b.width - a.width)
  return html`<svg class="flow-svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="flow-t${index} flow-d${index}">
<title id="flow-t${index}">${title}</title>
<desc id="flow-d${index}">${context.text.flow.description}</desc>
<g class="bands">${painted.map(band => {
    const end = labels.get(band.to)?.full.slice(0, -(labels.get(band.to)?.amount.length ?? 0) - 2) ?? ""
    const said = html`<title>${end === "" ? "" : `${end}: `}${coinsText(band.amount, asset, context)}</title>`
    return html`<path class="band ${tint(nodes.get(endOf(band.to)))}${band.returns ? " returns" : ""}" d="${band.path}">${said}</path>\n`
  })}</g>
<g class="boxes">${boxes.map(box => boxOf(box, nodes.get(box.key), labels.get(box.key), pitch))}</g>
</svg>`
}

/** A stretch into a lane has the colour of the end that the lane leads to. */
const endOf = (key: string): string => key.replace(/^lane \d+ /, "")

const tint = (node: FlowNode | undefined): string =>
  node?.kind === "place"
    ? `to-${node.name}`
    : node?.kind === "service" || node?.kind === "otherServices"
      ? "to-services"
      : ""

function boxOf(box: Box, node: FlowNode | undefined, label: Label | undefined, pitch: number): Piece {
  if (node === undefined || label === undefined) return null
  const room = pitch - BOX_WIDTH - 18
  const x = box.x + BOX_WIDTH + 6
  const first = box.y + box.height / 2 - (label.lines * LINE) / 2 + LINE - 3
  const detail =
    label.detail === null
      ? null
      : html`<text class="detail" x="${x}" y="${round(first + LINE)}">${clipped(label.detail, SMALL_SIZE, room)}</text>`
  return html`<g><title>${label.full}</title><rect class="box ${tint(node)}" x="${box.x}" y="${box.y}" width="${BOX_WIDTH}" height="${box.height}"/>
<text class="name" x="${x}" y="${round(first)}">${clipped(label.name, NAME_SIZE, room)}</text>${detail}
<text class="amount" x="${x}" y="${round(first + LINE * (label.lines - 1))}">${label.amount}</text></g>
`
}
