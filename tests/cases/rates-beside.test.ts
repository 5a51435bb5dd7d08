import { describe, expect, it } from "vitest"
import { ratesUsed } from "../../src/cases/cluster-rates.ts"
import { depositHeuristicOn } from "../../src/cases/deposit-heuristic.ts"
import { ratesSaid } from "../../src/cases/rates-said.ts"
import { heuristicsUsed } from "../../src/cases/screen-rates.ts"
import { heuristicsOfStops, ratesOfStops } from "../../src/cases/trace-rates.ts"
import { type MeasuredHeuristic, measuredRecord } from "../../src/clustering/measured-rates.ts"
import type { ClusterSubject } from "../../src/contracts/cluster.ts"
import type { ClusterItem, LookAlikeItem, ScreenAnswer } from "../../src/contracts/screen.ts"
import type { AssetAnswer, StoppedBy } from "../../src/contracts/trace.ts"
import { clusterMessages } from "../../src/messages/cluster.ts"
import { notProofLines, ratesLines } from "../../src/reports/text/rates-text.ts"

const pattern = (kind: "deposit-address" | "cluster"): StoppedBy => {
  const labelled = { labels: [], disagree: false }
  return { kind, grade: "inferred", via: "hot", transactions: [], cannotRuleOut: [], ...labelled }
}
const answerWith = (...stops: StoppedBy[]) => {
  const arrivals = stops.map(stoppedBy => ({ stoppedBy }))
  return [{ rules: { poison: { arrivals } } }] as unknown as readonly AssetAnswer[]
}
type Asked = Parameters<typeof ratesOfStops>[1]
const on = (shape: "utxo" | "account", chain: string | null) =>
  ({ source: { shape }, chain }) as unknown as Asked
const namesOf = (rates: readonly { readonly heuristic: string }[]) => rates.map(({ heuristic }) => heuristic)

describe("rates beside a trace's stops", () => {
  it("are of the patterns that it stopped by, of each chain family its own", () => {
    const deposit = answerWith(pattern("deposit-address"), pattern("deposit-address"))
    expect(namesOf(ratesOfStops(deposit, on("utxo", "bitcoin")))).toEqual(["deposit-address"])
    expect(namesOf(ratesOfStops(deposit, on("account", "ethereum")))).toEqual(["deposit-account"])
    expect(namesOf(ratesOfStops(deposit, on("account", "nem")))).toEqual(["deposit-account-nem"])
    const cluster = answerWith(pattern("cluster"))
    expect(namesOf(ratesOfStops(cluster, on("utxo", null)))).toEqual(["co-spend", "cluster", "coinjoin"])
  })

  it("are none where a list or a label stopped it, and none of accounts of a chain that nobody named", () => {
    const file: StoppedBy = { kind: "file", list: "mine" }
    expect(ratesOfStops(answerWith(file, { kind: "chain" }), on("utxo", "bitcoin"))).toEqual([])
    expect(ratesOfStops(answerWith(pattern("deposit-address")), on("account", null))).toEqual([])
  })

  it.each([
    ["ethereum", "deposit-account", "staged-accounts-1"],
    ["nem", "deposit-account-nem", "staged-nem-1"],
  ] as const)("are told of %s in both languages with the counts as measured", (chain, heuristic, worlds) => {
    const rates = ratesOfStops(answerWith(pattern("deposit-address")), on("account", chain))
    const { truePositives, falsePositives } = measuredRecord(heuristic)
    for (const language of ["en", "ja"] as const) {
      const [head, line] = ratesLines(rates, clusterMessages(language))
      expect(head).toContain(worlds)
      expect(head).toMatch(/21(?: to | から )40/)
      expect(line).toContain(`${truePositives}`)
      expect(line).toContain(`${truePositives + falsePositives}`)
    }
  })
})

describe("rates beside what is told of an account", () => {
  const none = { count: 0, shown: [] }
  const subject: ClusterSubject = {
    address: "a",
    cluster: null,
    deposit: null,
    depositUnknown: null,
    labels: { own: none, reached: none, notCarried: none, actors: [] },
  }
  const weak = { isWeak: true } as NonNullable<ClusterSubject["deposit"]>
  const told = (one: Partial<ClusterSubject>, chain: string | null) =>
    namesOf(
      ratesUsed(
        [{ ref: "a", kind: "address", subjects: { count: 1, shown: [{ ...subject, ...one }] } }],
        chain,
      ),
    )

  it("are of its chain's rule, also where nothing was recognised, and not where nothing was looked at", () => {
    expect(told({}, "ethereum")).toEqual(["deposit-account"])
    expect(told({}, "nem")).toEqual(["deposit-account-nem"])
    expect(told({ deposit: weak }, "nem")).toEqual(["deposit-account-nem-one-sweep"])
    expect(told({ depositUnknown: "no-labels" }, "nem")).toEqual([])
    expect(told({}, null)).toEqual([])
  })
})

