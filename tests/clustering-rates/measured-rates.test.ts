import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { ratesSaid } from "../../src/cases/rates-said.ts"
import { MEASURED_RATES, measuredRecord } from "../../src/clustering/measured-rates.ts"
import { ratesOf, wilson } from "../../src/clustering/rates-of.ts"
import { clusterMessages } from "../../src/messages/cluster.ts"
import { ratesLines } from "../../src/reports/text/rates-text.ts"
import { ETHEREUM } from "../../testing/accounts/ethereum-accounts.ts"
import { measureAccounts } from "../../testing/accounts/measure-accounts.ts"
import { NEM } from "../../testing/accounts/nem-accounts.ts"
import { measureSymbols, SYMBOL_LISTS } from "../../testing/symbols/measure-symbols.ts"
import { WORLDS } from "../../testing/wallets/economy.ts"
import { measure } from "../../testing/wallets/measure.ts"
import { LOOK_ALIKE_WORLDS } from "../../testing/wallets/poisoned-world.ts"
import { share } from "./documented-share.ts"

/** Right, too much, missed: on the first two worlds of those told. `measured-rates.fuzz.ts` counts all twenty. */
const FIRST_TWO: readonly (readonly [string, readonly [number, number, number | null]])[] = [
  ["coinjoin", [668, 11, 0]],
  ["coinjoin-whirlpool", [439, 0, 0]],
  ["coinjoin-wasabi-1", [56, 0, 0]],
  ["coinjoin-wasabi-2", [26, 0, 0]],
  ["coinjoin-joinmarket", [147, 11, 0]],
  ["coinjoin-equal-outputs", [0, 0, null]],
  ["several-holders", [668, 11, 174]],
  ["unnecessary-input", [163, 270, 11]],
  ["co-spend", [23_254, 226, 14_365]],
  ["co-spend-unchecked", [37_619, 401_337, 0]],
  ["cluster", [27_869, 814, 1_734_676]],
  ["cluster-unchecked", [42_234, 401_925, 1_720_311]],
  ["cluster-guard-2", [27_300, 814, 1_735_245]],
  ["cluster-unchecked-guard-2", [41_665, 401_925, 1_720_880]],
  ["change-self-change", [662, 85, 6_240]],
  ["change-one-time-address", [1_502, 1, 5_400]],
  ["change-script-type", [2_514, 131, 4_388]],
  ["change-optimal-change", [234, 10, 6_668]],
  ["change-round-payment", [1_086, 17, 5_816]],
  ["change-consensus", [1_918, 2, 4_984]],
  ["deposit-address", [247, 0, 64]],
  ["deposit-address-one-sweep", [308, 0, 3]],
  ["deposit-address-one-label", [118, 0, 193]],
  ["deposit-address-half-labelled", [124, 4, 31]],
  ["deposit-account", [176, 6, 236]],
  ["deposit-account-one-sweep", [287, 34, 125]],
  ["deposit-account-two-days", [212, 12, 200]],
  ["deposit-account-hot-label", [153, 6, 259]],
  ["deposit-account-half-labelled", [87, 11, 116]],
  ["look-alike", [88, 6, 31]],
  ["deposit-account-nem", [75, 12, 90]],
  ["deposit-account-nem-one-sweep", [97, 54, 68]],
  ["deposit-account-nem-two-days", [97, 29, 68]],
  ["deposit-account-nem-hot-label", [43, 12, 122]],
  ["deposit-account-nem-half-labelled", [48, 13, 40]],
  ["look-alike-nem", [36, 0, 61]],
  ["look-alike-bech32", [75, 0, 19]],
  ["look-alike-base58", [46, 0, 13]],
  ["look-alike-symbol", [960, 3, 270]],
]

