import { addressOfKey } from "../../chains/nem/account.ts"
import { concerned } from "../../chains/nem/concern.ts"
import type { Entry } from "../../chains/nem/entry.ts"
import { XEM } from "../../chains/nem/mosaic.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import type { DoubtCode } from "../../ledger/gap.ts"
import { Problem } from "../../units/problem.ts"
import { disagreement } from "../esplora/disagreement.ts"
import { harvestsOf, type Listed } from "./account-lists.ts"
import type { Harvest } from "./answers.ts"
import type { CheckedBlock } from "./checked-block.ts"
import type { Nis } from "./nis.ts"
import type { OutsideKnowledge } from "./outside-knowledge.ts"
import { looseRows, type PlacedRow, placedNemesis, placedRows } from "./placed-rows.ts"

/** What moved on one account up to the horizon, in the order of the chain. */
export interface AccountHistory {
  readonly rows: readonly PlacedRow[]
  /** From this height on nothing that was listed is missing; 0 where everything was read. */
  readonly from: number
  /** Of every pot of the account, and of single assets. */
  readonly doubts: ReadonlySet<DoubtCode>
  readonly doubtsOf: ReadonlyMap<string, ReadonlySet<DoubtCode>>
}

/**
 * Puts an account's history together from the node's two lists, its transactions and its harvested blocks, and from
 * the blocks that they name: a transaction must lie in its block, and what else in those blocks moved on the account
 * is taken too. That the lists are whole cannot be proved; where what they tell does not add up to the balance that
 * the node states, or a block holds what they leave out, that is a doubt of the pot.
 */
export async function readHistory(
  nis: Nis,
  outside: OutsideKnowledge,
  address: string,
  horizon: number,
  mostPages: number,
): Promise<AccountHistory> {
  const transfers = await outside.transfersOf(address)
  const harvests = await harvestsOf(nis, address, mostPages)
  const paid = harvests.items.filter(({ totalFee }) => totalFee > 0n)
  const from = Math.max(oldest(transfers), oldest(harvests))
  const heights = [...transfers.items, ...paid].map(({ height }) => height)
  const within = heights.filter(height => height >= from && height <= horizon)
  const collector = new Collector(nis, outside, address)
  for (const height of [...new Set(within)].sort((a, b) => a - b)) {
    await collector.takeBlock(height, transfers.items)
  }
  if (from === 0) await collector.compareWithBalances(transfers.items, paid, horizon)
  else collector.doubt("record-unproven")
  if (outside.uncertain.has(address)) collector.doubtOf(XEM, "record-unproven")
  return { rows: collector.rows, from, doubts: collector.doubts, doubtsOf: collector.doubtsOf }
}

/** One above the height of the oldest that was read of a list cut short: of that height some may be missing. */
function oldest({ items, isAll }: Listed<{ readonly height: number }>): number {
  return isAll ? 0 : (items.at(-1)?.height ?? 0) + 1
}

class Collector {
  readonly rows: PlacedRow[] = []
  readonly doubts = new Set<DoubtCode>()
  readonly doubtsOf = new Map<string, Set<DoubtCode>>()
  readonly #nis: Nis
  readonly #outside: OutsideKnowledge
  readonly #address: string

  constructor(nis: Nis, outside: OutsideKnowledge, address: string) {
    this.#nis = nis
    this.#outside = outside
    this.#address = address
  }

  doubt(code: DoubtCode): void {
    this.doubts.add(code)
  }

  doubtOf(asset: string, code: DoubtCode): void {
    this.doubtsOf.set(asset, (this.doubtsOf.get(asset) ?? new Set()).add(code))
  }

  #isOwn = ({ from, to }: AccountRow): boolean => from === this.#address || to === this.#address

