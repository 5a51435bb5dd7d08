import { ETHER } from "../../chains/ethereum/rows.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { Credit, Debit, PotId, Step } from "../../ledger/step.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { Answer, Located, Need } from "../../tracing/need.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { heightOf, type Position } from "../../units/position.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { tokenOf } from "./account-history.ts"
import { type Account, Accounts } from "./accounts.ts"
import type { EtherscanOptions } from "./etherscan-options.ts"
import { readTransfer } from "./list-rows.ts"
import { openService } from "./open-service.ts"
import type { Service } from "./service.ts"
import type { PlacedRow } from "./told.ts"
import { Transactions } from "./transactions.ts"

/** Rows asked for at a time: each transaction costs up to four requests, and traced value often passes in one. */
const FIRST_ROWS = 1
const ROWS = 8
const REF = /^(0x[0-9a-f]{64})#([a-z]+(?::[0-9._/]+)?)$/i

/**
 * Opens a service that speaks Etherscan's account API, Etherscan or Blockscout, and pins the block up to which all its
 * answers are to be true. A key in the address (`?apikey=...`) goes with each request and is shown and stored nowhere.
 *
 * @throws RemoteFault, Problem `remote-other-network`
 */
export async function openEtherscanSource(options: EtherscanOptions): Promise<Source> {
  const service = await openService(options)
  const height = Math.min(options.toHeight ?? service.tip, service.tip)
  const transactions = new Transactions(service)
  const { hash, timestamp } = await transactions.headerAt(height)
  const horizon = { height, hash, time: parseInstant(`${timestamp}`) }
  return new EtherscanSource(service, transactions, horizon, options.native)
}

/**
 * Ethereum by a service's word (grade `reported`): the lists that it keeps of an account, and transactions as its node
 * tells them. Checked: that a list keeps its order and range, that a transaction does to an account what the account's
 * list says, that answers are of one block, that the events of an account add up to its balance now (a doubt where
 * they do not). Not checked: hashes and roots; that a list is whole; calls within a call that failed, as far as the
 * service shows them as made.
 *
 * What no list has: the tips of all its transactions that a block's producer gets (his pot's balance is what his lists
 * say), ether that a contract destroys by destroying itself in its own favour, what blobs cost, the DAO's balances moved
 * at block 1,920,000. A balance that differs is a doubt.
 */
class EtherscanSource implements Source {
  readonly shape = "account"
  readonly horizon: Source["horizon"]
  readonly #service: Service
  readonly #transactions: Transactions
  readonly #accounts: Accounts
  readonly #native: Asset
  readonly #end: number
  readonly #pots: Account[] = []
  readonly #potOf = new Map<string, PotId>()
  readonly #steps = new Map<Position, Step>()
  readonly #learned = new Map<string, Promise<void>>()

  constructor(
    service: Service,
    transactions: Transactions,
    horizon: Source["horizon"] & { readonly height: number },
    native: Asset,
  ) {
    this.#service = service
    this.#transactions = transactions
    this.#accounts = new Accounts(service, transactions, horizon.height)
    this.#native = native
    this.#end = horizon.height
    this.horizon = horizon
  }

  /** What is known by now: tokens whose events were met that say nothing of amounts. */
  get notices(): readonly Notice[] {
    const service: Notice = { code: "record-unproven", asset: null, detail: { service: this.#service.href } }
    const tokens = [...this.#transactions.tokenDoubts].map(([token, reason]): Notice => {
      const asset = `erc20:${token}`
      return { code: "token-does-not-add-up", asset, detail: { asset, reason } }
    })
    return [service, ...tokens]
  }

  potName(pot: PotId): string {
    const { account, asset } = this.#at(pot)
    return `${account}/${asset}`
  }

  assetOf(name: string): Asset {
    if (name === ETHER) return this.#native
    return { asset: name, unit: "unit", decimals: this.#accounts.decimals.get(name) ?? 0 }
  }

  /** @throws RemoteFault, or Problem `ref-unknown` */
  async answer(needs: readonly Need[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    // One after the other: which transaction is asked for must not hang on which answer comes first.
    for (const need of needs) answers.push(await this.#answer(need))
    return answers
  }

  async #answer(need: Need): Promise<Answer> {
    switch (need.what) {
      case "theft":
        return { what: "theft", found: await this.#locate(need.ref) }
      case "account": {
        const { doubts, ...standing } = await this.#accounts.standing(this.#at(need.pot), need.at)
        const page = await this.#page(need.pot, need.at, FIRST_ROWS)
        return { what: "account", ...standing, ...page, doubts }
      }
      case "movements":
        return { what: "movements", ...(await this.#page(need.pot, need.after, ROWS)) }
      default:
        throw new Error(`etherscan: expected a need of an account chain, got "${need.what}"`)
    }
  }

  async #locate(ref: string): Promise<Located> {
    const [, hash, at] = REF.exec(ref) ?? []
    const found = hash && at ? await this.#transactions.find(hash.toLowerCase(), at.toLowerCase()) : null
    if (found === null) throw new Problem("ref-unknown", { ref })
    const { asset } = found.row
    await getOrMake(this.#learned, asset, () => this.#learnDecimals(found))
    return heightOf(found.position) > this.#end ? { beyond: asset } : { step: this.#stepOf(found), credit: 0 }
  }

  /** A token's decimals stand in the lists of those who held it, and nowhere in its events. */
  async #learnDecimals({ row, position }: PlacedRow): Promise<void> {
    const token = tokenOf(row.asset)
    const holder = row.to ?? row.from
    if (token === null || holder === null || this.#accounts.decimals.has(row.asset)) return
    const list = { action: "tokentx", address: holder, contractaddress: token }
    const height = heightOf(position)
    for (const { decimals } of await this.#service.list(list, readTransfer, height, height)) {
      if (decimals !== null) this.#accounts.decimals.set(row.asset, decimals)
    }
  }

  async #page(
    pot: PotId,
    after: Position,
    least: number,
  ): Promise<{ readonly steps: readonly Step[]; readonly more: boolean }> {
    const { rows, more } = await this.#accounts.movements(this.#at(pot), after, least)
    return { steps: rows.map(row => this.#stepOf(row)), more }
  }

  #stepOf({ position, row }: PlacedRow): Step {
    return getOrMake(this.#steps, position, () => {
      const { tx, from, to, asset, amount, kind, grade, source, originUnknown } = row
      const payer = from === null ? null : this.#pot(from, asset)
      // A transfer to oneself moves nothing.
      const debits: Debit[] = payer === null ? [] : [{ pot: payer, asset, amount: from === to ? 0n : amount }]
      const credit: Credit =
        to === null
          ? { to: "burned", asset, amount, address: null }
          : {
              to: this.#pot(to, asset),
              asset,
              amount,
              address: to,
              ...(originUnknown ? { originUnknown } : {}),
            }
      return { shape: "account", kind, position, tx, debits, credits: [credit], grade, source }
    })
  }

  #pot(account: string, asset: string): PotId {
    return getOrMake(this.#potOf, `${account}/${asset}`, () => this.#pots.push({ account, asset }) - 1)
  }

  #at(pot: PotId): Account {
    const known = this.#pots[pot]
    if (known === undefined) throw new Error(`etherscan: no pot has number ${pot}`)
    return known
  }
}
