import { describe, expect, it } from "vitest"
import { concerned, mosaicsOf } from "../../../src/chains/nem/concern.ts"
import { Definitions } from "../../../src/chains/nem/definitions.ts"
import { transactionHash } from "../../../src/chains/nem/hash.ts"
import { readMosaicDefinition } from "../../../src/chains/nem/read-mosaic.ts"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import { RemoteLinks } from "../../../src/chains/nem/remote-links.ts"
import { rowsOf, type Setting } from "../../../src/chains/nem/rows.ts"
import { faultOf } from "./faults.ts"
import {
  cosignature,
  creation,
  definition,
  importanceTransfer,
  levy,
  mosaicTransfer,
  multisig,
  namespace,
  OTHER_ADDRESS,
  SIGNER_ADDRESS,
  supply,
  THIRD_ADDRESS,
  transfer,
} from "./made.ts"

const setting: Setting = {
  height: 1_475_039,
  time: "2018-01-25T15:02:40Z",
  producer: { address: "HARVESTER", grade: "reported" },
  definitions: "reported",
}
const rows = (json: unknown, known: unknown = null) => {
  const transaction = readTransaction(json)
  const found = known === null ? null : readMosaicDefinition(known, "definition")
  return rowsOf(transaction, transactionHash(transaction), setting, () => found)
}

describe("a transaction as rows", () => {
  it("the fee first, to the harvester by the grade that he is known with; the rest from the chain", () => {
    const made = readTransaction(transfer())
    const { rows: told, unknown } = rows(transfer())
    const tx = { id: transactionHash(made), height: 1_475_039, time: "2018-01-25T15:02:40Z" }
    const common = { tx, asset: "XEM", exchange: null, source: null, originUnknown: false }
    expect(told).toEqual([
      {
        ...common,
        ref: `${tx.id}#0`,
        from: SIGNER_ADDRESS,
        to: "HARVESTER",
        amount: 150_000n,
        kind: "fee",
        grade: "reported",
      },
      {
        ...common,
        ref: `${tx.id}#1`,
        from: SIGNER_ADDRESS,
        to: OTHER_ADDRESS,
        amount: 1_000_000n,
        kind: "transfer",
        grade: "chain",
      },
    ])
    expect(unknown).toEqual([])
  })

  it("a multisig under its outer hash, the inner one beside it, all paid by the account that acts", () => {
    const inner = readTransaction(transfer())
    const json = multisig(transfer(), [cosignature(transactionHash(inner))])
    const outer = readTransaction(json)
    const { rows: told } = rows(json)
    expect(told.map(({ kind, from }) => [kind, from])).toEqual([
      ["fee", SIGNER_ADDRESS],
      ["fee", SIGNER_ADDRESS],
      ["fee", SIGNER_ADDRESS],
      ["transfer", SIGNER_ADDRESS],
    ])
    for (const { tx, source } of told) {
      expect(tx.id).toBe(transactionHash(outer))
      expect(source).toBe(`inner ${transactionHash(inner)}`)
    }
  })

  it("a levy and a supply change rest on the definition; new supply is of unknown origin", () => {
    const sent = rows(mosaicTransfer(1_000_000, [["shop:coin", 500]]), definition({ levy: levy(1, 7) }))
    expect(sent.rows.map(({ asset, to, amount, grade }) => [asset, to, amount, grade])).toEqual([
      ["XEM", "HARVESTER", 150_000n, "reported"],
      ["shop:coin", OTHER_ADDRESS, 500n, "chain"],
      ["shop:coin", THIRD_ADDRESS, 7n, "reported"],
    ])
    const [, made] = rows(supply(1, 5), definition()).rows
    expect(made).toMatchObject({
      from: null,
      kind: "issue",
      amount: 5_000n,
      grade: "reported",
      originUnknown: true,
    })
    const [, gone] = rows(supply(2, 5), definition()).rows
    expect(gone).toMatchObject({ to: null, kind: "burn", amount: 5_000n, grade: "reported" })
    expect(rows(creation()).rows[1]).toMatchObject({ kind: "issue", grade: "chain", originUnknown: true })
  })

  it("what the definition would have told is said to be unknown", () => {
    expect(rows(mosaicTransfer(1_000_000, [["shop:coin", 500]])).unknown).toEqual([
      { unknown: "levy", asset: "shop:coin" },
    ])
  })

  it.each(["shop/x:coin", "shop:co/in", "a/b.c:d"])("no asset can have a slash in its name: %s", id => {
    expect(faultOf(() => readTransaction(mosaicTransfer(1, [[id, 1]])))).toMatch(/bad name/)
  })
})

