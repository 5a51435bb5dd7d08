import { describe, expect, it } from "vitest"
import { assetOf, type MosaicDefinition } from "../../../src/chains/nem/mosaic.ts"
import { readMosaicDefinition } from "../../../src/chains/nem/read-mosaic.ts"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import { type Movements, movementsOf } from "../../../src/chains/nem/steps.ts"
import { faultOf } from "./faults.ts"
import {
  creation,
  definition,
  importanceTransfer,
  levy,
  modification,
  mosaicTransfer,
  multisig,
  namespace,
  OTHER_ADDRESS,
  SIGNER_ADDRESS,
  supply,
  THIRD_ADDRESS,
  transfer,
} from "./made.ts"

const NAMES = new Map<string | null, string>([
  [SIGNER_ADDRESS, "signer"],
  [OTHER_ADDRESS, "other"],
  [THIRD_ADDRESS, "third"],
])

const known = (...definitions: readonly object[]): MosaicDefinition[] =>
  definitions.map(each => readMosaicDefinition(each, "definition"))

/** "from > to 5 ASSET note", one line a movement; what cannot be told comes last, with a question mark. */
function told(transaction: object, definitions: readonly MosaicDefinition[] | null = []): string[] {
  const { movements, unknown }: Movements = movementsOf(readTransaction(transaction), mosaic =>
    definitions === null
      ? undefined
      : (definitions.find(each => assetOf(each.mosaic) === assetOf(mosaic)) ?? null),
  )
  const name = (account: string | null) => NAMES.get(account) ?? account ?? "-"
  return [
    ...movements.map(
      ({ from, to, asset, amount, kind, note }) =>
        `${kind} ${name(from)} > ${name(to)} ${amount} ${asset} ${note}`,
    ),
    ...unknown.map(({ unknown, asset }) => `${unknown} of ${asset}?`),
  ]
}

const FEE = "fee signer > producer 150000 XEM fee"

describe("transfers", () => {
  it("version 1: the amount, after the fee", () => {
    expect(told(transfer())).toEqual([FEE, "transfer signer > other 1000000 XEM amount"])
  })

  it("of nothing: told all the same; a fee of nothing is not", () => {
    expect(told(transfer({ amount: 0, fee: 0 }))).toEqual(["transfer signer > other 0 XEM amount"])
  })

  it("version 2 without mosaics is like version 1", () => {
    expect(told(mosaicTransfer(5, []))).toEqual([FEE, "transfer signer > other 5 XEM amount"])
  })

  it("with mosaics the amount multiplies, rounded down; XEM goes first, the others by name", () => {
    const mosaics: [string, number][] = [
      ["shop:coin", 3],
      ["art:work", 7],
      ["nem:xem", 5],
    ]
    expect(
      told(
        mosaicTransfer(1_500_000, mosaics),
        known(definition({ id: { namespaceId: "art", name: "work" } }), definition()),
      ),
    ).toEqual([
      FEE,
      "transfer signer > other 7 XEM mosaic",
      "transfer signer > other 10 art:work mosaic",
      "transfer signer > other 4 shop:coin mosaic",
    ])
  })

  it("with mosaics, none of them nem:xem, an amount of 1000000 moves no XEM", () => {
    expect(told(mosaicTransfer(1_000_000, [["shop:coin", 3]]), known(definition()))).toEqual([
      FEE,
      "transfer signer > other 3 shop:coin mosaic",
    ])
  })

  it("an amount beyond Java's long is refused", () => {
    const huge = mosaicTransfer(9_000_000_000_000_000, [["shop:coin", 9_000_000_000_000_000]])
    expect(faultOf(() => told(huge, known(definition())))).toBe("mosaics.shop:coin: out of range")
  })
})

describe("levies", () => {
  const send = (quantity: number) => mosaicTransfer(1_000_000, [["shop:coin", quantity]])
  const sent = (quantity: number) => [FEE, `transfer signer > other ${quantity} shop:coin mosaic`]

  it("absolute: so much a transfer, whatever is sent, from the sender to whom the definition names", () => {
    expect(told(send(8), known(definition({ levy: levy(1, 5) })))).toEqual([
      ...sent(8),
      "transfer signer > third 5 shop:coin levy",
    ])
  })

  it("percentile: ten-thousandths of what is sent, rounded down", () => {
    expect(told(send(19_999), known(definition({ levy: levy(2, 15) })))).toEqual([
      ...sent(19_999),
      "transfer signer > third 29 shop:coin levy",
    ])
  })

  it("rounded down to nothing it is not taken", () => {
    expect(told(send(99), known(definition({ levy: levy(2, 100) })))).toEqual(sent(99))
  })

  it("in another mosaic, or in XEM", () => {
    expect(told(send(8), known(definition({ levy: levy(1, 5, "nem:xem") })))).toEqual([
      ...sent(8),
      "transfer signer > third 5 XEM levy",
    ])
  })

  it("a mosaic whose definition is not known may have one", () => {
    expect(told(send(8), null)).toEqual([...sent(8), "levy of shop:coin?"])
  })
})

describe("fees that go to a sink, and supply", () => {
  it("a namespace's rental", () => {
    expect(told(namespace())).toEqual([FEE, "transfer signer > third 100000000 XEM namespace-rental"])
  })

  it("a new mosaic: its supply in smallest parts, then the creation fee", () => {
    expect(told(creation())).toEqual([
      FEE,
      "issue - > signer 1000000 shop:coin initial-supply",
      "transfer signer > third 10000000 XEM mosaic-creation",
    ])
    expect(told(creation({ properties: [] }))[1]).toBe("issue - > signer 1000 shop:coin initial-supply")
  })

  it("properties that make no sense are refused when what they mean is asked for", () => {
    const fault = (name: string, value: string) =>
      faultOf(() => told(creation({ properties: [{ name, value }] })))
    expect(fault("divisibility", "7")).toBe("divisibility: bad property")
    expect(fault("divisibility", "0x1")).toBe("divisibility: bad property")
    expect(fault("initialSupply", "9000000000000001")).toBe("initialSupply: out of range")
  })

  it("a definition that replaces another one, or may, says so", () => {
    const fee = "transfer signer > third 10000000 XEM mosaic-creation"
    expect(told(creation(), known(definition()))).toEqual([FEE, fee, "redefinition of shop:coin?"])
    expect(told(creation(), null)).toEqual([
      FEE,
      "issue - > signer 1000000 shop:coin initial-supply",
      fee,
      "redefinition of shop:coin?",
    ])
  })

  it("supply created and deleted, if the divisibility is known", () => {
    expect(told(supply(1, 5), known(definition()))).toEqual([
      FEE,
      "issue - > signer 5000 shop:coin supply-created",
    ])
    expect(told(supply(2, 5), known(definition()))).toEqual([
      FEE,
      "burn signer > - 5000 shop:coin supply-deleted",
    ])
    expect(told(supply(2, 5), null)).toEqual([FEE, "divisibility of shop:coin?"])
  })

  it("modifications and importance transfers cost their fee alone", () => {
    expect(told(modification())).toEqual([FEE])
    expect(told(importanceTransfer())).toEqual([FEE])
  })
})

describe("multisig", () => {
  it("the signer of the inner transaction pays, not the cosigner who began it", () => {
    const inner = ["fee signer > producer 150000 XEM inner-fee", FEE]
    expect(told(multisig(transfer()))).toEqual([...inner, "transfer signer > other 1000000 XEM amount"])
    expect(told(multisig(namespace()))).toEqual([
      ...inner,
      "transfer signer > third 100000000 XEM namespace-rental",
    ])
  })
})
