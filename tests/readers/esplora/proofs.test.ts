import { hex } from "@scure/base"
import { describe, expect, it } from "vitest"
import type { Source } from "../../../src/ports/source.ts"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { rootOf } from "../../../src/readers/esplora/merkle-branch.ts"
import { lastPositionOf } from "../../../src/units/position.ts"
import type { EsploraServer, Json } from "../../../testing/explorers/esplora-server.ts"
import { EsploraServer as Server } from "../../../testing/explorers/esplora-server.ts"
import { mineChain, timeOf } from "../../../testing/explorers/mined-chain.ts"
import { CHAIN, COIN, HIDE, LATE, LOOT } from "./hand-ledger.ts"
import { answerTo, faultOf, spenderOf, withExplorer } from "./with-explorer.ts"

const C10 = CHAIN.txidOf("c10")
const TX = `/tx/${LOOT}`
const HEADER = `/block/${CHAIN.hashAt(11)}/header`

type Forgery = (explorer: EsploraServer) => void

const text = (path: string, forged: (answer: string) => string): Forgery => {
  return explorer => {
    explorer.forgeText = (asked, answer) => (asked === path ? forged(answer) : answer)
  }
}
const json = (path: string, forged: (answer: Json) => Json): Forgery => {
  return explorer => {
    explorer.forge = (asked, answer) => (asked === path ? forged(answer) : answer)
  }
}
const changed = (list: unknown, at: number, more: Json) =>
  (list as Json[]).map((one, n) => (n === at ? { ...one, ...more } : one))

describe("what is forged is found out by its hash", () => {
  it.each<[string, Forgery, string, string]>([
    [
      "an amount among the outputs",
      json(TX, answer => ({ ...answer, vout: changed(answer.vout, 1, { value: 7 }) })),
      TX,
      "answers disagree: its bytes say otherwise",
    ],
    [
      "an owner",
      json(TX, answer => ({ ...answer, vout: changed(answer.vout, 0, { scriptpubkey: "51" }) })),
      TX,
      "answers disagree: its bytes say otherwise",
    ],
    [
      "an output spent",
      json(TX, answer => ({ ...answer, vin: changed(answer.vin, 0, { vout: 1 }) })),
      TX,
      "answers disagree: its bytes say otherwise",
    ],
    [
      "an input's amount, and with it the fee",
      json(TX, answer => ({ ...answer, vin: changed(answer.vin, 0, { prevout: { value: 99 } }) })),
      TX,
      `answers disagree: output ${C10}:0 is of 100 and of 99`,
    ],
    ["a bit of its bytes", text(`${TX}/hex`, flipped), `${TX}/hex`, "bytes of another transaction"],
    ["bytes cut short", text(`${TX}/hex`, all => all.slice(0, -2)), `${TX}/hex`, "ends too early"],
    ["no bytes", text(`${TX}/hex`, () => "<html>"), `${TX}/hex`, "not hexadecimal"],
    [
      "a place in its block",
      json(`${TX}/merkle-proof`, answer => ({ ...answer, pos: 3 })),
      `${TX}/merkle-proof`,
      "does not lead to its block's merkle root",
    ],
    [
      "a branch",
      json(`${TX}/merkle-proof`, answer => ({ ...answer, merkle: [LATE] })),
      `${TX}/merkle-proof`,
      "does not lead to its block's merkle root",
    ],
    [
      "a branch that is none",
      json(`${TX}/merkle-proof`, answer => ({ ...answer, merkle: ["x"] })),
      `${TX}/merkle-proof`,
      "merkle: not hashes of a tree",
    ],
    ["a header", text(HEADER, flipped), HEADER, "header of another block"],
    ["a header cut short", text(HEADER, all => all.slice(2)), HEADER, "not a header"],
    [
      "a time",
      json(TX, answer => ({ ...answer, status: { ...(answer.status as Json), block_time: 5 } })),
      HEADER,
      `answers disagree: its time is ${timeOf(11)} and 5`,
    ],
    [
      "an address beside the script",
      json(TX, answer => ({
        ...answer,
        vout: changed(answer.vout, 0, {
          scriptpubkey_address: "bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj70qf2",
        }),
      })),
      TX,
      "said",
    ],
  ])("%s", async (_, forge, path, said) => {
    await withExplorer(async (explorer, open) => {
      forge(explorer)
      const fault = await faultOf(open().then(source => answerTo(source, `${LOOT}:0`)))
      expect(fault).toMatchObject({ reason: "nonsense", path, said: expect.stringContaining(said) })
    })
  })

  it("a block that lacks a transaction, where its fees are asked for", () =>
    withExplorer(async (explorer, open) => {
      const source = await open()
      const step = await spenderOf(source, `${LOOT}:0`)
      explorer.forge = (path, answer) =>
        path === `/block/${CHAIN.hashAt(12)}` ? { ...answer, tx_count: 1 } : answer
      explorer.mischief = (path, response) => {
        if (!path.endsWith("/txs/0")) return false
        response.end(JSON.stringify([COINBASE_12]))
        return true
      }
      const asked = source.answer([{ what: "coinbase", at: step?.coinbase ?? lastPositionOf(0) }])
      expect((await faultOf(Promise.resolve(asked))).said).toBe("not the transactions of its merkle root")
    }))

  it("a transaction that nobody asked about does not count against it", () =>
    withExplorer(async (explorer, open) => {
      text(`/tx/${HIDE}/hex`, flipped)(explorer)
      expect(await answerTo(await open(), `${LOOT}:0`)).toHaveProperty("step.grade", "chain")
    }))
})