describe("whom and what a transaction concerns", () => {
  it("its signers, who acts, who is named", () => {
    const inner = readTransaction(transfer())
    const json = multisig(transfer(), [cosignature(transactionHash(inner))])
    expect([...concerned(readTransaction(json))]).toContain(SIGNER_ADDRESS)
    expect(concerned(readTransaction(json)).size).toBe(3)
    expect([...concerned(readTransaction(namespace()))]).toEqual([SIGNER_ADDRESS, THIRD_ADDRESS])
    expect([...concerned(readTransaction(importanceTransfer()))]).toEqual([SIGNER_ADDRESS, OTHER_ADDRESS])
  })

  it("the mosaics whose definitions matter; XEM has none", () => {
    const both = mosaicTransfer(1, [
      ["nem:xem", 1],
      ["shop:coin", 1],
    ])
    const coin = { namespace: "shop", name: "coin" }
    expect(mosaicsOf(readTransaction(both))).toEqual([coin])
    expect(mosaicsOf(readTransaction(supply(1, 1)))).toEqual([coin])
    expect(mosaicsOf(readTransaction(creation()))).toEqual([coin])
    expect(mosaicsOf(readTransaction(transfer()))).toEqual([])
  })
})

describe("what earlier blocks tell", () => {
  const activate = readTransaction(importanceTransfer())
  const deactivate = readTransaction({ ...importanceTransfer(), mode: 2 })

  it("a link to a remote key is in force 360 blocks later, and so is its end", () => {
    const links = new RemoteLinks()
    const receivers = (...heights: number[]) => heights.map(height => links.receiverAt(OTHER_ADDRESS, height))
    expect(receivers(5_000)).toEqual([OTHER_ADDRESS])
    links.see(activate, 1_000)
    expect(receivers(999, 1_000, 1_359, 1_360, 9_999)).toEqual([
      OTHER_ADDRESS,
      OTHER_ADDRESS,
      OTHER_ADDRESS,
      SIGNER_ADDRESS,
      SIGNER_ADDRESS,
    ])
    links.see(deactivate, 3_000)
    expect(receivers(2_999, 3_000, 3_359, 3_360)).toEqual([
      SIGNER_ADDRESS,
      SIGNER_ADDRESS,
      SIGNER_ADDRESS,
      OTHER_ADDRESS,
    ])
    expect(links.receiverAt(SIGNER_ADDRESS, 2_000)).toBe(SIGNER_ADDRESS)
  })

  it("a link made through a multisig is of the account that acts", () => {
    const links = new RemoteLinks()
    links.see(readTransaction(multisig(importanceTransfer())), 10)
    expect(links.isKnown(OTHER_ADDRESS)).toBe(true)
    expect(links.receiverAt(OTHER_ADDRESS, 370)).toBe(SIGNER_ADDRESS)
  })

  it("a mosaic is as it was defined last, and null before", () => {
    const definitions = new Definitions()
    const id = { namespace: "shop", name: "coin" }
    expect(definitions.of(id)).toBeNull()
    definitions.see(readTransaction(creation()))
    definitions.see(readTransaction(multisig(creation({ levy: levy(1, 9) }))))
    definitions.see(readTransaction(transfer()))
    expect(definitions.of(id)?.levy?.fee).toBe(9n)
  })
})
