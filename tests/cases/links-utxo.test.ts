import { describe, expect, it } from "vitest"
import { Dice } from "../../testing/generator/dice.ts"
import { bookOf, label } from "./label-books.ts"
import { HandChain, kindsOf, pairOf, reasonsOf } from "./links-staging.ts"

/** Two victims robbed of 100,000 each, by a and by b. */
const robbed = () =>
  new HandChain()
    .pay([], ["v1@victim1:100000"])
    .pay([], ["v2@victim2:100000"])
    .pay(["v1"], ["a@alpha:100000"])
    .pay(["v2"], ["b@beta:100000"])

const thefts = (chain: HandChain) => [
  { id: "A", refs: [chain.ref("a")] },
  { id: "B", refs: [chain.ref("b")] },
]

describe("shared spending", () => {
  it("is one transaction that signs for both thefts' holdings, with its amounts, steps and pitfalls", async () => {
    const chain = robbed().pay(["a", "b"], ["x@next:150000", "y@change:49000"])
    const document = await chain.links({ thefts: thefts(chain) })
    expect(kindsOf(document)).toEqual(["shared-spending"])
    const [finding] = pairOf(document).findings
    expect(finding).toMatchObject({
      place: null,
      transactions: [{ role: "spends", tx: chain.txOf("x"), height: 4, thefts: ["A", "B"] }],
      amounts: [
        { theft: "A", asset: "BTC", amount: "100000" },
        { theft: "B", asset: "BTC", amount: "100000" },
      ],
      hops: 0,
      grade: "reported",
    })
    expect(finding?.pitfalls.map(({ code }) => code)).toEqual([
      "payjoin",
      "unknown-coinjoin",
      "custodian-signs",
      "paid-before",
      "no-labels",
    ])
  })

  it("is told once: what is mixed then is spent as one", async () => {
    const chain = robbed()
      .pay(["a", "b"], ["x@next:150000", "y@change:49000"])
      .pay(["x", "y"], ["z@far:198000"])
    expect(kindsOf(await chain.links({ thefts: thefts(chain) }))).toEqual(["shared-spending"])
  })

  it("is not what a coinjoin does: three owners and equal outputs", async () => {
    const chain = robbed()
      .pay([], ["c@carol:100000"])
      .pay([], ["d@dan:100000"])
      .pay([], ["e@eve:100000"])
      .pay(
        ["a", "b", "c", "d", "e"],
        ["p@p:90000", "q@q:90000", "r@r:90000", "s@s:90000", "t@t:90000", "u@u:9000", "w@w:8000", "z@z:7000"],
      )
    const document = await chain.links({ thefts: thefts(chain) })
    expect(kindsOf(document)).toEqual([])
    expect(reasonsOf(document)).toEqual(["coinjoin"])
  })

  it("is not what dust does: somebody sent b's wallet a sliver of a's loot, and the wallet swept it up", async () => {
    const chain = robbed()
      .pay(["a"], ["dust@b-other:50", "rest@alpha:99900"])
      .pay(["dust", "b"], ["x@b-next:99000"])
    const document = await chain.links({ thefts: thefts(chain) })
    expect(kindsOf(document)).toEqual([])
    expect(reasonsOf(document)).toEqual(["dust"])
  })

  it("is not a sweep to a service, which may sign for its customers", async () => {
    const chain = robbed().pay(["a", "b"], ["x@hot:199000"])
    const document = await chain.links({ thefts: thefts(chain), services: new Map([["hot", "Exch"]]) })
    expect(kindsOf(document)).toEqual([])
    expect(reasonsOf(document)).toEqual(["sweep-to-service"])
  })

  it("is not found in coins that both thefts took", async () => {
    const chain = robbed().pay(["a"], ["a2@again:99000"]).pay(["a2", "b"], ["x@next:198000"])
    const same = [
      { id: "A", refs: [chain.ref("a")] },
      { id: "B", refs: [chain.ref("a2")] },
    ]
    const document = await chain.links({ thefts: same })
    expect(kindsOf(document)).toEqual([])
    expect(pairOf(document).sameCoins).toEqual([{ asset: "BTC", amount: "99000" }])
  })
})

describe("commingling on a UTXO chain", () => {
  const meeting = () =>
    robbed().pay(["a"], ["a2@meet:60000", "a3@alpha2:39000"]).pay(["b"], ["b2@meet:60000", "b3@beta2:39000"])

  it("is value of both that met at one address and was spent together by its holder", async () => {
    const chain = meeting().pay(["a2", "b2"], ["x@next:119000"])
    const document = await chain.links({ thefts: thefts(chain) })
    expect(kindsOf(document)).toEqual(["commingling"])
    expect(reasonsOf(document)).toEqual([])
    expect(pairOf(document).findings[0]).toMatchObject({
      place: "meet",
      transactions: [
        { role: "spends", tx: chain.txOf("x") },
        { role: "pays-in", tx: chain.txOf("a2"), thefts: ["A"] },
        { role: "pays-in", tx: chain.txOf("b2"), thefts: ["B"] },
      ],
      hops: 1,
    })
  })

  it("is not an address that only received from both", async () => {
    const chain = meeting()
    const document = await chain.links({ thefts: thefts(chain) })
    expect(kindsOf(document)).toEqual([])
    expect(reasonsOf(document)).toEqual(["receipt meet"])
  })

  it("is not an address that received from both and spent each apart", async () => {
    const chain = meeting().pay(["a2"], ["x@next:59000"]).pay(["b2"], ["y@other:59000"])
    const document = await chain.links({ thefts: thefts(chain) })
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["receipt meet"]])
  })
})

