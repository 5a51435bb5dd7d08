import { describe, expect, it } from "vitest"
import { coSpendOf } from "../../src/clustering/co-spend.ts"
import { coinjoinOf } from "../../src/clustering/coinjoin.ts"
import { type MadePot, madeTransaction } from "./made-chain.ts"

const pots = (count: number, from: number, value: (n: number) => number): MadePot[] =>
  Array.from({ length: count }, (_, n) => [from + n, value(n)])
const patternOf = (inputs: MadePot[], outputs: MadePot[]) =>
  coinjoinOf(madeTransaction(inputs, outputs))?.pattern ?? null

describe("a transaction is taken for a coinjoin", () => {
  it("of Whirlpool with two newcomers and three remixers of one pool", () => {
    for (const pool of [100_000, 1_000_000, 2_500_000, 5_000_000, 25_000_000, 50_000_000]) {
      const inputs = pots(5, 0, n => pool + (n < 2 ? 5_000 : 0))
      expect(
        coinjoinOf(
          madeTransaction(
            inputs,
            pots(5, 10, () => pool),
          ),
        ),
      ).toEqual({
        pattern: "whirlpool",
        values: [pool],
        anonymitySet: 5,
        doubts: ["self-transfer"],
      })
    }
  })

  it("of Whirlpool up to what newcomers may bring, and of another pattern above it", () => {
    const join = (more: number) =>
      patternOf(
        pots(8, 0, n => 1_000_000 + (n === 0 ? more : 0)),
        pots(8, 10, () => 1_000_000),
      )
    expect(join(110_000)).toBe("whirlpool")
    expect(join(110_001)).toBe("joinmarket")
  })

  it("of Wasabi 1 with outputs of about 0.1 BTC, doubles, change and a coordinator", () => {
    const inputs = pots(20, 0, n => 21_000_000 + n)
    const outputs = [
      ...pots(18, 100, () => 9_900_000),
      ...pots(4, 200, () => 19_800_000),
      ...pots(9, 300, n => 1_234_567 + 11 * n),
      [400, 540_000] as MadePot,
    ]
    const finding = coinjoinOf(madeTransaction(inputs, outputs))
    expect(finding).toMatchObject({ pattern: "wasabi-1", values: [9_900_000, 19_800_000], anonymitySet: 18 })
  })

  it("of Wasabi 1 also where change is alike, which is none of the values mixed", () => {
    const outputs = [
      ...pots(10, 100, () => 10_000_000),
      ...pots(2, 200, () => 10_300_000),
      ...pots(7, 300, n => 600_000 + n),
    ]
    expect(
      patternOf(
        pots(25, 0, () => 10_000_000),
        outputs,
      ),
    ).toBe("wasabi-1")
    expect(
      coinjoinOf(
        madeTransaction(
          pots(25, 0, () => 10_000_000),
          outputs,
        ),
      )?.values,
    ).toEqual([10_000_000])
  })

  it("of Wasabi 2 with nearly all outputs of standard values", () => {
    const standard = [5_000, 8_192, 13_122, 19_683, 20_000, 50_000, 131_072, 1_062_882]
    const outputs = [...pots(40, 100, n => standard[n % 8] as number), ...pots(4, 200, n => 77_777 + n)]
    const finding = coinjoinOf(
      madeTransaction(
        pots(24, 0, n => 600_000 + 31 * n),
        outputs,
      ),
    )
    expect(finding).toMatchObject({ pattern: "wasabi-2", anonymitySet: 5 })
    // A fifth of the outputs is not standard: no more than four fifths is not enough.
    const looser = [...outputs, ...pots(6, 300, n => 88_888 + n)]
    expect(
      patternOf(
        pots(24, 0, n => 600_000 + 31 * n),
        looser,
      ),
    ).not.toBe("wasabi-2")
  })

  it("of JoinMarket with a taker, makers and change for each", () => {
    const inputs = pots(4, 0, n => 30_000_000 + 1_111 * n)
    const outputs = [...pots(4, 10, () => 25_123_456), ...pots(4, 20, n => 4_800_000 + 1_111 * n)]
    expect(coinjoinOf(madeTransaction(inputs, outputs))).toMatchObject({
      pattern: "joinmarket",
      values: [25_123_456],
      anonymitySet: 4,
    })
  })

  it("of equal outputs where it has several values alike and much change", () => {
    const inputs = pots(6, 0, () => 5_000_000)
    const outputs = [
      ...pots(3, 10, () => 700_000),
      ...pots(3, 20, () => 300_000),
      ...pots(5, 30, n => 900_000 + n),
    ]
    expect(coinjoinOf(madeTransaction(inputs, outputs))).toMatchObject({
      pattern: "equal-outputs",
      values: [700_000, 300_000],
      anonymitySet: 3,
    })
  })

  it("and joins nobody then", () => {
    const tx = madeTransaction(
      pots(5, 0, () => 1_000_000),
      pots(5, 10, () => 1_000_000),
    )
    expect(coSpendOf(tx)).toMatchObject({ joins: false, reason: "coinjoin" })
  })
})

