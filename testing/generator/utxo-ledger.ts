import type { UtxoLedger } from "../oracle/question.ts"
import type { InputRow, OutputRow } from "../oracle/rows.ts"
import { amountOn, cut, type Scales, scalesOf } from "./amounts.ts"
import { clock } from "./clock.ts"
import type { Dice } from "./dice.ts"

/** All the coins of sixty issues stay far below 2^53. */
const HUGE = 20_000_000_000_000n

interface Making {
  readonly dice: Dice
  readonly scales: Scales
  readonly addresses: readonly string[]
  readonly outputs: OutputRow[]
  readonly inputs: InputRow[]
  readonly unspent: OutputRow[]
}

interface TxHead {
  readonly txid: string
  readonly height: number
  readonly index: number
  readonly time: string
}

/** Blocks with and without coinbase, whose transactions spend each other; outputs never twice. */
export function makeUtxoLedger(dice: Dice): UtxoLedger {
  const addresses = Array.from({ length: dice.int(3, 10) }, (_, i) => `adr${i}`)
  const making: Making = { dice, scales: scalesOf(dice), addresses, outputs: [], inputs: [], unspent: [] }
  const tick = clock(dice)
  const wanted = dice.int(5, 60)
  let height = dice.int(0, 300)
  for (let made = 0; made < wanted; height += dice.chance(0.9) ? 1 : 2) {
    const size = Math.min(dice.int(1, 7), wanted - made)
    const time = tick()
    const heads = Array.from({ length: size }, (_, i) => ({ txid: `tx${made + i}`, height, index: i, time }))
    makeBlock(making, heads)
    made += size
  }
  return { shape: "utxo", outputs: making.outputs, inputs: making.inputs }
}

/**
 * Only the fees tell what a coinbase may claim, so it is made last; its outputs can be spent from the next block on.
 * It mostly, but not always, stands at the front. Whatever is first without inputs is the coinbase, by contract.
 */
function makeBlock(making: Making, heads: readonly TxHead[]): void {
  const { dice } = making
  const place = making.unspent.length === 0 || dice.chance(0.65) ? 0 : dice.int(0, heads.length * 2)
  let fees = 0n
  let coinbase: TxHead | undefined
  for (const [i, head] of heads.entries()) {
    const issues = making.unspent.length === 0 || dice.chance(0.06)
    if (coinbase === undefined && (i === place || issues)) coinbase = head
    else if (issues) makeIssue(making, head)
    else fees += makeSpend(making, head)
  }
  if (coinbase) makeCoinbase(making, coinbase, fees)
}

/** A transaction without inputs that is not its block's coinbase: its origin is unknown. */
function makeIssue(making: Making, head: TxHead): void {
  const { dice, scales } = making
  const values = Array.from({ length: dice.int(1, 2) }, () => amountOn(dice, dice.pick(scales), HUGE))
  addOutputs(making, head, values)
}

function makeSpend(making: Making, head: TxHead): bigint {
  const { dice, unspent, inputs } = making
  const count = Math.min(unspent.length, dice.pick([1, 1, 2, 2, 3, 4]))
  let sum = 0n
  for (let n = 0; n < count; n++) {
    // Recent outputs are spent more often than old ones, so that coins go far within few transactions.
    const recent = dice.chance(0.6)
      ? unspent.splice(-1 - dice.int(0, Math.min(3, unspent.length - 1)), 1)[0]
      : undefined
    const spent = recent ?? dice.draw(unspent)
    if (!spent) break
    sum += spent.value
    inputs.push({ txid: head.txid, n, spent_txid: spent.txid, spent_vout: spent.vout })
  }
  const { amounts, left } = cut(dice, sum, dice.pick([1, 2, 2, 3, 4, 5]))
  const noFee = dice.chance(0.4)
  const values = noFee ? amounts.map((amount, i) => (i === 0 ? amount + left : amount)) : amounts
  addOutputs(making, head, dice.shuffle(values))
  return noFee ? 0n : left
}

/** Claims subsidy and fees, or the fees alone, or less than the fees: the rest is burned. */
function makeCoinbase(making: Making, head: TxHead, fees: bigint): void {
  const { dice } = making
  const subsidy = amountOn(dice, dice.pick(making.scales), HUGE)
  const enough = fees > 0n && making.unspent.length > 0
  const claimed = enough && dice.chance(0.4) ? dice.pick([fees, dice.upTo(fees), 0n]) : subsidy + fees
  const { amounts, left } = cut(dice, claimed, dice.pick([1, 1, 2, 3]))
  addOutputs(
    making,
    head,
    amounts.map((amount, i) => (i === 0 ? amount + left : amount)),
  )
}

function addOutputs(
  { dice, addresses, outputs, unspent }: Making,
  head: TxHead,
  values: readonly bigint[],
): void {
  for (const [vout, value] of values.entries()) {
    const output = { ...head, vout, address: dice.pick(addresses) ?? "adr0", value }
    outputs.push(output)
    unspent.push(output)
  }
}
