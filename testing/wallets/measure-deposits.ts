import { depositOf } from "../../src/clustering/deposit-address.ts"
import type { Address } from "./coin.ts"
import type { KnownWorld } from "./known-world.ts"
import { score, type Tallies, tallyOf } from "./tally.ts"

/** Owner to the service that its label names. */
type LabelList = ReadonlyMap<number, string>

/**
 * Counts addresses. `deposit-address`: all hot addresses of both exchanges have labels, and two sweeps are asked for.
 * `-one-sweep`: one is enough. `-one-label`: only the first hot address of each exchange has a label. `-half-labelled`:
 * every other deposit address has a label too, so that whoever forwards to one looks like one more.
 *
 * Right is an address that the named exchange gave to a customer. All of those that were ever paid and have no label
 * should be found.
 */
export function measureDeposits(known: KnownWorld): Tallies {
  const tallies: Tallies = new Map()
  const hot = labelsOf(known, ({ hotAddresses }) => hotAddresses)
  const first = labelsOf(known, ({ hotAddresses }) => hotAddresses.slice(0, 1))
  const half = new Map([...hot, ...everyOtherDeposit(known)])
  count(known, tallies, "deposit-address", hot, false)
  count(known, tallies, "deposit-address-one-sweep", hot, true)
  count(known, tallies, "deposit-address-one-label", first, false)
  count(known, tallies, "deposit-address-half-labelled", half, false)
  return tallies
}

function labelsOf(
  { graph, world: { exchanges } }: KnownWorld,
  known: (exchange: KnownWorld["world"]["exchanges"][number]) => readonly Address[],
): LabelList {
  const labels = new Map<number, string>()
  for (const exchange of exchanges) {
    for (const { name } of known(exchange)) {
      const owner = graph.ownerOf(name)
      if (owner !== null) labels.set(owner, String(exchange.holder))
    }
  }
  return labels
}

function everyOtherDeposit({ graph }: KnownWorld): LabelList {
  const labels = new Map<number, string>()
  let deposits = 0
  for (let owner = 0; owner < graph.ownerCount; owner++) {
    const { use, purse } = graph.truth(owner)
    if (use !== "deposit") continue
    if (deposits % 2 === 0) labels.set(owner, String(purse?.holder))
    deposits++
  }
  return labels
}

function count(
  { graph }: KnownWorld,
  tallies: Tallies,
  heuristic: string,
  labels: LabelList,
  takesWeak: boolean,
): void {
  const tally = tallyOf(tallies, heuristic)
  for (let owner = 0; owner < graph.ownerCount; owner++) {
    if (labels.has(owner)) continue
    const { use, purse } = graph.truth(owner)
    const found = depositOf(graph, owner, other => labels.get(other) ?? null)
    const service = found === null || (found.isWeak && !takesWeak) ? null : found.service
    const isRight = use === "deposit" && service === String(purse?.holder)
    if (service !== null) score(tally, true, isRight)
    if (!isRight) score(tally, false, use === "deposit")
  }
}