describe("measured error rates", () => {
  it("are what the first two worlds give when they are made and counted again", () => {
    const accounts = [ETHEREUM, NEM].map(chain => measureAccounts(chain, 21, 22))
    const first = [measure(1, 2), ...accounts, measureSymbols()]
    const counts = first
      .flatMap(tallies => [...tallies])
      .map(
        ([heuristic, { truePositives, falsePositives, falseNegatives }]) =>
          [heuristic, [truePositives, falsePositives, falseNegatives]] as const,
      )
    expect(new Map(counts)).toEqual(new Map(FIRST_TWO))
  })

  it("are told for the worlds that the generators make now, and no less of any than two worlds have", () => {
    expect(MEASURED_RATES.map(({ heuristic }) => heuristic)).toEqual(
      FIRST_TWO.map(([heuristic]) => heuristic),
    )
    for (const [at, { worlds, truePositives, falsePositives, falseNegatives }] of MEASURED_RATES.entries()) {
      const [right = 0, tooMuch = 0, missed = null] = FIRST_TWO[at]?.[1] ?? []
      expect([WORLDS, LOOK_ALIKE_WORLDS, ETHEREUM.worlds, NEM.worlds, SYMBOL_LISTS]).toContain(worlds)
      expect(truePositives).toBeGreaterThanOrEqual(right)
      expect(falsePositives).toBeGreaterThanOrEqual(tooMuch)
      if (falseNegatives === null) expect(missed).toBeNull()
      else expect(falseNegatives).toBeGreaterThanOrEqual(missed ?? Number.POSITIVE_INFINITY)
    }
  })

  it("stand in the documentation with the same counts and shares", () => {
    const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
    const rows = page.split("\n").filter(line => line.startsWith("| `"))
    const count = (one: number | null) => (one === null ? "unknown" : one.toLocaleString("en-US"))
    expect(rows.map(row => row.split(" | ").toSpliced(1, 2).join(" | "))).toEqual(
      MEASURED_RATES.map(({ heuristic, counted, truePositives: right, falsePositives, falseNegatives }) => {
        const isList = counted === "pair" || counted === "symbol"
        const precision = share(right, right + falsePositives, isList)
        const recall = falseNegatives === null ? "-" : share(right, right + falseNegatives, isList)
        const counts = [right, falsePositives, falseNegatives].map(count)
        return `| ${[`\`${heuristic}\``, ...counts, precision, recall].join(" | ")} |`
      }),
    )
  })

  it("stand in the documentation with the very shares and intervals that the program prints", () => {
    const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
    const rows = page.split("\n").filter(line => line.startsWith("| `"))
    // The line that stands beside an answer: "98.5 % (5987 of 6077; 98.2 % to 98.8 %) of what it says is so; ...".
    const printed = MEASURED_RATES.map(({ heuristic }) => {
      const [, line = ""] = ratesLines(ratesSaid([heuristic]), clusterMessages("en"))
      const shares = line.split(": ")[1]?.split("; it finds ") ?? []
      return shares.map(share => {
        const [, told, low, high] =
          /^([\d.]+ %) \(\d+ of \d+(?:; ([\d.]+) % to ([\d.]+) %)?\)/.exec(share) ?? []
        if (told === undefined) return "-"
        return low === undefined ? told : `${told} (${low} to ${high})`
      })
    })
    expect(rows.map(row => row.slice(0, -2).split(" | ").slice(6))).toEqual(printed)
  })

  it("are exact shares, with an interval where the trials are not pairs of one cluster, nor a list", () => {
    const record = measuredRecord("change-consensus")
    const { precision, recall } = ratesOf({
      ...record,
      truePositives: 81,
      falsePositives: 182,
      falseNegatives: 0,
    })
    expect(precision).toMatchObject({ right: 81, of: 263 })
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    expect(precision?.interval?.map(end => end.toFixed(4))).toEqual(["0.2553", "0.3662"])
    expect(recall).toMatchObject({ right: 81, of: 81 })
    for (const counted of ["pair", "symbol"] as const) {
      expect(ratesOf({ ...record, counted }).precision?.interval).toBeNull()
    }
  })

  it("give no share where nothing was said, or nobody knows what should have been", () => {
    const none = { truePositives: 0, falsePositives: 0, falseNegatives: null }
    expect(ratesOf({ ...measuredRecord("coinjoin"), ...none })).toEqual({ precision: null, recall: null })
  })

  // The other rows of the same table: method 3 is Wilson's without a correction.
  it.each([
    [15, 148, "0.0624", "0.1605"],
    [0, 20, "0.0000", "0.1611"],
    [1, 29, "0.0061", "0.1718"],
  ])("have Wilson's interval as published: %i of %i", (right, of, low, high) => {
    expect(wilson(right, of).map(end => end.toFixed(4))).toEqual([low, high])
  })

  it("end at exactly all or nothing where all trials went one way", () => {
    for (let of = 1; of <= 5_000; of++) {
      expect([wilson(0, of)[0], wilson(of, of)[1]]).toEqual([0, 1])
      expect(wilson(0, of)[1]).toBeCloseTo(1 - wilson(of, of)[0], 12)
    }
  })
})
