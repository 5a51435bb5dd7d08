import { describe, expect, it } from "vitest"
import { measuredRecord } from "../../src/clustering/measured-rates.ts"
import { ratesOf } from "../../src/clustering/rates-of.ts"
import type { LinksDocument } from "../../src/contracts/links.ts"
import { clusterMessages } from "../../src/messages/cluster.ts"
import { linksText } from "../../src/reports/text/links-text.ts"
import { ratesLines } from "../../src/reports/text/rates-text.ts"
import { bookOf, label } from "./label-books.ts"
import { HandChain, linksOfRows, pairOf, rowsOf } from "./links-staging.ts"

/** Two victims robbed of 100,000 each, by a and by b. */
const robbed = () =>
  new HandChain()
    .pay([], ["v1@victim1:100000"])
    .pay([], ["v2@victim2:100000"])
    .pay(["v1"], ["a@alpha:100000"])
    .pay(["v2"], ["b@beta:100000"])
/** The same, after "pool", which no list names, has spent together with the labelled "hot". */
const pooled = () =>
  robbed().pay([], ["h1@hot:5000"]).pay([], ["h2@pool:5000"]).pay(["h1", "h2"], ["h3@by:9000"])
const HOT = label("hot", { label: "Exch" })

const linked = (chain: HandChain, labels = bookOf([HOT])) => {
  const thefts = [
    { id: "A", refs: [chain.ref("a")] },
    { id: "B", refs: [chain.ref("b")] },
  ]
  return chain.links({ thefts, labels })
}
const namesOf = ({ rates }: LinksDocument) => rates.map(({ heuristic }) => heuristic)
/** What each finding that links rests on, and each that counts nothing. */
const restsOn = (document: LinksDocument) => {
  const { findings, countsNothing } = pairOf(document)
  return [
    ...findings.map(({ kind, heuristics }) => [kind, heuristics] as const),
    ...countsNothing.map(({ reason, heuristics }) => [reason, heuristics] as const),
  ].filter(([what]) => what !== "timing" && what !== "chain-order")
}

