import { describe, expect, it } from "vitest"
import { serviceBook } from "../../src/cases/services-book.ts"
import { UtxoRecogniser } from "../../src/cases/services-in-ledger.ts"
import type { Label } from "../../src/ports/label-book.ts"
import type { Address, Coin, StagedTransaction } from "../../testing/wallets/coin.ts"
import { MemoryGraph } from "../../testing/wallets/memory-graph.ts"
import { bookOf, label } from "./label-books.ts"

/** A chain by hand: `pay(inputs, outputs)` spends coins by name and makes others, "name@address:value". */
class Chain {
  readonly staged: StagedTransaction[] = []
  readonly #addresses = new Map<string, Address>()
  readonly #coins = new Map<string, Coin>()

  pay(inputs: readonly string[], outputs: readonly string[]): this {
    const spent = inputs.map(name => this.#coins.get(name) as Coin)
    const made = outputs.map(text => {
      const [name = "", place = ""] = text.split("@")
      const [address = "", value = ""] = place.split(":")
      const coin = { address: this.#address(address), value: Number(value), spendableAt: 0 }
      this.#coins.set(name, coin)
      return coin
    })
    this.staged.push({ height: this.staged.length, doing: "payment", inputs: spent, outputs: made })
    return this
  }

  #address(name: string): Address {
    const known = this.#addresses.get(name)
    if (known !== undefined) return known
    const purse = { holder: 0, coins: new Set<Coin>() }
    const made: Address = { name, kind: "p2wpkh", purse, use: "own" }
    this.#addresses.set(name, made)
    return made
  }

  book(labels: readonly Label[], limits?: ConstructorParameters<typeof UtxoRecogniser>[1]) {
    const recogniser = new UtxoRecogniser(new MemoryGraph(this.staged), limits)
    const none = new Set<string>()
    const sources = {
      stated: new Map(),
      chain: "bitcoin",
      thieves: none,
      declared: none,
      isLedger: true,
      recogniser,
    }
    return serviceBook({ ...sources, labels: bookOf(labels) })
  }

  txid(index: number): string {
    return new MemoryGraph(this.staged).txid(index)
  }
}

const HOT = label("hot", { label: "Exch" })

/** What came to `deposit` goes to the exchange's hot wallet, each time in a transaction of its own. */
function depositing(times: number): Chain {
  const chain = new Chain().pay([], ["h@hot:7000"])
  for (let n = 0; n < times; n++) {
    chain.pay([], [`c${n}@customer:5000`]).pay([`c${n}`], [`d${n}@deposit:3000`, `r${n}@customer:2000`])
    chain.pay([`d${n}`], [`s${n}@hot:2990`])
  }
  return chain
}

describe("a deposit address", () => {
  it("is known by two sweeps to one labelled service, and says by which transactions", () => {
    const chain = depositing(2)
    expect(chain.book([HOT]).serviceAt("deposit")).toEqual({
      service: "Exch",
      by: {
        kind: "deposit-address",
        grade: "inferred",
        via: "hot",
        transactions: [chain.txid(3), chain.txid(6)],
        cannotRuleOut: ["only-customer"],
        labels: [expect.objectContaining({ label: "Exch", list: "a list", seen: "2020-01-01" })],
        disagree: false,
      },
    })
    expect(chain.book([HOT]).serviceAt("customer")).toBeNull()
  })

  it("is not known by one payment: that is what a thief's own address looks like", () => {
    expect(depositing(1).book([HOT]).serviceAt("deposit")).toBeNull()
  })

  it("is none without a label, on another day, or of two services", () => {
    expect(depositing(2).book([]).serviceAt("deposit")).toBeNull()
    expect(
      depositing(2)
        .book([{ ...HOT, seen: "2027-01-01" }])
        .serviceAt("deposit"),
    ).toBeNull()
    const chain = depositing(2).pay([], ["x@deposit:100"]).pay(["x"], ["y@other:90"])
    expect(chain.book([HOT, label("other", { label: "Else" })]).serviceAt("deposit")).toBeNull()
  })

  it("is none where it ever paid somebody else", () => {
    const chain = depositing(3).pay([], ["x@deposit:100"]).pay(["x"], ["y@shop:90"])
    expect(chain.book([HOT]).serviceAt("deposit")).toBeNull()
  })

  it("tells sixteen transactions, and how many more there are", () => {
    const by = depositing(20).book([HOT]).serviceAt("deposit")?.by
    expect(by).toMatchObject({ kind: "deposit-address", transactionsLeftOut: 4 })
    expect(by?.kind === "deposit-address" ? by.transactions : []).toHaveLength(16)
  })
})

describe("a member of a labelled service's cluster", () => {
  const spending = () =>
    new Chain()
      .pay([], ["a@hot:700", "b@warm:500", "c@cold:400", "z@alone:10"])
      .pay(["a", "b"], ["d@user:1100", "e@warm:95"])
      .pay(["e", "c"], ["f@user:400", "g@cold:90"])

  it("is known by what it spent together with it, with the path", () => {
    const chain = spending()
    const book = chain.book([HOT])
    expect(book.serviceAt("cold")).toMatchObject({
      service: "Exch",
      by: { kind: "cluster", grade: "inferred", via: "hot", transactions: [chain.txid(2), chain.txid(1)] },
    })
    expect(book.serviceAt("warm")?.by).toMatchObject({ transactions: [chain.txid(1)] })
    expect(book.serviceAt("cold")?.by).toMatchObject({
      cannotRuleOut: ["payjoin", "coinjoin", "two-party-join", "shared-custody"],
    })
    expect([book.serviceAt("user"), book.serviceAt("alone"), book.serviceAt("nobody")]).toEqual([
      null,
      null,
      null,
    ])
  })

  it("is none where the list says that its label is of one address alone", () => {
    expect(
      spending()
        .book([{ ...HOT, definesCluster: false }])
        .serviceAt("cold"),
    ).toBeNull()
  })

  it("is neither's where one cluster would hold two services: they are kept apart", () => {
    const labels = [HOT, label("cold", { label: "Else" })]
    const book = spending().book(labels)
    // Joined to the first before the second was met; that transaction then joins nobody.
    expect(book.serviceAt("warm")?.service).toBe("Exch")
    expect(book.serviceAt("cold")?.service).toBe("Else")
  })
})

describe("how much is looked through", () => {
  it("is bounded for one address, and for all together; what was passed over is counted", () => {
    const chain = depositing(20)
    const small = chain.book([HOT], { each: 10, all: 1_000_000 })
    expect(small.serviceAt("deposit")).toBeNull()
    expect(small.unlooked()).toEqual({ reason: "limits", addresses: 1 })
    const few = chain.book([HOT], { each: 1_000_000, all: 10 })
    for (const address of ["deposit", "customer", "deposit"]) expect(few.serviceAt(address)).toBeNull()
    expect(few.unlooked()).toEqual({ reason: "limits", addresses: 2 })
    expect(few.serviceAt("hot")?.service).toBe("Exch")
  })
})