const COINBASE_12: Json = {
  txid: CHAIN.txidOf("c12"),
  vin: [{ txid: "0".repeat(64), vout: 2 ** 32 - 1, is_coinbase: true, prevout: null }],
  vout: [{ value: 110, scriptpubkey: "51" }],
}

function flipped(digits: string): string {
  const bytes = hex.decode(digits)
  // The lock time of a transaction, the nonce of a header.
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  return hex.encode(bytes)
}

describe("what is proved and what is not", () => {
  it("costs one request for bytes, one for the block, one for each transaction spent from", () =>
    withExplorer(async (explorer, open) => {
      const count = async (verify: boolean) => {
        explorer.asked.length = 0
        const source = await open({ verify })
        const step = await spenderOf(source, `${LOOT}:0`)
        return { grade: step?.grade, asked: explorer.asked.length }
      }
      const word = await count(false)
      const proof = await count(true)
      expect(word).toEqual({ grade: "reported", asked: 9 })
      // Two transactions in two blocks, the first spending from a third: 2 + 2 + 1.
      expect(proof).toEqual({ grade: "chain", asked: 14 })
    }))

  it("a coinbase alone in its block is proved, one with fees is not", () =>
    withExplorer(async (_, open) => {
      const source = await open()
      const gradeOf = async (name: string) => {
        const found = await answerTo(source, `${CHAIN.txidOf(name)}:0`)
        return "step" in found ? found.step.grade : null
      }
      expect(await gradeOf("c10")).toBe("chain")
      expect(await gradeOf("c12")).toBe("reported")
    }))

  it("a place beyond the tree, or a hash paired with itself, is no place", () => {
    expect(rootOf(LOOT, { index: 0, hashes: [] })).not.toBeNull()
    expect(rootOf(LOOT, { index: 1, hashes: [] })).toBeNull()
    expect(rootOf(LOOT, { index: 2, hashes: [HIDE] })).toBeNull()
    expect(rootOf(LOOT, { index: 0, hashes: [LOOT] })).not.toBeNull()
    expect(rootOf(LOOT, { index: 1, hashes: [LOOT] })).toBeNull()
  })
})