describe("what a deposit was recognised by", () => {
  it.each([
    ["utxo", "bitcoin", ["deposit-address", "deposit-address-one-sweep"]],
    ["utxo", null, ["deposit-address", "deposit-address-one-sweep"]],
    ["account", "ethereum", ["deposit-account", "deposit-account-one-sweep"]],
    ["account", "nem", ["deposit-account-nem", "deposit-account-nem-one-sweep"]],
    ["account", null, []],
  ] as const)("on a chain of %s (%s) is the rule that was measured there", (shape, chain, measured) => {
    expect([false, true].flatMap(isWeak => depositHeuristicOn(shape, chain, isWeak))).toEqual(measured)
  })

  it("is the same choice beside clusters, for traces' stops and for links", () => {
    const subject = (isWeak: boolean) => {
      const deposit = { isWeak }
      return { cluster: null, deposit, depositUnknown: null }
    }
    const clustered = (isWeak: boolean) => {
      const subjects = { count: 1, shown: [subject(isWeak)] }
      return namesOf(ratesUsed([{ subjects }] as unknown as Parameters<typeof ratesUsed>[0], "ethereum"))
    }
    for (const isWeak of [false, true])
      expect(clustered(isWeak)).toEqual(depositHeuristicOn("account", "ethereum", isWeak))
    expect(heuristicsOfStops(["deposit-address"], "account", "ethereum")).toEqual(
      depositHeuristicOn("account", "ethereum", false),
    )
    expect(heuristicsOfStops(["file", "case", "label", "chain", undefined], "utxo", "bitcoin")).toEqual([])
  })
})

describe("rates beside a screening", () => {
  const like: LookAlikeItem = {
    found: "resembles",
    what: "address",
    of: `0xabc${"1".repeat(33)}0def`,
    imitates: `0xabc${"2".repeat(33)}0def`,
    knownFrom: "list",
    head: 3,
    tail: 4,
    oneIn: "268435456",
    symbol: null,
    grade: "inferred",
    sources: [],
    carriesNothing: true,
  }
  it("are of what is read from an address's ends, by its form, and not of what a record says", () => {
    const answer = { cluster: null, clusters: [], lookAlikes: [like] } as unknown as ScreenAnswer
    expect(heuristicsUsed(answer)).toEqual(["look-alike"])
    const ofNem = { ...like, imitates: "NC64UFOWRO6AVMWFV2BFX2NT6W2GURK2EOX6FFMZ" }
    expect(heuristicsUsed({ ...answer, lookAlikes: [ofNem, like, ofNem] })).toEqual([
      "look-alike-nem",
      "look-alike",
    ])
    const others: LookAlikeItem[] = [
      { ...like, found: "recorded" },
      { ...like, imitates: "another chain's" },
      { ...like, imitates: null },
    ]
    expect(heuristicsUsed({ ...answer, lookAlikes: others })).toEqual([])
    const forms = [
      ["bc1qhf62rghpahkt2cung3dfp4jj8egkfgv32fk28v", "look-alike-bech32"],
      ["1Gbn9MaeJTWapwdqiPp1UrgX5z6F7VXhNP", "look-alike-base58"],
      ["3A22zQiRBfvYbYKwtsWyUmg71oZR1G832L", "look-alike-base58"],
    ] as const
    for (const [imitates, heuristic] of forms) {
      expect(heuristicsUsed({ ...answer, lookAlikes: [{ ...like, imitates }] })).toEqual([heuristic])
    }
    const cluster = { heuristics: ["co-spend", "cluster"] } as unknown as ClusterItem
    expect(heuristicsUsed({ ...answer, cluster })).toEqual(["co-spend", "cluster", "look-alike"])
  })

  it("are of a recorded token's letters, where they tell what it imitates", () => {
    const token: LookAlikeItem = {
      ...like,
      found: "recorded",
      what: "token",
      imitates: "ETH",
      symbol: "ЕТН",
      head: null,
      tail: null,
    }
    const used = (...lookAlikes: LookAlikeItem[]) =>
      heuristicsUsed({ cluster: null, clusters: [], lookAlikes } as unknown as ScreenAnswer)
    expect(used(token)).toEqual(["look-alike-symbol"])
    expect(used({ ...token, symbol: "ETH" }, { ...token, imitates: null })).toEqual([])
    expect(used({ ...token, what: "transaction", imitates: like.imitates })).toEqual([])
  })

  it("are told of a list without seeds, in both languages", () => {
    const rates = ratesSaid(["look-alike-symbol", "look-alike-base58"])
    const { truePositives, falseNegatives } = measuredRecord("look-alike-symbol")
    for (const language of ["en", "ja"] as const) {
      const lines = ratesLines(rates, clusterMessages(language))
      expect(lines).toHaveLength(4)
      expect(lines[0]).toContain("forged-symbols-1")
      expect(lines[0]).not.toMatch(/20|null|undefined/)
      expect(lines[1]).toContain(`${truePositives + (falseNegatives ?? 0)}`)
      expect(lines[2]).toMatch(/staged-look-alikes-1.*1.*20/)
    }
  })
})

describe("what an answer with rates is no proof of", () => {
  const rates = (...heuristics: readonly MeasuredHeuristic[]) => ratesSaid(new Set(heuristics))

  it.each(["en", "ja"] as const)("%s: is said by what the rates are of", language => {
    const say = clusterMessages(language)
    const lines = (...heuristics: readonly MeasuredHeuristic[]) => notProofLines(rates(...heuristics), say)
    expect(lines("co-spend", "coinjoin", "change-consensus")).toEqual([say.notProof])
    expect(lines("deposit-address")).toEqual([say.notProofOfDeposit])
    expect(lines("look-alike", "look-alike-symbol")).toEqual([say.notProofOfLikeness])
    expect(lines("look-alike", "deposit-address", "cluster")).toEqual([
      say.notProof,
      say.notProofOfDeposit,
      say.notProofOfLikeness,
    ])
    expect(lines()).toEqual([])
  })
})