  async takeBlock(height: number, listed: readonly Entry[]): Promise<void> {
    const checked = await this.#nis.block(height)
    const here = new Map(listed.filter(entry => entry.height === height).map(entry => [entry.hash, entry]))
    this.#checkInclusion(checked, here)
    if (height === 1) this.#takeNemesis(checked)
    const { signer, network } = checked.block
    const producer = await this.#outside.producerOf(addressOfKey(signer, network), height)
    for (const [at, { transaction, hash }] of checked.transactions.entries()) {
      const isNamed = concerned(transaction).has(this.#address)
      if (!isNamed && producer.address !== this.#address) continue
      const { rows, actor, unknown } = await placedRows(checked, at, this.#outside)
      const own = rows.filter(({ row }) => this.#isOwn(row))
      this.rows.push(...own)
      // The block shows it, the list left it out: then the list may have left out others.
      if (
        isNamed &&
        own.some(({ row }) => row.from === this.#address || row.kind !== "fee") &&
        !here.has(hash)
      )
        this.doubt("record-unproven")
      if (actor === this.#address && unknown.length > 0) this.doubt("levy-unknown")
      for (const { asset } of unknown) this.doubtOf(asset, "levy-unknown")
    }
  }

  #checkInclusion({ block, transactions }: CheckedBlock, here: ReadonlyMap<string, Entry>): void {
    const inBlock = new Map(transactions.map(({ hash, transaction }) => [hash, transaction]))
    for (const { hash, transaction } of here.values()) {
      if (inBlock.get(hash)?.signature === transaction.signature) continue
      throw disagreement(
        `/account/transfers/all?address=${this.#address}`,
        `${hash} is not in block ${block.height}`,
      )
    }
  }

  #takeNemesis(checked: CheckedBlock): void {
    const placed = placedNemesis(checked, this.#nis.genesis)
    if (this.#isOwn(placed.row)) this.rows.push(placed)
  }

  /** The balances are the node's of now: what came after the horizon is added without looking for its place. */
  async compareWithBalances(
    transfers: readonly Entry[],
    harvests: readonly Harvest[],
    horizon: number,
  ): Promise<void> {
    const sums = new Map<string, bigint>()
    const add = (asset: string, change: bigint) => sums.set(asset, (sums.get(asset) ?? 0n) + change)
    const addRow = ({ from, to, asset, amount }: AccountRow) => {
      if (from === this.#address) add(asset, -amount)
      if (to === this.#address) add(asset, amount)
    }
    for (const { row } of this.rows) addRow(row)
    for (const entry of transfers.filter(({ height }) => height > horizon)) {
      for (const row of await this.#rowsBeyond(entry)) addRow(row)
    }
    for (const { height, totalFee } of harvests) if (height > horizon) add(XEM, totalFee)
    const { balance } = await this.#nis.account(this.#address)
    if ((sums.get(XEM) ?? 0n) !== balance) this.doubtOf(XEM, "record-unproven")
    const owned = await this.#nis.owned(this.#address)
    for (const asset of new Set([...sums.keys(), ...owned.keys()])) {
      if (asset === XEM || (sums.get(asset) ?? 0n) === (owned.get(asset) ?? 0n)) continue
      this.doubtOf(asset, "record-unproven")
    }
  }

  async #rowsBeyond(entry: Entry): Promise<readonly AccountRow[]> {
    const { transaction, hash, height } = entry
    const place = { height, timeStamp: transaction.timeStamp }
    // Nobody's address: whose the fees are is told by the harvests.
    const nobody = { address: "", grade: "reported" } as const
    const isBefore = (other: Entry) => other.id < entry.id
    return (await looseRows(transaction, hash, place, nobody, this.#outside, isBefore)).rows
  }
}

/** @throws Problem `remote-too-large` where what is asked for is older than what was read of the account */
export function checkReach({ from }: AccountHistory, address: string, height: number, pages: number): void {
  if (height >= from) return
  const said = `more than ${pages} pages; what is asked for is at height ${height}`
  throw new Problem("remote-too-large", { path: `/account/transfers/all?address=${address}`, said })
}
