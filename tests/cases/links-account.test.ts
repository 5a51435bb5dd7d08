import { describe, expect, it } from "vitest"
import { RULES } from "../../src/ledger/vocabulary.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { kindsOf, linksOfRows, pairOf, reasonsOf, rowsOf } from "./links-staging.ts"

/** Two victims robbed of 100,000 each: by alpha, in t2, and by beta, in t3. */
const ROBBED = [">victim1:100000", ">victim2:100000", "victim1>alpha:100000", "victim2>beta:100000"]
const THEFTS = [
  { id: "A", refs: ["t2#0"] },
  { id: "B", refs: ["t3#0"] },
]
const found = (rows: readonly string[], services: Readonly<Record<string, string>> = {}) =>
  linksOfRows(rowsOf([...ROBBED, ...rows]), {
    thefts: THEFTS,
    services: new Map(Object.entries(services)),
  })

describe("commingling on an account chain", () => {
  it("is value of both that came to one account, and that its holder paid on to one further account", async () => {
    const document = await found(["alpha>meet:60000", "beta>meet:50000", "meet>next:110000"])
    expect(kindsOf(document)).toEqual(["commingling"])
    expect(pairOf(document).findings[0]).toMatchObject({
      place: "meet",
      transactions: [
        { role: "pays-on", tx: "t6", height: 7, thefts: ["A", "B"] },
        { role: "pays-in", tx: "t4", thefts: ["A"] },
        { role: "pays-in", tx: "t5", thefts: ["B"] },
      ],
      amounts: [
        { theft: "A", asset: "ETH", amount: "60000" },
        { theft: "B", asset: "ETH", amount: "50000" },
      ],
      hops: 2,
      grade: "chain",
    })
    expect(pairOf(document).findings[0]?.pitfalls.map(({ code }) => code)).toEqual([
      "cannot-refuse",
      "rule-decides",
      "unlabelled-service",
      "no-labels",
    ])
  })

  it("is that too where two payments went to the same next account", async () => {
    expect(
      kindsOf(await found(["alpha>meet:60000", "beta>meet:50000", "meet>next:60000", "meet>next:50000"])),
    ).toEqual(["commingling"])
  })

  it("is told once: one who holds both and pays each apart makes no second merge of the next account", async () => {
    const rows = [
      "alpha>meet:60000",
      "beta>meet:50000",
      "meet>next:60000",
      "meet>next:50000",
      "next>far:110000",
    ]
    const document = await found(rows)
    expect(kindsOf(document)).toEqual(["commingling"])
    expect(pairOf(document).findings[0]?.place).toBe("meet")
    const [timing] = pairOf(document).findings.filter(({ kind }) => kind === "timing")
    expect(timing?.nearestSeconds).toBe(3600)
  })

  it("is not mere receipt: an account that received from both and did nothing", async () => {
    const document = await found(["alpha>bystander:60000", "beta>bystander:50000"])
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["receipt bystander"]])
    expect(pairOf(document).countsNothing[0]?.text).toMatch(/Receipt, counts nothing/)
  })

  it("is not receipt followed by payments to different accounts", async () => {
    const document = await found(["alpha>meet:60000", "beta>meet:50000", "meet>one:60000", "meet>two:50000"])
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["receipt meet"]])
  })

  it("is not what dusting makes: a sliver of a's loot sent to b's account, which b's thief moved with all else", async () => {
    const document = await found(["alpha>beta:99", "beta>next:100099"])
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["dust beta"]])
    // A hundredth and more is not dust.
    expect(kindsOf(await found(["alpha>beta:1000", "beta>next:101000"]))).toEqual(["commingling"])
  })

  it("is not an account that passes on all that it gets to one service: that is a deposit address", async () => {
    const document = await found(
      ["alpha>deposit:60000", "deposit>hot:60000", "beta>deposit:50000", "deposit>hot:50000"],
      { hot: "Exch" },
    )
    expect(kindsOf(document)).toEqual(["shared-deposit"])
    expect(pairOf(document).findings[0]).toMatchObject({
      place: "deposit",
      service: "Exch",
      grade: "inferred",
    })
    expect(reasonsOf(document)).toEqual(["service-address hot"])
  })
})

describe("a stated deposit address", () => {
  it("links the launderer where the record shows that it only forwards, and nothing where it does not", async () => {
    const paid = ["alpha>deposit:60000", "deposit>hot:60000", "beta>deposit:50000", "deposit>hot:50000"]
    const services = { deposit: "Exch", hot: "Exch" }
    const document = await found(paid, services)
    expect(kindsOf(document)).toEqual(["shared-deposit"])
    expect(pairOf(document).findings[0]?.pitfalls.map(({ code }) => code)).toContain("launderer-not-thief")
    const other = await found([...paid, "deposit>elsewhere:1"], services)
    expect([kindsOf(other), reasonsOf(other)]).toEqual([[], ["service-address deposit"]])
  })
})