describe("which chain it is, and what is said with every answer", () => {
  it("refuses an explorer of another network", () =>
    withExplorer(async (_, open) => {
      await expect(open({ network: "mainnet" })).rejects.toMatchObject({
        code: "remote-other-network",
        detail: { expected: "mainnet", found: "regtest" },
      })
    }))

  it("a block replaced while it is read is told as that; one that lies deep is nonsense", async () => {
    const status = { confirmed: true, block_height: 12, block_hash: LATE, block_time: timeOf(12) }
    const walk = (tip: number | null) =>
      withExplorer(async (explorer, open) => {
        const source = await open({ toHeight: 12, verify: false })
        json(`/tx/${HIDE}`, answer => ({ ...answer, status }))(explorer)
        await spenderOf(source, `${LOOT}:0`)
      }, tip)
    await expect(walk(null)).rejects.toMatchObject({ code: "remote-reorganised", detail: { height: 12 } })
    await expect(walk(200)).rejects.toMatchObject({ code: "remote-nonsense" })
  })

  const codes = (source: Source) => source.notices.map(({ code }) => code)

  it("tells of clocks that run backwards among the blocks it met", async () => {
    const rows = [10, 11].map(height => {
      return { txid: `c${height}`, vout: 0, height, index: 0, time: "", address: "miner", value: 5n }
    })
    const chain = mineChain({ shape: "utxo", outputs: rows, inputs: [] }, height => 2_000_000_000 - height)
    const explorer = new Server(chain.blocks)
    const url = await explorer.open()
    try {
      const usual = { url, network: "regtest", toHeight: null, asset: COIN, cacheFolder: null } as const
      const source = await openEsploraSource({ ...usual, requestsPerSecond: 1e6 })
      expect(codes(source)).toEqual(["record-unproven"])
      await answerTo(source, `${chain.txidOf("c10")}:0`)
      expect(source.notices).toEqual([
        { code: "record-unproven", asset: null, detail: { service: explorer.url } },
        { code: "clock-backwards", asset: null, detail: { at: "11", count: "1" } },
      ])
    } finally {
      await explorer.close()
    }
  })

  it("names Litecoin's extension block as one owner, and says that it hides", async () => {
    const explorer = new Server(CHAIN.blocks, { network: "litecoinRegtest" })
    const url = await explorer.open()
    try {
      const usual = {
        url,
        network: "litecoinRegtest",
        toHeight: null,
        asset: COIN,
        cacheFolder: null,
      } as const
      const source = await openEsploraSource({ ...usual, requestsPerSecond: 1e6, verify: false })
      const pegIn = `5920${"ab".repeat(32)}`
      json(TX, answer => ({
        ...answer,
        vout: changed(answer.vout, 0, { scriptpubkey: pegIn, scriptpubkey_address: "ltcmweb1qq" }),
      }))(explorer)
      const found = await answerTo(source, `${LOOT}:0`)
      expect(found).toHaveProperty("step.credits.0.address", "mweb:pool")
      expect(codes(source)).toEqual(["record-unproven", "extension-block"])
    } finally {
      await explorer.close()
    }
  })

  it("looks at scripts, not at what they are called", () =>
    withExplorer(async (explorer, open) => {
      const key = `21${"02".repeat(33)}ac`
      const scripts = [key, `6a${"00".repeat(4)}`]
      explorer.forge = (path, answer) => {
        if (path !== TX) return answer
        const vout = (answer.vout as Json[]).map((one, n) => {
          return {
            ...one,
            scriptpubkey: scripts[n],
            scriptpubkey_type: "p2pkh",
            scriptpubkey_address: "02".repeat(33),
          }
        })
        return { ...answer, vout }
      }
      const found = await answerTo(await open({ verify: false }), `${LOOT}:0`)
      if (!("step" in found)) throw new Error("expected a step")
      expect(found.step.credits.map(({ address }) => address)).toEqual([`p2pk:${"02".repeat(33)}`, null])
      expect(found.step.credits[1]?.to).toBe("burned")
    }))

  it("speaks with mempool.space as with Blockstream", () =>
    withExplorer(
      async (_, open) => {
        const step = await spenderOf(await open(), `${LOOT}:0`)
        expect(step?.credits[0]?.address).toMatch(/^script:/)
      },
      null,
      "mempool",
    ))
})
