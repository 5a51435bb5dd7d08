import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { PaidByItem, PayerItem } from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { Source } from "../ports/source.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { LedgerAccounts } from "./records.ts"
import { labelFindings } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"

/** What is looked through of one address: its newest incoming transactions, and those who paid in them. */
const MOST = { transactions: 1000, payers: 10_000, told: 1000 }
/** An address that did more is a service's; its whole list would have to be read to find the newest. */
const MOST_MOVES = 100_000

interface Payer {
  readonly transactions: Set<number>
  readonly amounts: Map<string, bigint>
}

interface Incoming {
  readonly payers: ReadonlyMap<string, Payer>
  readonly transactions: number
  readonly leftOut: number
  readonly payersLeftOut: number
}

/**
 * Who of those who directly paid an address has labels: one step before it, and nothing that is said of the address. An
 * amount is at most what such a payer paid: of a transaction with several spenders it is the whole.
 *
 * @returns null where the ledger does not tell, or the address did too much
 */
export async function paidBy(
  { graph, accounts, source }: ScreenedLedger,
  address: string,
  book: LabelBook,
): Promise<PaidByItem | null> {
  const found =
    graph !== null
      ? paidOutputs(graph, address)
      : accounts !== null
        ? paidAccount(await accounts(), address)
        : null
  if (found === null) return null
  const { transactions, leftOut, payers, payersLeftOut } = found
  const told = [...payers].flatMap(([payer, paid]) => payerItem(payer, paid, book, source))
  const rank = ({ labels }: PayerItem) => (labels.some(({ sanction }) => sanction) ? 0 : 1)
  told.sort((a, b) => rank(a) - rank(b))
  const toldLeftOut = Math.max(0, told.length - MOST.told)
  const looked = { transactions, leftOut, payers: payers.size, payersLeftOut }
  return { ...looked, found: told.slice(0, MOST.told), foundLeftOut: toldLeftOut }
}

function payerItem(address: string, paid: Payer, book: LabelBook, source: Source): readonly PayerItem[] {
  const { sanctions, labels, withdrawn } = labelFindings(book, [address])
  if (sanctions.length + labels.length + withdrawn.length === 0) return []
  const amounts = [...paid.amounts].map(([asset, amount]) => ({
    ...source.assetOf(asset),
    atMost: amount.toString(),
  }))
  const transactions = paid.transactions.size
  return [{ address, transactions, amounts, labels: [...sanctions, ...labels], withdrawn }]
}

class Payers {
  readonly #payers = new Map<string, Payer>()
  #leftOut = 0

  add(payer: string, tx: number, asset: string, amount: bigint): void {
    if (!this.#payers.has(payer) && this.#payers.size >= MOST.payers) {
      this.#leftOut++
      return
    }
    const { transactions, amounts } = getOrMake(this.#payers, payer, () => {
      return { transactions: new Set<number>(), amounts: new Map<string, bigint>() }
    })
    transactions.add(tx)
    amounts.set(asset, (amounts.get(asset) ?? 0n) + amount)
  }

  of(transactions: number): Incoming {
    const looked = Math.min(transactions, MOST.transactions)
    const leftOut = transactions - looked
    return { payers: this.#payers, payersLeftOut: this.#leftOut, transactions: looked, leftOut }
  }
}

function paidOutputs(graph: OwnerGraph, address: string): Incoming | null {
  const payers = new Payers()
  const owner = graph.ownerOf(address)
  if (owner === null) return payers.of(0)
  if (graph.outputCount(owner) > MOST_MOVES) return null
  const makers = new Set<number>()
  for (const output of graph.outputsOf(owner)) makers.add(graph.makerOf(output))
  let incoming = 0
  for (const tx of [...makers].reverse()) {
    // Those beyond are counted as incoming without being read: change to oneself may be among them.
    if (incoming >= MOST.transactions) {
      incoming++
      continue
    }
    const { inputs, outputs } = graph.transaction(tx)
    const others = new Set(inputs.map(one => one.owner).filter(one => one !== owner))
    if (others.size === 0) continue
    incoming++
    const got = outputs.reduce((sum, one) => (one.owner === owner ? sum + BigInt(one.value) : sum), 0n)
    for (const other of others) {
      const name = graph.addressOf(other)
      if (name !== null) payers.add(name, tx, "", got)
    }
  }
  return payers.of(incoming)
}

function paidAccount(accounts: LedgerAccounts, account: string): Incoming | null {
  const payers = new Payers()
  if (!accounts.has(account)) return payers.of(0)
  if (accounts.stepCount(account) > MOST_MOVES) return null
  const all = [...accounts.movesOf(account)].filter(({ direction, isFee, counterparty, amount }) => {
    return direction === "in" && !isFee && counterparty !== null && counterparty !== account && amount > 0n
  })
  const seen = new Set<number>()
  for (const { tx, position, counterparty, asset, amount } of all.reverse()) {
    const own = tx ?? position
    seen.add(own)
    if (seen.size > MOST.transactions || counterparty === null) continue
    payers.add(counterparty, own, asset, amount)
  }
  return payers.of(seen.size)
}