describe("a deposit account of each chain", () => {
  /** @param every how many blocks a row is behind the one before: the first arrival waits for three times as many */
  const linked = async (chain: "ethereum" | "nem", asset: string, every: number, between: string) => {
    const own = [...ROBBED, "alpha>deposit:60000", "beta>deposit:50000"].map(row => `${row} ${asset}`)
    const sweeps = ["deposit>hot:60000", "deposit>hot:50000"].map(row => `${row} ${asset}`)
    const later = Array.from({ length: 4 }, () => `hot>out:1 ${asset}`)
    const rows = rowsOf([...own, between, ...sweeps, ...later], every)
    const services = new Map([["hot", "Exch"]])
    return kindsOf(await linksOfRows(rows, { thefts: THEFTS, services, chain }))
  }

  it("passes on within half a day, which is 3,200 of Ethereum's blocks and 800 of NEM's", async () => {
    const nothing = ">bank:1 XEM"
    expect(await linked("nem", "XEM", 260, nothing)).toEqual(["shared-deposit"])
    expect(await linked("nem", "XEM", 270, nothing)).not.toContain("shared-deposit")
    expect(await linked("ethereum", "TOK", 1_060, nothing)).toEqual(["shared-deposit"])
    expect(await linked("ethereum", "TOK", 1_070, nothing)).not.toContain("shared-deposit")
  })

  it("is not hidden by what anybody can make and send, and it keeps", async () => {
    expect(await linked("nem", "XEM", 260, "stranger>deposit:7 GIFT")).toEqual(["shared-deposit"])
    expect(await linked("ethereum", "TOK", 1_060, "stranger>deposit:7 GIFT")).toEqual(["shared-deposit"])
    // The chain's own coin is nobody's to make.
    expect(await linked("nem", "XEM", 260, "stranger>deposit:7000 XEM")).not.toContain("shared-deposit")
  })
})

/** Tokens are stolen; what fees are paid with comes from elsewhere. */
const TOKENS = [">victim1:100000 TOK", ">victim2:100000 TOK", ">bank:999999", "victim1>alpha:100000 TOK"]
const funded = (rows: readonly string[], services: Readonly<Record<string, string>> = {}) =>
  linksOfRows(rowsOf([...TOKENS, "victim2>beta:100000 TOK", ...rows]), {
    thefts: [
      { id: "A", refs: ["t3#0"] },
      { id: "B", refs: ["t4#0"] },
    ],
    services: new Map(Object.entries(services)),
  })
const GAS = ["bank>funder:500", "funder>alpha:50", "funder>beta:60"]

describe("shared gas funding", () => {
  it("is one account that sent the first fee money to accounts of both, with how many it ever paid", async () => {
    const document = await funded([...GAS, "funder>third:1", "alpha>a2:10 TOK", "beta>b2:10 TOK"])
    expect(kindsOf(document)).toEqual(["gas-funding"])
    expect(pairOf(document).findings[0]).toMatchObject({
      place: "funder",
      transactions: [
        { role: "funds", tx: "t6", thefts: ["A"] },
        { role: "funds", tx: "t7", thefts: ["B"] },
      ],
      funded: 3,
      grade: "inferred",
    })
  })

  it("is not a service that sells gas to everybody, nor a robbed account", async () => {
    const document = await funded(GAS, { funder: "Exch" })
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["service-funder funder"]])
    const robbed = await funded(["bank>victim1:500", "victim1>alpha:50", "victim1>beta:60"])
    expect([kindsOf(robbed), reasonsOf(robbed)]).toEqual([[], ["victim-funder victim1"]])
  })

  it("is not an account that moved more than 10,000 times, as services do", async () => {
    const busy = Array.from({ length: 9_997 }, (_, at) => `funder>client${at}:0`)
    expect(kindsOf(await funded([...GAS, ...busy]))).toEqual(["gas-funding"])
    const document = await funded([...GAS, ...busy, "funder>last:0"])
    expect([kindsOf(document), reasonsOf(document)]).toEqual([[], ["busy-funder funder"]])
  })

  it("is the first funder only: who sends fee money later proves nothing", async () => {
    const document = await funded(["bank>x:500", "bank>y:500", "x>alpha:5", "y>beta:5", "x>beta:50"])
    expect(kindsOf(document)).toEqual([])
  })

  it("is one theft's own account that paid for the other's", async () => {
    const document = await funded(["bank>alpha:500", "alpha>beta:60"])
    expect(kindsOf(document)).toEqual(["gas-funding"])
    expect(pairOf(document).findings[0]?.place).toBe("alpha")
  })

  it("is not loot: the stolen coin itself pays the fees where it goes", async () => {
    expect(kindsOf(await found(["alpha>a2:1000", "alpha>a3:1000", "beta>b2:1000"]))).toEqual([])
  })
})

describe("what is refused", () => {
  it("tiho, which needs outputs", async () => {
    await expect(linksOfRows(rowsOf(ROBBED), { thefts: THEFTS, rule: "tiho" })).rejects.toMatchObject({
      code: "rule-needs-utxo",
    })
  })
})

describe("the order of thefts", () => {
  it("changes nothing, under any rule, on 40 random ledgers of accounts", async () => {
    let found = 0
    for (let seed = 1; seed <= 40; seed++) {
      const dice = new Dice(seed)
      const paid = Array.from({ length: 40 }, () => {
        const [from, to] = [dice.int(0, 7), dice.int(0, 7)]
        return `acc${from}>acc${to === from ? 8 : to}:${dice.int(1, 5000)}${dice.chance(0.3) ? " TOK" : ""}`
      })
      const rows = rowsOf(paid)
      const thefts = ["x", "y", "z"].map(id => {
        return { id, refs: [...new Set([`t${dice.int(0, 19)}#0`, `t${dice.int(0, 19)}#0`])] }
      })
      const rule = dice.pick(RULES.filter(name => name !== "tiho" && name !== "poison"))
      const asked = { services: new Map([["acc3", "Exch"]]), rule: rule as "fifo" }
      const straight = await linksOfRows(rows, { ...asked, thefts })
      const turned = thefts.map(({ id, refs }) => ({ id, refs: refs.toReversed() })).reverse()
      expect(await linksOfRows(rows, { ...asked, thefts: turned })).toEqual(straight)
      for (const { findings } of straight.pairs)
        found += findings.filter(({ kind }) => kind === "commingling").length
    }
    expect(found).toBeGreaterThan(20)
  })
})