describe("measured rates beside links of a UTXO chain", () => {
  it("are of co-spending where inputs of several addresses were taken for one signer's", async () => {
    const document = await linked(robbed().pay(["a", "b"], ["x@next:150000", "y@change:49000"]))
    expect(restsOn(document)).toEqual([["shared-spending", ["co-spend", "coinjoin"]]])
    expect(namesOf(document)).toEqual(["co-spend", "coinjoin"])
    for (const { heuristic, precision, recall } of document.rates)
      expect({ precision, recall }).toEqual(ratesOf(measuredRecord(heuristic as "co-spend")))
  })

  it("are none where one address held both: who holds it signs for it", async () => {
    const met = robbed().pay(["a"], ["a2@meet:60000", "a3@alpha2:39000"]).pay(["b"], ["b2@meet:60000"])
    const document = await linked(met.pay(["a2", "b2"], ["x@next:119000"]))
    expect(restsOn(document)).toEqual([["commingling", undefined]])
    expect(document.rates).toEqual([])
  })

  it("are of co-spending where what met at one address was spent beside another address's", async () => {
    const met = robbed().pay(["a"], ["a2@meet:60000", "a3@alpha2:39000"]).pay(["b"], ["b2@meet:60000"])
    const document = await linked(met.pay(["a3", "b2"], ["x@next:98000"]))
    expect(restsOn(document)).toContainEqual(["commingling", ["co-spend", "coinjoin"]])
  })

  it("are of the pattern by which a coinjoin was told, which counts nothing", async () => {
    const chain = robbed()
    for (const name of ["c", "d", "e"]) chain.pay([], [`${name}@own-${name}:100000`])
    const outputs = ["p", "q", "r", "s", "t"].map(name => `${name}@${name}:90000`)
    const rest = ["u@u:9000", "w@w:8000", "z@z:7000"]
    const document = await linked(chain.pay(["a", "b", "c", "d", "e"], [...outputs, ...rest]))
    const [[reason, heuristics] = []] = restsOn(document)
    expect(reason).toBe("coinjoin")
    expect(heuristics).toEqual(["coinjoin", expect.stringMatching(/^coinjoin-./)])
    expect(namesOf(document)).toEqual(heuristics)
  })

  it("are of the deposit rule, with one sweep or with two", async () => {
    const paid = () => robbed().pay(["a"], ["d1@deposit:99000"])
    const twice = paid().pay(["d1"], ["s1@hot:98000"]).pay(["b"], ["d2@deposit:99000"])
    const strong = await linked(twice.pay(["d2"], ["s2@hot:98000"]))
    expect(restsOn(strong)).toEqual([["shared-deposit", ["deposit-address"]]])
    expect(namesOf(strong)).toEqual(["deposit-address"])
    const once = paid().pay(["b"], ["d2@deposit:99000"])
    const weak = await linked(once.pay(["d1", "d2"], ["s1@hot:197000"]))
    expect(restsOn(weak)).toEqual([["shared-deposit", ["deposit-address-one-sweep"]]])
    expect(pairOf(weak).findings[0]?.pitfalls.map(({ code }) => code)).toContain("few-sweeps")
    expect(namesOf(weak)).toEqual(["deposit-address-one-sweep"])
  })

  it("are of the pattern by which following stopped, and none where a label or a file says so", async () => {
    const apart = () => robbed().pay(["a"], ["x@hot:99000"]).pay(["b"], ["y@hot:99000"])
    const labelled = await linked(apart())
    expect([restsOn(labelled), labelled.rates]).toEqual([[["service-address", undefined]], []])
    const document = await linked(pooled().pay(["a"], ["x@pool:99000"]).pay(["b"], ["y@pool:99000"]))
    const cluster = ["co-spend", "cluster", "coinjoin"]
    expect(restsOn(document)).toEqual([["service-address", cluster]])
    expect(namesOf(document)).toEqual(cluster)
  })

  it("are of both where a deposit address forwards to what is the service's by a pattern itself", async () => {
    const paid = pooled().pay(["a"], ["d1@deposit:99000"]).pay(["b"], ["d2@deposit:99000"])
    const document = await linked(paid.pay(["d1", "d2"], ["x@pool:197000"]))
    const both = ["deposit-address-one-sweep", "co-spend", "cluster", "coinjoin"]
    expect(restsOn(document)).toEqual([["shared-deposit", both]])
    expect(namesOf(document)).toEqual(both)
  })

  it("are told in both languages, as beside clusters, with what each finding rests on", async () => {
    const document = await linked(robbed().pay(["a", "b"], ["x@next:150000", "y@change:49000"]))
    for (const [language, words] of [
      ["en", "rests on: co-spend, coinjoin"],
      ["ja", "根拠とする読み方: co-spend, coinjoin"],
    ] as const) {
      const text = linksText(document, language)
      expect(text).toContain(words)
      for (const line of ratesLines(document.rates, clusterMessages(language)))
        expect(text).toContain(`${line}\n`)
      const bare = linksText({ ...document, rates: [] }, language)
      expect(bare).not.toContain("staged-wallets-1")
    }
  })
})

const ROBBED = [">victim1:100000", ">victim2:100000", "victim1>alpha:100000", "victim2>beta:100000"]
const found = (rows: readonly string[]) =>
  linksOfRows(rowsOf([...ROBBED, ...rows]), {
    thefts: [
      { id: "A", refs: ["t2#0"] },
      { id: "B", refs: ["t3#0"] },
    ],
    services: new Map([["hot", "Exch"]]),
  })

describe("measured rates beside links of an account chain", () => {
  it("are of Ethereum's rule for deposit accounts, with one sweep or with two", async () => {
    const paid = ["alpha>deposit:60000", "beta>deposit:50000"]
    const twice = await found([...paid, "deposit>hot:60000", "deposit>hot:50000"])
    expect(restsOn(twice)).toContainEqual(["shared-deposit", ["deposit-account"]])
    expect(namesOf(twice)).toEqual(["deposit-account"])
    const once = await found([...paid, "deposit>hot:110000"])
    expect(restsOn(once)).toContainEqual(["shared-deposit", ["deposit-account-one-sweep"]])
    expect(namesOf(once)).toEqual(["deposit-account-one-sweep"])
  })

  it("are none of what no heuristic was measured for: merges, funders, receipts", async () => {
    const merged = await found(["alpha>meet:60000", "beta>meet:50000", "meet>next:110000"])
    const gas = await found([">bank:900", "bank>alpha:50", "bank>beta:60", "alpha>by:500", "beta>by:600"])
    for (const document of [merged, gas]) {
      expect(restsOn(document).length).toBeGreaterThan(0)
      for (const [what, heuristics] of restsOn(document))
        expect([what, heuristics]).toEqual([what, undefined])
      expect(document.rates).toEqual([])
    }
  })
})