describe("a transaction is not taken for a coinjoin", () => {
  it("where one owner pays many alike, out of one address or several outputs of it", () => {
    const outputs = [...pots(10, 100, () => 1_000_000), [1, 5_000_000] as MadePot]
    expect(patternOf([[1, 20_000_000]], outputs)).toBeNull()
    expect(
      patternOf(
        pots(10, 0, () => 2_000_000).map(([, value]) => [1, value]),
        outputs,
      ),
    ).toBeNull()
  })

  it("where several addresses together could not have paid as many shares", () => {
    // Ten alike of 0.1 BTC: nine small addresses and a rich one are one party and the rest.
    const inputs: MadePot[] = [[0, 110_000_000], ...pots(11, 1, () => 50_000)]
    expect(
      patternOf(inputs, [...pots(10, 100, () => 10_000_000), ...pots(2, 200, n => 12_345 + n)]),
    ).toBeNull()
  })

  it("where the outputs alike go to one address", () => {
    const outputs = Array.from({ length: 5 }, (): MadePot => [50, 1_000_000])
    expect(
      patternOf(
        pots(5, 0, () => 1_100_000),
        outputs,
      ),
    ).toBeNull()
  })

  it("where it consolidates, pays, or marks a protocol with small outputs", () => {
    expect(
      patternOf(
        pots(300, 0, () => 65_536),
        [[400, 19_000_000]],
      ),
    ).toBeNull()
    expect(
      patternOf(
        pots(300, 0, () => 65_536),
        [
          [400, 16_777_216],
          [401, 1_000_000],
          [402, 1_048_576],
        ],
      ),
    ).toBeNull()
    expect(
      patternOf(
        [
          [1, 60_000],
          [2, 70_000],
        ],
        [
          [3, 100_000],
          [4, 29_000],
        ],
      ),
    ).toBeNull()
    expect(
      patternOf(
        pots(5, 0, () => 50_000),
        pots(5, 10, () => 546),
      ),
    ).toBeNull()
  })

  it("where nobody can spend the outputs alike, and where it is a coinbase", () => {
    const burned = pots(5, 10, () => 1_000_000).map(([owner, value]): MadePot => [owner, value, "burned"])
    expect(
      patternOf(
        pots(5, 0, () => 1_000_000),
        burned,
      ),
    ).toBeNull()
    const tx = madeTransaction(
      pots(5, 0, () => 1_000_000),
      pots(5, 10, () => 1_000_000),
    )
    expect(coinjoinOf({ ...tx, isCoinbase: true })).toBeNull()
  })

  it("where two of two are alike: that is told as a doubt of every merge", () => {
    const inputs = pots(2, 0, () => 1_500_000)
    expect(
      coSpendOf(
        madeTransaction(
          inputs,
          pots(2, 10, () => 1_000_000),
        ),
      ),
    ).toEqual({
      joins: true,
      owners: [0, 1],
    })
  })
})

describe("co-spending", () => {
  it("joins the owners of the inputs, each once, and leaves out those that are nobody's", () => {
    const inputs: MadePot[] = [
      [3, 5],
      [1, 5],
      [3, 5],
      [9, 5, "mweb"],
    ]
    expect(coSpendOf(madeTransaction(inputs, [[4, 20]]))).toEqual({ joins: true, owners: [3, 1] })
  })

  it("joins nobody in a coinbase, nor where one owner spends", () => {
    const tx = madeTransaction(
      [
        [3, 5],
        [3, 5],
        [9, 5, "mweb"],
      ],
      [[4, 15]],
    )
    expect(coSpendOf(tx)).toEqual({ joins: false, reason: "one-owner" })
    expect(coSpendOf({ ...tx, isCoinbase: true })).toEqual({ joins: false, reason: "coinbase" })
  })
})
