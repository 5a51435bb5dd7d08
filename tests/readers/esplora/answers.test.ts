import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { lastPositionOf, positionOf } from "../../../src/units/position.ts"
import { EsploraServer, type Json } from "../../../testing/explorers/esplora-server.ts"
import { mineChain, timeOf } from "../../../testing/explorers/mined-chain.ts"
import type { OutputRow } from "../../../testing/oracle/rows.ts"
import { hashOf } from "./as-bitcoin.ts"
import { CHAIN, COIN, HIDE, LATE, LOOT } from "./hand-ledger.ts"
import { answerTo, faultOf, spenderOf, withExplorer } from "./with-explorer.ts"

describe("what an explorer tells", () => {
  it("pins its horizon to a block by hash and time", () =>
    withExplorer(async (_, open) => {
      const time = new Date(timeOf(12) * 1000).toISOString().replace(".000Z", "Z")
      expect((await open({ toHeight: 12 })).horizon).toEqual({ height: 12, hash: CHAIN.hashAt(12), time })
      expect((await open({ toHeight: 99 })).horizon.height).toBe(13)
    }))

  it("makes a step of a transaction: grade, place, owners, what is burned", () =>
    withExplorer(async (_, open) => {
      const source = await open()
      const step = await spenderOf(source, `${LOOT}:0`)
      expect(step).toMatchObject({ shape: "utxo", kind: "transfer", grade: "chain", tx: { id: HIDE } })
      expect(step?.position).toBe(positionOf(12, 1))
      expect(step?.coinbase).toBe(lastPositionOf(12))
      expect(step?.credits.map(({ amount, address }) => [amount, address])).toEqual([
        [50n, OWN_FORM],
        [30n, null],
      ])
      expect(step?.credits.map(({ to }) => to)).toEqual([expect.any(Number), "burned"])
      expect(source.potName(step?.debits[0]?.pot ?? -1)).toBe(`${LOOT}:0`)
    }))

  it("knows nothing beyond the horizon, unconfirmed, or never made", () =>
    withExplorer(async (explorer, open) => {
      expect(await answerTo(await open({ toHeight: 12 }), `${LATE}:0`)).toEqual({ beyond: "coin" })
      expect(await spenderOf(await open({ toHeight: 12 }), `${HIDE}:0`)).toBeNull()
      expect((await spenderOf(await open(), `${HIDE}:0`))?.tx.id).toBe(LATE)
      expect(await spenderOf(await open(), `${LATE}:0`)).toBeNull()
      for (const ref of [`${LATE}:1`, `${hashOf("never")}:0`, `${LATE}:01`, "late:0", `${LATE}`]) {
        await expect(
          open().then(source => answerTo(source, ref)),
          ref,
        ).rejects.toMatchObject({
          code: "ref-unknown",
          detail: { ref },
        })
      }
      explorer.forge = (path, answer) =>
        path === `/tx/${LATE}` ? { ...answer, status: { confirmed: false } } : answer
      expect(await answerTo(await open(), `${LATE}:0`)).toEqual({ beyond: "coin" })
    }))

  it("collects a block's fees in order, over pages, after a subsidy known or not", async () => {
    const rows: OutputRow[] = Array.from({ length: 30 }, (_, n) => {
      return {
        txid: hashOf(`p${n}`),
        vout: 0,
        height: 20,
        index: n + 1,
        time: "",
        address: "a",
        value: BigInt(n),
      }
    })
    const source = (txid: string, vout: number, height: number, value: bigint): OutputRow => {
      return { txid: hashOf(txid), vout, height, index: 0, time: "", address: "a", value }
    }
    const outputs = [
      ...rows.map((_, n) => source("from", n, 19, 30n)),
      source("reward", 0, 20, 500n),
      ...rows,
    ]
    const inputs = rows.map(({ txid }, n) => ({ txid, n: 0, spent_txid: hashOf("from"), spent_vout: n }))
    const chain = mineChain({ shape: "utxo", outputs, inputs })
    const explorer = new EsploraServer(chain.blocks)
    const url = await explorer.open()
    const fees = rows.map(({ value }, n) => ({ position: positionOf(20, n + 1), amount: 30n - value }))
    const open = (subsidy: bigint | null) => {
      const subsidyAt = subsidy === null ? null : () => subsidy
      const usual = {
        url,
        network: "regtest" as const,
        toHeight: null,
        asset: COIN,
        cacheFolder: null,
        requestsPerSecond: 1e6,
      }
      return openEsploraSource({ ...usual, subsidyAt })
    }
    try {
      for (const [known, subsidy] of [
        [null, 35n],
        [40n, 40n],
      ] as const) {
        const found = await answerTo(await open(known), `${chain.txidOf(hashOf("reward"))}:0`)
        expect(found).toMatchObject({
          step: { shape: "coinbase", position: lastPositionOf(20), subsidy, fees },
        })
      }
      const fault = await faultOf(
        open(34n).then(opened => answerTo(opened, `${chain.txidOf(hashOf("reward"))}:0`)),
      )
      expect(fault.said).toBe("the coinbase claims more than there is")
    } finally {
      await explorer.close()
    }
  })
})

/** The hash of a script that is OP_1 alone. */
const OWN_FORM = `script:${createHash("sha256").update(Uint8Array.of(0x51)).digest("hex")}`

