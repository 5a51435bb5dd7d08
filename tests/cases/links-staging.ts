import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { RowAccounts } from "../../src/cases/link-open.ts"
import { linkThefts } from "../../src/cases/link-thefts.ts"
import { openServices } from "../../src/cases/services-open.ts"
import type { LinkPair, LinksDocument } from "../../src/contracts/links.ts"
import type { AccountRow } from "../../src/ledger/account-row.ts"
import type { LinkKind } from "../../src/ledger/link-words.ts"
import type { ConservingRule } from "../../src/ledger/vocabulary.ts"
import { linksEn } from "../../src/messages/links.en.ts"
import type { LabelBook } from "../../src/ports/label-book.ts"
import type { Source } from "../../src/ports/source.ts"
import { AccountRecords } from "../../src/readers/account-records.ts"
import { UtxoRecords } from "../../src/readers/utxo-records.ts"
import type { Address, Coin, StagedTransaction } from "../../testing/wallets/coin.ts"
import { MemoryGraph } from "../../testing/wallets/memory-graph.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/links.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<LinksDocument>(schema)

export interface Theft {
  readonly id: string
  readonly refs: readonly string[]
}

export interface Asked {
  readonly thefts: readonly Theft[]
  readonly services?: ReadonlyMap<string, string>
  readonly labels?: LabelBook
  readonly rule?: ConservingRule
  /** Of rows; Ethereum where nothing is said. */
  readonly chain?: "ethereum" | "nem"
}

export function checked(document: unknown): LinksDocument {
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  return document
}

const words = {
  pitfall: (code: keyof typeof linksEn.pitfalls) => linksEn.pitfalls[code],
  nothing: (reason: keyof typeof linksEn.nothing) => linksEn.nothing[reason],
  gap: ({ code }: { readonly code: string }) => code,
}

/** A UTXO chain by hand: `pay` spends coins by name and makes others, "name@address:value"; each is a block of its own. */
export class HandChain {
  readonly staged: StagedTransaction[] = []
  #graph = new MemoryGraph([])
  readonly #addresses = new Map<string, Address>()
  readonly #coins = new Map<string, { readonly coin: Coin; readonly ref: readonly [number, number] }>()

  pay(inputs: readonly string[], outputs: readonly string[]): this {
    const spent = inputs.map(name => this.#known(name).coin)
    const made = outputs.map((text, vout) => {
      const [name = "", place = ""] = text.split("@")
      const [address = "", value = ""] = place.split(":")
      const coin = { address: this.#address(address), value: Number(value), spendableAt: 0 }
      this.#coins.set(name, { coin, ref: [this.staged.length, vout] })
      return coin
    })
    this.staged.push({ height: this.staged.length, doing: "payment", inputs: spent, outputs: made })
    return this
  }

  #known(name: string) {
    const known = this.#coins.get(name)
    if (known === undefined) throw new Error(`no coin ${name}`)
    return known
  }

  #address(name: string): Address {
    const known = this.#addresses.get(name)
    if (known !== undefined) return known
    const purse = { holder: 0, coins: new Set<Coin>() }
    const made: Address = { name, kind: "p2wpkh", purse, use: "own" }
    this.#addresses.set(name, made)
    return made
  }

  /** The reference of a coin. */
  ref(name: string): string {
    const [tx, vout] = this.#known(name).ref
    return `${this.txid(tx)}:${vout}`
  }

  txid(index: number): string {
    if (this.#graph.transactionCount !== this.staged.length) this.#graph = new MemoryGraph(this.staged)
    return this.#graph.txid(index)
  }

  /** The transaction that made a coin. */
  txOf(name: string): string {
    return this.txid(this.#known(name).ref[0])
  }

  source(): Source {
    const graph = new MemoryGraph(this.staged)
    const transactions = this.staged.map(({ height, inputs, outputs }, at) => ({
      tx: { id: graph.txid(at), height, time: new Date(1_500_000_000_000 + at * 3_600_000).toISOString() },
      index: 0,
      outputs: outputs.map(({ address, value }, vout) => ({
        vout,
        address: address.name,
        value: BigInt(value),
      })),
      inputs: inputs.map((coin, n) => ({ n, spent: this.#refOf(coin), where: {} })),
      where: {},
    }))
    return new UtxoRecords(transactions, null, { asset: "BTC", unit: "sat", decimals: 8 })
  }

  #refOf(coin: Coin): string {
    for (const [name, known] of this.#coins) if (known.coin === coin) return this.ref(name)
    throw new Error("a coin of no transaction")
  }

  async links({ thefts, services = new Map(), labels, rule = "fifo" }: Asked): Promise<LinksDocument> {
    const opened = openedWith(this.source(), "bitcoin", thefts, services, new MemoryGraph(this.staged))
    const book = await openServices(opened, labels ?? null)
    return checked(await linkThefts({ opened, accounts: null, native: "BTC", book, rule }, words))
  }
}

function openedWith(
  source: Source,
  chain: string,
  thefts: readonly Theft[],
  services: ReadonlyMap<string, string>,
  graph: MemoryGraph | null,
) {
  const stated = new Map([...services].map(([address, service]) => [address, { service, by: null }]))
  const [caseFile, inputs, notices, thieves] = [null, [], [], new Set<string>()]
  const owners = graph === null ? null : async () => graph
  return {
    caseFile,
    chain,
    source,
    thefts,
    services,
    stated,
    thieves,
    isLedger: true,
    owners,
    accounts: null,
    inputs,
    notices,
  }
}

/** Rows by hand, each a transaction and a block of its own: "from>to:amount" with an asset where it is not ETH. */
export function rowsOf(texts: readonly string[], every = 1): readonly AccountRow[] {
  return texts.map((text, at) => {
    const [ends = "", worth = ""] = text.split(":")
    const [from = "", to = ""] = ends.split(">")
    const [amount = "", asset = "ETH"] = worth.split(" ")
    const time = new Date(1_600_000_000_000 + at * 3_600_000).toISOString()
    return {
      tx: { id: `t${at}`, height: at * every + 1, time },
      ref: `t${at}#0`,
      from: from === "" ? null : from,
      to: to === "" ? null : to,
      asset,
      amount: BigInt(amount),
      kind: from === "" ? "issue" : "transfer",
      exchange: null,
      grade: "chain",
      source: null,
      originUnknown: from === "",
    }
  })
}

export async function linksOfRows(
  rows: readonly AccountRow[],
  { thefts, services = new Map(), labels, rule = "fifo", chain = "ethereum" }: Asked,
): Promise<LinksDocument> {
  const source = new AccountRecords(rows, null, asset => ({ asset, unit: "wei", decimals: 0 }))
  const opened = openedWith(source, chain, thefts, services, null)
  const book = await openServices(opened, labels ?? null)
  const accounts = new RowAccounts(rows, null)
  const native = chain === "nem" ? "XEM" : "ETH"
  return checked(await linkThefts({ opened, accounts, native, book, rule }, words))
}

export function pairOf({ pairs }: LinksDocument): LinkPair {
  const [pair] = pairs
  if (pair === undefined) throw new Error("no pair")
  return pair
}

/** Kinds of what links, without what is only reported. */
export function kindsOf(document: LinksDocument): readonly LinkKind[] {
  return pairOf(document)
    .findings.map(({ kind }) => kind)
    .filter(kind => kind !== "timing" && kind !== "chain-order")
}

export const reasonsOf = (document: LinksDocument): readonly string[] =>
  pairOf(document).countsNothing.map(({ reason, place }) => (place === null ? reason : `${reason} ${place}`))
