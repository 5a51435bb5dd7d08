import { depositRuleOn } from "../../src/cases/deposit-rule.ts"
import { depositAccountOf } from "../../src/clustering/deposit-account.ts"
import { score, type Tallies, tallyOf } from "../wallets/tally.ts"
import type { StagedAccount } from "./account-book.ts"
import { A_DAY, blocksIn } from "./account-chain.ts"
import type { AccountWorld } from "./account-economy.ts"
import { MemoryAccounts } from "./memory-accounts.ts"

/** Address to the service that its label names. */
export type AccountLabels = ReadonlyMap<string, string>

/** How deposit accounts are looked for: with which labels, and what is asked of them. */
export interface DepositVariant {
  /** Behind the name of the chain's heuristic. */
  readonly name: "" | "-one-sweep" | "-two-days" | "-hot-label" | "-half-labelled"
  readonly labelled: readonly StagedAccount["use"][]
  /** Whether every other deposit account has a label too, so that whoever forwards to one looks alike. */
  readonly ofDeposits: boolean
  readonly takesWeak: boolean
  /** Days that what arrived may wait; null for the rule's own half. */
  readonly days: number | null
}

/** What an account was told to be, and whether it is so. */
export interface DepositSaid {
  readonly account: StagedAccount
  /** Null for nothing. */
  readonly service: string | null
  readonly isRight: boolean
}

const MOST_MOVES = 100_000
/** What a service sweeps, and so what only forwards. */
export const SWEPT: ReadonlySet<StagedAccount["use"]> = new Set(["deposit", "intake"])

export const KNOWN = ["hot", "gas", "cold", "contract"] as const
const USUAL: DepositVariant = { name: "", labelled: KNOWN, ofDeposits: false, takesWeak: false, days: null }
export const VARIANTS: readonly [DepositVariant, ...DepositVariant[]] = [
  USUAL,
  { ...USUAL, name: "-one-sweep", takesWeak: true },
  { ...USUAL, name: "-two-days", days: 2 },
  { ...USUAL, name: "-hot-label", labelled: ["hot", "contract"] },
  { ...USUAL, name: "-half-labelled", ofDeposits: true },
]

/**
 * Counts accounts. Right is an account that the named service holds. Missed are all deposit accounts, and those that
 * deposits are collected in, that were ever paid, have no label and were not told.
 */
export function measureDepositAccounts(world: AccountWorld): Tallies {
  const tallies: Tallies = new Map()
  const family = world.chain.name === "nem" ? "deposit-account-nem" : "deposit-account"
  for (const variant of VARIANTS) {
    const tally = tallyOf(tallies, `${family}${variant.name}`)
    for (const { account, service, isRight } of depositsSaid(world, variant)) {
      if (service !== null) score(tally, true, isRight)
      if (!isRight) score(tally, false, SWEPT.has(account.use))
    }
  }
  return tallies
}

/** What is said of every account that was ever paid and has no label. */
export function depositsSaid(world: AccountWorld, variant: DepositVariant): readonly DepositSaid[] {
  const { chain, book, blocks } = world
  const own = labelsOf(world, variant.labelled)
  const labels = variant.ofDeposits ? new Map([...own, ...everyOtherDeposit(world)]) : own
  const graph = new MemoryAccounts(book)
  const published = depositRuleOn(chain.name, blocks, MOST_MOVES)
  const { days } = variant
  const rule = days === null ? published : { ...published, withinBlocks: blocksIn(chain, days * A_DAY) }
  return book.accounts.flatMap(account => {
    const { address, holder } = account
    if (labels.has(address) || !graph.has(address)) return []
    const found = depositAccountOf(graph, address, other => labels.get(other) ?? null, rule)
    const service = found === null || (found.isWeak && !variant.takesWeak) ? null : found.service
    return [{ account, service, isRight: service === String(holder) }]
  })
}

/** Of the services' accounts of these uses; of contracts the pool's alone, the router is not known. */
export function labelsOf(
  { population: { exchanges, processor, contracts } }: AccountWorld,
  uses: readonly StagedAccount["use"][],
): AccountLabels {
  const known = [...exchanges, processor].flatMap(({ hot, gas, cold }) => [hot, gas, cold])
  const pools = contracts === null ? [] : [contracts.pool]
  const labelled = [...known, ...pools].filter(({ use }) => uses.includes(use))
  return new Map(labelled.map(({ address, holder }) => [address, String(holder)]))
}

/** Every second one, in the order in which they were opened. */
export function everyOtherDeposit({ book }: AccountWorld): AccountLabels {
  const deposits = book.accounts.filter(({ use }) => use === "deposit")
  return new Map(
    deposits.filter((_, n) => n % 2 === 0).map(({ address, holder }) => [address, String(holder)]),
  )
}