const TX = `/tx/${LOOT}`
const PROOF = `${TX}/merkle-proof`
const SPENT = `${TX}/outspend/0`

/** Walks from the theft to its spender and on to its block's coinbase, taking the explorer at its word. */
const walk = (forge: (path: string, answer: Json) => Json) =>
  withExplorer(async (explorer, open) => {
    explorer.forge = forge
    return faultOf(
      (async () => {
        const source = await open({ toHeight: 12, verify: false })
        const step = await spenderOf(source, `${LOOT}:0`)
        await source.answer([{ what: "coinbase", at: step?.coinbase ?? lastPositionOf(0) }])
      })(),
    )
  })

const at = (asked: string, change: (answer: Json) => Json) => (path: string, answer: Json) =>
  path === asked ? change(answer) : answer
const put = (asked: string, name: string, value: unknown) =>
  at(asked, answer => ({ ...answer, [name]: value }))
const vout = (more: Json) => [{ scriptpubkey: "51", scriptpubkey_address: "a", value: 1, ...more }]
const vin = (more: Json) => [{ txid: LATE, vout: 0, is_coinbase: false, prevout: { value: 1 }, ...more }]

describe("nonsense is named by its place", () => {
  it("or there is none: the walk is well when nothing is forged", async () => {
    await expect(walk((_, answer) => answer)).rejects.toThrow("expected a fault, there was none")
  })

  it.each<[string, (path: string, answer: Json) => Json, string, string]>([
    ["a txid of another", put(TX, "txid", HIDE), TX, "txid: another transaction"],
    ["a number for a txid", put(TX, "txid", 5), TX, "txid: not text"],
    ["no outputs", put(TX, "vout", []), TX, "vout: no outputs"],
    ["no inputs", put(TX, "vin", []), TX, "vin: no inputs"],
    ["outputs that are no list", put(TX, "vout", { length: 1 }), TX, "vout: not a list"],
    ["an output that is none", put(TX, "vout", [null]), TX, "vout[0]: not an object"],
    ["half an amount", put(TX, "vout", vout({ value: 0.5 })), TX, "vout[0].value: not an exact integer"],
    ["an amount in text", put(TX, "vout", vout({ value: "1" })), TX, "vout[0].value: not an exact integer"],
    ["less than nothing", put(TX, "vout", vout({ value: -1 })), TX, "vout[0].value: out of range"],
    [
      "too large to be exact",
      put(TX, "vout", vout({ value: 2 ** 53 })),
      TX,
      "vout[0].value: not an exact integer",
    ],
    [
      "an address with a line break",
      put(TX, "vout", vout({ scriptpubkey_address: "a\nb" })),
      TX,
      "vout[0].scriptpubkey_address: not an address",
    ],
    ["no previous output", put(TX, "vin", vin({ prevout: null })), TX, "vin[0].prevout: not an object"],
    ["one output spent twice", put(TX, "vin", [...vin({}), ...vin({})]), TX, "vin: an output spent twice"],
    ["outputs above inputs", put(TX, "vout", vout({ value: 101 })), TX, "vout: more than the inputs bring"],
    ["no word on its block", put(TX, "status", undefined), TX, "status: not an object"],
    ["the coinbase's place", put(PROOF, "pos", 0), PROOF, "pos: the place of the coinbase"],
    ["a place in another block", put(PROOF, "block_height", 12), PROOF, "block_height: another block"],
    ["spent, maybe", put(SPENT, "spent", "yes"), SPENT, "spent: not true or false"],
    [
      "a spender that does not spend",
      put(SPENT, "vin", 1),
      SPENT,
      `answers disagree: ${HIDE} does not spend it there`,
    ],
    [
      "an unrelated spender",
      at(SPENT, answer => ({ ...answer, txid: LOOT })),
      SPENT,
      `answers disagree: ${LOOT} does not spend it there`,
    ],
    [
      "the spender's amount is not the maker's",
      put(`/tx/${HIDE}`, "vin", vin({ txid: LOOT, prevout: { value: 91 } })),
      TX,
      "answers disagree: output 0 is of 90 and of 91",
    ],
    [
      "spent before it is made",
      (path, answer) => {
        if (path === `/tx/${HIDE}/merkle-proof`) return { ...answer, block_height: 10, pos: 1 }
        const status = {
          confirmed: true,
          block_height: 10,
          block_hash: CHAIN.hashAt(10),
          block_time: timeOf(10),
        }
        return path === `/tx/${HIDE}` || path === SPENT ? { ...answer, status } : answer
      },
      `/tx/${HIDE}`,
      `answers disagree: spends ${LOOT}:0 before it is made`,
    ],
    [
      "a block that holds another at its place",
      put(`/tx/${HIDE}/merkle-proof`, "pos", 2),
      `/tx/${HIDE}`,
      "answers disagree: it stands at two places",
    ],
    [
      "a page too short",
      put(`/block/${CHAIN.hashAt(12)}`, "tx_count", 3),
      `/block/${CHAIN.hashAt(12)}/txs/0`,
      "2 transactions where 3 are due",
    ],
  ])("%s", async (_, forge, path, said) => {
    expect(await walk(forge)).toMatchObject({ reason: "nonsense", path, said })
  })
})
