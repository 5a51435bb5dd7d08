import { describe, expect, it } from "vitest"
import { changeOf } from "../../src/clustering/change.ts"
import { inputCheckOf } from "../../src/clustering/payjoin.ts"
import { type MadePot, madeTransaction } from "./made-chain.ts"

/** Which output each heuristic names, by its place; and the consensus. Owners 100 and up are new. */
function votesOf(inputs: MadePot[], outputs: MadePot[]) {
  const tx = madeTransaction(inputs, outputs)
  const { votes, consensus } = changeOf(tx, ({ owner }) => owner >= 100)
  const placeOf = (output: number) => tx.outputs.findIndex(pot => pot.output === output)
  return {
    votes: Object.fromEntries(votes.map(({ heuristic, output }) => [heuristic, placeOf(output)])),
    consensus: consensus === null ? null : placeOf(consensus),
  }
}

describe("change", () => {
  it("goes back to an owner of inputs, and then no new address is called change", () => {
    const { votes } = votesOf(
      [[1, 500]],
      [
        [100, 300],
        [1, 100],
      ],
    )
    expect(votes).toEqual({ "self-change": 1 })
  })

  it("goes to the one address that is new", () => {
    const used: MadePot = [5, 300]
    expect(votesOf([[1, 500]], [used, [100, 123]]).votes).toEqual({ "one-time-address": 1 })
    expect(
      votesOf(
        [[1, 500]],
        [
          [101, 300],
          [100, 123],
        ],
      ).votes,
    ).toEqual({})
  })

  it("is of the kind of address that all inputs are", () => {
    const outputs: MadePot[] = [
      [5, 300, "p2sh"],
      [6, 123, "p2wpkh"],
    ]
    expect(votesOf([[1, 500]], outputs).votes).toEqual({ "script-type": 1 })
    expect(
      votesOf(
        [
          [1, 500],
          [2, 5, "p2sh"],
        ],
        outputs,
      ).votes["script-type"],
    ).toBeUndefined()
  })

  it("is below every input", () => {
    const inputs: MadePot[] = [
      [1, 500],
      [2, 400],
    ]
    expect(
      votesOf(inputs, [
        [5, 600],
        [6, 290],
      ]).votes,
    ).toEqual({ "optimal-change": 1 })
    expect(
      votesOf(inputs, [
        [5, 590],
        [6, 10],
        [7, 290],
      ]).votes,
    ).toEqual({})
    expect(
      votesOf(
        [[1, 900]],
        [
          [5, 600],
          [6, 290],
        ],
      ).votes,
    ).toEqual({})
  })

  it("is what is not round", () => {
    expect(
      votesOf(
        [[1, 9_500_000]],
        [
          [5, 3_000_000],
          [6, 6_412_345],
        ],
      ).votes,
    ).toEqual({ "round-payment": 1 })
    expect(
      votesOf(
        [[1, 9_500_000]],
        [
          [5, 3_000_000],
          [6, 6_000_000],
        ],
      ).votes,
    ).toEqual({})
  })

  it("is agreed on where two heuristics name an output and none another", () => {
    const both = votesOf(
      [[1, 9_500_000]],
      [
        [5, 3_000_000],
        [100, 6_412_345],
      ],
    )
    expect(both).toEqual({ votes: { "one-time-address": 1, "round-payment": 1 }, consensus: 1 })
    const apart = votesOf(
      [[1, 9_500_000]],
      [
        [100, 3_000_000],
        [6, 6_412_345],
      ],
    )
    expect(apart).toEqual({ votes: { "one-time-address": 0, "round-payment": 1 }, consensus: null })
    expect(
      votesOf(
        [[1, 500]],
        [
          [5, 300],
          [100, 123],
        ],
      ).consensus,
    ).toBeNull()
  })

  it("is not looked for in coinbases, coinjoins, and where fewer than two outputs can be spent", () => {
    const tx = madeTransaction(
      [[1, 500]],
      [
        [1, 300],
        [6, 190],
      ],
    )
    expect(changeOf(tx, () => false).votes).toHaveLength(1)
    const none = { votes: [], consensus: null }
    expect(changeOf({ ...tx, isCoinbase: true }, () => false)).toEqual(none)
    expect(changeOf({ ...tx, inputs: [] }, () => false)).toEqual(none)
    expect(
      votesOf(
        [[1, 500]],
        [
          [1, 300],
          [6, 190, "burned"],
          [7, 0],
        ],
      ).votes,
    ).toEqual({})
    const join = Array.from({ length: 5 }, (_, n): MadePot => [n, 1_000_000])
    expect(changeOf(madeTransaction(join, join), () => false)).toEqual(none)
  })

  it("takes a caller's word that it is a coinjoin, or that it is none", () => {
    const tx = madeTransaction(
      [[1, 500]],
      [
        [1, 300],
        [6, 190],
      ],
    )
    const finding = { pattern: "joinmarket", values: [3], anonymitySet: 3, doubts: [] } as const
    expect(changeOf(tx, () => false, finding).votes).toEqual([])
    expect(changeOf(tx, () => false, null).votes).toHaveLength(1)
  })
})

describe("the inputs of a transaction of two outputs", () => {
  const check = (inputs: MadePot[], outputs: MadePot[]) => inputCheckOf(madeTransaction(inputs, outputs))

  it("are all needed in a plain payment: UIH1 holds and UIH2 does not", () => {
    expect(
      check(
        [
          [1, 100],
          [2, 60],
        ],
        [
          [5, 130],
          [6, 28],
        ],
      ),
    ).toEqual({
      changeIsSmaller: true,
      hasUnnecessaryInput: false,
      doubts: ["payjoin"],
    })
  })

  it("are more than needed where the payee adds one: UIH2 holds", () => {
    // Pays 30 out of 100; the payee adds 60. Without it, 100 would have paid either output but the one of 90.
    expect(
      check(
        [
          [1, 200],
          [2, 60],
        ],
        [
          [5, 90],
          [6, 168],
        ],
      ),
    ).toEqual({
      changeIsSmaller: false,
      hasUnnecessaryInput: true,
      doubts: ["payjoin", "coin-selection"],
    })
  })

  it("are told at the very amount: without the smallest input it pays the larger output and the fee, or lacks one unit", () => {
    const at = (larger: number) =>
      check(
        [
          [1, 100],
          [2, 60],
        ],
        [
          [5, larger],
          [6, 158 - larger],
        ],
      )
    expect(at(98)?.hasUnnecessaryInput).toBe(true)
    expect(at(99)?.hasUnnecessaryInput).toBe(false)
  })

  it("are not looked at for one owner, one input, three outputs or a coinbase", () => {
    const two: MadePot[] = [
      [5, 90],
      [6, 60],
    ]
    expect(
      check(
        [
          [1, 100],
          [1, 60],
        ],
        two,
      ),
    ).toBeNull()
    expect(check([[1, 160]], two)).toBeNull()
    expect(
      check(
        [
          [1, 100],
          [2, 60],
        ],
        [...two, [7, 1]],
      ),
    ).toBeNull()
    expect(
      inputCheckOf({
        ...madeTransaction(
          [
            [1, 100],
            [2, 60],
          ],
          two,
        ),
        isCoinbase: true,
      }),
    ).toBeNull()
  })
})
