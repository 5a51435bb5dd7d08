import { depositRuleOn } from "../../src/cases/deposit-rule.ts"
import { depositAccountOf, VICTOR_BLOCKS } from "../../src/clustering/deposit-account.ts"
import { score, type Tallies, tallyOf } from "../wallets/tally.ts"
import type { StagedAccount } from "./account-book.ts"
import { type AccountWorld, BLOCKS } from "./account-economy.ts"
import { MemoryAccounts } from "./memory-accounts.ts"

/** Address to the service that its label names. */
export type AccountLabels = ReadonlyMap<string, string>

const MOST_MOVES = 100_000
const TWO_DAYS = 14_400
/** What a service sweeps, and so what only forwards. */
const SWEPT: ReadonlySet<StagedAccount["use"]> = new Set(["deposit", "intake"])

/**
 * Counts accounts. `deposit-account`: hot, cold and gas accounts of all services have labels, and two sweeps are asked
 * for. `-one-sweep`: one is enough. `-two-days`: what arrived may wait for so long. `-hot-label`: only the hot accounts
 * have a label. `-half-labelled`: every other deposit account has one too, so that whoever forwards to one looks alike.
 *
 * Right is an account that the named service holds. Missed are all deposit accounts, and those that deposits are
 * collected in, that were ever paid, have no label and were not told.
 */
export function measureDepositAccounts(world: AccountWorld): Tallies {
  const tallies: Tallies = new Map()
  const all = labelsOf(world, ["hot", "gas", "cold", "contract"])
  const half = new Map([...all, ...everyOtherDeposit(world)])
  count(world, tallies, "deposit-account", all, false)
  count(world, tallies, "deposit-account-one-sweep", all, true)
  count(world, tallies, "deposit-account-two-days", all, false, TWO_DAYS)
  count(world, tallies, "deposit-account-hot-label", labelsOf(world, ["hot", "contract"]), false)
  count(world, tallies, "deposit-account-half-labelled", half, false)
  return tallies
}

/** Of the services' accounts of these uses; of contracts the pool's alone, the router is not known. */
export function labelsOf(
  { population: { exchanges, processor, pool } }: AccountWorld,
  uses: readonly StagedAccount["use"][],
): AccountLabels {
  const known = [...exchanges, processor].flatMap(({ hot, gas, cold }) => [hot, gas, cold])
  const labelled = [...known, pool].filter(({ use }) => uses.includes(use))
  return new Map(labelled.map(({ address, holder }) => [address, String(holder)]))
}

function everyOtherDeposit({ book }: AccountWorld): AccountLabels {
  const deposits = book.accounts.filter(({ use }) => use === "deposit")
  return new Map(
    deposits.filter((_, n) => n % 2 === 0).map(({ address, holder }) => [address, String(holder)]),
  )
}

function count(
  { book }: AccountWorld,
  tallies: Tallies,
  heuristic: string,
  labels: AccountLabels,
  takesWeak: boolean,
  withinBlocks: number = VICTOR_BLOCKS,
): void {
  const tally = tallyOf(tallies, heuristic)
  const graph = new MemoryAccounts(book)
  const rule = { ...depositRuleOn("ethereum", BLOCKS, MOST_MOVES), withinBlocks }
  for (const { address, holder, use } of book.accounts) {
    if (labels.has(address) || !graph.has(address)) continue
    const found = depositAccountOf(graph, address, other => labels.get(other) ?? null, rule)
    const service = found === null || (found.isWeak && !takesWeak) ? null : found.service
    const isRight = service === String(holder)
    if (service !== null) score(tally, true, isRight)
    if (!isRight) score(tally, false, SWEPT.has(use))
  }
}
