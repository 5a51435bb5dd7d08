import type { AccountMove } from "../clustering/account-graph.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { type LinkAccounts, type LinkContext, labelPitfall } from "./link-context.ts"
import { accountOf, paymentsOf } from "./link-merging.ts"
import type { LinkPairs, Use } from "./link-pairs.ts"
import { type LinkTrail, pairsOf, theftsIn } from "./link-trail.ts"

/** Accounts of a theft that are looked at, and moves of one of them, or of a funder. */
const MOST_ACCOUNTS = 10_000
const MOST_MOVES = 10_000

interface Funded {
  readonly account: string
  readonly thefts: readonly number[]
  readonly move: AccountMove
}

/**
 * Account chains: who first sent the chain's own coin, out of which fees are paid, to accounts that held or paid on both
 * thefts' value. What came with the loot is no funding.
 */
export function linkFunding(
  trail: LinkTrail,
  context: LinkContext,
  accounts: LinkAccounts,
  native: string,
  pairs: LinkPairs,
): void {
  const holders = holdersOf(trail, context)
  const loot = new Set(trail.moves.map(({ step }) => Number(step.position)))
  const victims = new Set(
    trail.moves.flatMap(({ kind, step }) =>
      kind === "theft" ? step.debits.map(({ pot }) => accountOf(context.source, pot)) : [],
    ),
  )
  const byFunder = new Map<string, Funded[]>()
  for (const [account, thefts] of holders) {
    const move = firstFunding(accounts, account, native)
    if (move === null || loot.has(move.position)) continue
    getOrMake(byFunder, move.counterparty ?? "", () => []).push({ account, thefts, move })
  }
  for (const [funder, funded] of byFunder) {
    const own = holders.get(funder) ?? []
    const thefts = new Set([...own, ...funded.flatMap(of => of.thefts)])
    const clients = thefts.size < 2 ? null : clientsOf(accounts, funder, native)
    const isVictim = victims.has(funder)
    for (const [a, b] of pairsOf([...thefts].sort(ascending))) {
      const met = funded.filter(of => of.thefts.includes(a) || of.thefts.includes(b))
      const ofA = accountsOf(met, a, funder, own)
      const ofB = accountsOf(met, b, funder, own)
      // One account that held both is no second account: what it shows is told as a merge.
      if (ofA.size === 0 || ofB.size === 0 || new Set([...ofA, ...ofB]).size < 2) continue
      const uses = met.map(({ move, thefts }): Use => usedBy(move, thefts, accounts, a, b))
      judge({ funder, uses, clients, isVictim, a, b }, context, pairs)
    }
  }
}

interface Judged {
  readonly funder: string
  readonly uses: readonly Use[]
  readonly clients: number | null
  readonly isVictim: boolean
  readonly a: number
  readonly b: number
}

function judge({ funder, uses, clients, isVictim, a, b }: Judged, { book }: LinkContext, pairs: LinkPairs) {
  const service = book.serviceAt(funder)?.service ?? null
  const common = { place: funder, service, uses, amounts: [] }
  if (service !== null) pairs.dismiss(a, b, { ...common, reason: "service-funder" })
  else if (isVictim) pairs.dismiss(a, b, { ...common, reason: "victim-funder" })
  else if (clients === null) pairs.dismiss(a, b, { ...common, reason: "busy-funder" })
  else {
    const pitfalls = ["seller-of-gas", "funds-many", ...labelPitfall(book)] as const
    const found = { ...common, hops: null, grade: "inferred", pitfalls, funded: clients } as const
    pairs.find(a, b, { ...found, kind: "gas-funding" })
  }
}

const ascending = (x: number, y: number): number => x - y

function accountsOf(
  funded: readonly Funded[],
  theft: number,
  funder: string,
  own: readonly number[],
): ReadonlySet<string> {
  const accounts = funded.filter(({ thefts }) => thefts.includes(theft)).map(({ account }) => account)
  return new Set(own.includes(theft) ? [...accounts, funder] : accounts)
}

/** Accounts that paid traced value on, or were paid it in the theft, and whose. */
function holdersOf(trail: LinkTrail, { source }: LinkContext): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>()
  const add = (account: string, thefts: readonly number[]): void => {
    if (found.size >= MOST_ACCOUNTS && !found.has(account)) return
    const own = getOrMake(found, account, () => new Set<number>())
    for (const theft of thefts) own.add(theft)
  }
  for (const move of trail.moves)
    if (move.kind === "theft" && move.address !== null) add(move.address, theftsIn([move]))
  for (const [payer, payments] of paymentsOf(trail, source)) add(payer, theftsIn(payments))
  return new Map([...found].map(([account, thefts]) => [account, [...thefts].sort(ascending)]))
}

/** The first coin that an account got before it paid anything; null where there is none to be told. */
function firstFunding(accounts: LinkAccounts, account: string, native: string): AccountMove | null {
  if (accounts.stepCount(account) > MOST_MOVES) return null
  for (const move of accounts.movesOf(account)) {
    if (move.direction === "out") return null
    if (move.asset !== native || move.amount === 0n) continue
    return move.counterparty === null || move.counterparty === account ? null : move
  }
  return null
}

/** How many accounts a funder ever paid in the chain's own coin; null where it moved too much to be counted. */
function clientsOf(accounts: LinkAccounts, funder: string, native: string): number | null {
  if (accounts.stepCount(funder) > MOST_MOVES) return null
  const clients = new Set<string>()
  for (const { direction, asset, isFee, counterparty } of accounts.movesOf(funder)) {
    if (direction === "out" && asset === native && !isFee && counterparty !== null) clients.add(counterparty)
  }
  return clients.size
}

function usedBy(
  { position, height }: AccountMove,
  thefts: readonly number[],
  accounts: LinkAccounts,
  a: number,
  b: number,
): Use {
  const tx = { id: accounts.txidAt(position), height, time: null }
  const own = thefts.filter(theft => theft === a || theft === b)
  return { role: "funds", position: position as Use["position"], tx, thefts: own }
}
