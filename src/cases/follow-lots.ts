import type { TracedPart } from "../ports/block-moves.ts"
import type { LabelTable } from "../tracing/label.ts"
import type { FlatLots } from "../tracing/sweep/flat-lots.ts"
import type { PullSweep } from "../tracing/sweep/pull-sweep.ts"
import { BURNED, type Declared, FOLLOWED, type SweepChain } from "../tracing/sweep/sweep-chain.ts"

/** What is traced in the outputs that a block spends, and in those that it makes; only those with something traced. */
export interface BlockLots {
  readonly taken: Map<number, readonly TracedPart[]>
  readonly made: Map<number, readonly TracedPart[]>
}

export interface Spelling {
  readonly rule: string
  readonly theftIds: readonly string[]
}

/**
 * Sweeps a block and gives what was traced in everything that it spent and made.
 *
 * An output that the block makes and spends itself is in a pot at neither end of it: a deposit that is sent on at once.
 * What was in it is found by sweeping the block up to before its spender and taking that back; the block is cut in as
 * few places as show them all.
 */
export function sweepTelling(
  sweep: PullSweep,
  block: SweepChain,
  declared: readonly Declared[],
  spelling: Spelling,
): BlockLots {
  const lots: BlockLots = { taken: new Map(), made: new Map() }
  const tell = (of: FlatLots) => partsOf(of, sweep.book.labels, spelling)
  for (const output of block.spent) {
    const held = output < block.outputFrom ? sweep.pots.get(output) : undefined
    if (held !== undefined) lots.taken.set(output, tell(held))
  }
  const reached = reachedIn(block, lots.taken, declared)
  if (reached.size > 0) {
    // What nobody can spend is counted apart and kept in no pot; for the looking it is.
    const fate = block.fate.map(one => (one === BURNED ? FOLLOWED : one))
    for (const end of [...cutsOf(block, reached), block.txEnd]) {
      const arrived = sweep.book.arrivals.length
      const undo = sweep.runBlock({
        ...block,
        fate,
        txEnd: end,
        blockFirstTx: Uint32Array.of(block.txFrom, end),
      })
      const outputs = block.firstOutput[end - block.txFrom] as number
      // A coinbase has its fees at the end alone; nobody spends it in its own block.
      const first = end === block.txEnd ? block.outputFrom : (block.firstOutput[1] as number)
      for (let output = first; output < outputs; output++) {
        const held = lots.made.has(output) ? undefined : sweep.pots.get(output)
        if (held !== undefined) lots.made.set(output, tell(held))
      }
      for (const { output, lots: own } of sweep.book.arrivals.slice(arrived)) lots.made.set(output, tell(own))
      undo()
    }
  }
  for (const output of block.spent) {
    const at = output - block.outputFrom
    const held = at >= 0 && block.fate[at] === FOLLOWED ? lots.made.get(output) : undefined
    if (held !== undefined) lots.taken.set(output, held)
  }
  sweep.runBlock(block)
  return lots
}

/** Transactions of the block that may have something traced, whatever the rule. */
function reachedIn(
  block: SweepChain,
  taken: ReadonlyMap<number, unknown>,
  declared: readonly Declared[],
): Set<number> {
  const { txFrom, txEnd, firstInput, inputFrom, spent, outputFrom, firstOutput } = block
  const reached = new Set(declared.map(({ tx }) => tx).filter(tx => tx >= txFrom && tx < txEnd))
  const outputs = new Set<number>()
  for (let tx = txFrom; tx < txEnd; tx++) {
    const end = firstInput[tx - txFrom + 1] as number
    for (let input = firstInput[tx - txFrom] as number; input < end; input++) {
      const output = spent[input - inputFrom] as number
      if (output >= outputFrom ? outputs.has(output) : taken.has(output)) reached.add(tx)
    }
    if (!reached.has(tx)) continue
    const last = firstOutput[tx - txFrom + 1] as number
    for (let output = firstOutput[tx - txFrom] as number; output < last; output++) outputs.add(output)
  }
  return reached
}

/** The fewest ends of the block at which every output that it makes and spends, and that is reached, can be seen. */
function cutsOf(block: SweepChain, reached: ReadonlySet<number>): number[] {
  const { txFrom, txEnd, firstInput, inputFrom, spent, outputFrom } = block
  const cuts: number[] = []
  let last = txFrom
  for (let tx = txFrom; tx < txEnd; tx++) {
    if (!reached.has(tx)) continue
    const end = firstInput[tx - txFrom + 1] as number
    for (let input = firstInput[tx - txFrom] as number; input < end; input++) {
      const output = spent[input - inputFrom] as number
      if (output < outputFrom || output < (block.firstOutput[last - txFrom] as number)) continue
      cuts.push(tx)
      last = tx
      break
    }
  }
  return cuts
}

/** By theft; a lot that several thefts touched counts for each. */
function partsOf(lots: FlatLots, labels: LabelTable, { rule, theftIds }: Spelling): readonly TracedPart[] {
  const sums = new Map<number, bigint>()
  for (let at = 0; at < lots.length; at += 2) {
    for (const theft of labels.theftsOf(lots[at] as number)) {
      sums.set(theft, (sums.get(theft) ?? 0n) + BigInt(lots[at + 1] as number))
    }
  }
  const inOrder = [...sums].sort(([a], [b]) => a - b)
  return inOrder.map(([theft, amount]) => ({ theft: theftIds[theft] as string, rule, amount }))
}