describe("a shared deposit address", () => {
  const HOT = label("hot", { label: "Exch" })
  const deposited = () =>
    robbed()
      .pay(["a"], ["d1@deposit:99000"])
      .pay(["d1"], ["s1@hot:98000"])
      .pay(["b"], ["d2@deposit:99000"])
      .pay(["d2"], ["s2@hot:98000"])

  it("links who banks there, not the thieves: the exchange is known by a label, the address by what it did", async () => {
    const chain = deposited()
    const document = await chain.links({ thefts: thefts(chain), labels: bookOf([HOT]) })
    expect(kindsOf(document)).toEqual(["shared-deposit"])
    const [finding] = pairOf(document).findings
    expect(finding).toMatchObject({ place: "deposit", service: "Exch", grade: "inferred" })
    expect(finding?.pitfalls.map(({ code }) => code)).toEqual([
      "launderer-not-thief",
      "broker-for-many",
      "pattern-only",
    ])
  })

  it("is not a service's own address, which many use", async () => {
    const chain = robbed().pay(["a"], ["x@hot:99000"]).pay(["b"], ["y@hot:99000"])
    const document = await chain.links({ thefts: thefts(chain), labels: bookOf([HOT]) })
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["service-address hot"]])
  })
})

describe("what is only reported", () => {
  it("tells hours of day, the nearest two transactions, and the order, each with its weakness", async () => {
    const chain = robbed()
    const { findings } = pairOf(await chain.links({ thefts: thefts(chain) }))
    expect(findings.map(({ kind }) => kind)).toEqual(["timing", "chain-order"])
    const [timing, order] = findings
    // 1,500,000,000 s is 02:40 UTC; the thefts are the third and the fourth transaction, an hour apart.
    expect(timing?.hours?.map(({ byHour }) => byHour.indexOf(1))).toEqual([4, 5])
    expect(timing?.nearestSeconds).toBe(3600)
    expect(timing?.pitfalls.map(({ code }) => code)).toEqual(["copyable", "zone-unknown", "automation"])
    expect(order).toMatchObject({ interleaved: false })
    expect(order?.transactions.map(({ role, thefts }) => [role, ...thefts])).toEqual([
      ["stolen", "A"],
      ["stolen", "B"],
    ])
  })
})

/** A random chain of few addresses, so that value of several thefts meets often. */
function randomChain(seed: number): { readonly chain: HandChain; readonly names: readonly string[] } {
  const dice = new Dice(seed)
  const chain = new HandChain()
  const purse: { name: string; value: number }[] = []
  const names: string[] = []
  for (let at = 0; at < 40; at++) {
    const inputs = at < 8 || purse.length < 4 ? [] : dice.shuffle(purse.splice(0)).slice(0)
    const spent = inputs.splice(0, dice.int(1, 4))
    purse.push(...inputs)
    const total = spent.length === 0 ? 100_000 : spent.reduce((sum, { value }) => sum + value, 0)
    const count = dice.int(1, 3)
    const value = Math.floor(total / count)
    const made = Array.from({ length: count }, (_, n) => ({ name: `c${at}.${n}`, value }))
    if (value === 0) continue
    chain.pay(
      spent.map(({ name }) => name),
      made.map(({ name }) => `${name}@adr${dice.int(0, 9)}:${value}`),
    )
    purse.push(...made)
    if (spent.length > 0) names.push(...made.map(({ name }) => name))
  }
  return { chain, names }
}

describe("the order of thefts", () => {
  it("changes nothing: thefts and their references in any order, under every rule, on 40 random chains", async () => {
    let found = 0
    for (let seed = 1; seed <= 40; seed++) {
      const dice = new Dice(seed * 1000)
      const { chain, names } = randomChain(seed)
      const own = ["x", "y", "z"].map(id => {
        return {
          id,
          refs: [...new Set([dice.pick(names) ?? "", dice.pick(names) ?? ""])].map(name => chain.ref(name)),
        }
      })
      const rule = dice.pick(["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho"] as const)
      const services = new Map([["adr3", "Exch"]])
      const straight = await chain.links({ thefts: own, rule, services })
      const turned = own.map(({ id, refs }) => ({ id, refs: refs.toReversed() })).reverse()
      expect(await chain.links({ thefts: turned, rule, services })).toEqual(straight)
      for (const { findings } of straight.pairs) found += findings.filter(({ hours }) => !hours).length
    }
    expect(found).toBeGreaterThan(60)
  })

  it("nor what they are called: the pair's sides change places and its findings stay", async () => {
    let links = 0
    for (let seed = 1; seed <= 40; seed++) {
      const dice = new Dice(seed * 77)
      const { chain, names } = randomChain(seed)
      const [one, two] = [chain.ref(dice.pick(names) ?? ""), chain.ref(dice.pick(names) ?? "")]
      const called = async (first: string, second: string) => {
        const asked = [
          { id: first, refs: [one] },
          { id: second, refs: [two] },
        ]
        const { findings, countsNothing } = pairOf(await chain.links({ thefts: asked }))
        const plain = JSON.stringify({ findings, countsNothing }).replaceAll(`"${first}"`, '"1"')
        return JSON.parse(plain.replaceAll(`"${second}"`, '"2"'), sorted)
      }
      const straight = await called("theft-a", "theft-b")
      expect(await called("theft-z", "theft-b")).toEqual(straight)
      links += straight.findings.length
    }
    expect(links).toBeGreaterThan(60)
  })
})

/** Lists by theft stand in the order of the thefts' names. */
function sorted(key: string, value: unknown): unknown {
  if (!["thefts", "amounts", "hours"].includes(key) || !Array.isArray(value)) return value
  return value.map(item => JSON.stringify(item)).sort()
}
