import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { placeOf, placeOfReward } from "../../../src/readers/etherscan/ordinals.ts"
import { lastPositionOf } from "../../../src/units/position.ts"
import { makeEthereumLedger } from "../../../testing/explorers/ethereum-ledger.ts"
import type { EthereumServer, Json } from "../../../testing/explorers/ethereum-server.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { accountAfter, answerTo, faultOf, withService } from "./with-service.ts"

const root = mkdtempSync(join(tmpdir(), "ashiato-etherscan-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The first random ledger that has one of each kind, and each of them first in it. */
function example() {
  for (let seed = 1; ; seed++) {
    const ledger = makeEthereumLedger(new Dice(seed))
    const told = ledger.rows.flatMap(row => {
      const ref = ledger.refOf.get(`${row.txid}#${row.n}`)
      const moves = row.from !== row.to && row.to !== "" && row.from !== ""
      return ref !== undefined && moves ? [{ ref, row, height: row.height ?? 0 }] : []
    })
    const [value, call, log] = ["#value", "#call:", "#log:"].map(kind =>
      told.find(({ ref }) => ref.includes(kind)),
    )
    if (value !== undefined && call?.ref.includes(".") && log !== undefined)
      return { ledger, value, call, log }
  }
}

const { ledger, value, call, log } = example()
const TXID = value.row.txid
const KEY = "SECRETKEY123"

describe("what a service tells", () => {
  it("finds the value, a call and a token's transfer by their references, as rows by its word", () =>
    withService(ledger, {}, async (_, open) => {
      const source = await open()
      for (const { ref, row } of [value, call, log]) {
        const found = await answerTo(source, ref)
        if (!("step" in found)) throw new Error("expected a step")
        const { step, credit } = found
        expect(credit).toBe(0)
        expect(step).toMatchObject({ shape: "account", kind: "transfer", grade: "reported" })
        expect(step.tx).toMatchObject({ id: row.txid, height: row.height })
        expect(step.debits.map(({ pot, amount }) => [source.potName(pot), amount])).toEqual([
          [`${row.from}/${row.asset}`, row.amount],
        ])
        expect(step.credits).toMatchObject([{ asset: row.asset, amount: row.amount, address: row.to }])
      }
      expect(await answerTo(source, call.ref.replace(/[.]/g, "_"))).toEqual(await answerTo(source, call.ref))
      expect(source.assetOf(log.row.asset)).toEqual({ asset: log.row.asset, unit: "unit", decimals: 6 })
      expect(source.notices).toMatchObject([
        { code: "record-unproven", detail: { service: expect.any(String) } },
      ])
    }))

  it("knows nothing of what is not there, and counts nothing beyond the horizon", () =>
    withService(ledger, {}, async (_, open) => {
      const source = await open({ toHeight: value.height - 1 })
      expect(await answerTo(source, value.ref)).toEqual({ beyond: "ETH" })
      for (const ref of [
        `${TXID}#log:999`,
        `${TXID}#call:9`,
        `0x${"1".repeat(64)}#value`,
        TXID,
        `${TXID}#`,
      ]) {
        await expect(answerTo(source, ref), ref).rejects.toMatchObject({
          code: "ref-unknown",
          detail: { ref },
        })
      }
    }))

  it("doubts a pot whose events do not add up to its balance", () =>
    withService(ledger, {}, async (server, open) => {
      const doubts = async ({ ref }: { readonly ref: string }) =>
        (await accountAfter(await open(), ref)).doubts
      expect(await doubts(value)).toEqual([])
      expect(await doubts(log)).toEqual([])
      server.forge = (action, result) => (action.endsWith("balance") ? "7" : result)
      expect(await doubts(value)).toEqual(["record-unproven"])
      expect(await doubts(log)).toEqual(["token-does-not-add-up"])
    }))

  it("takes the least opening balance where a list is not offered", () =>
    withService(ledger, { dialect: "blockscout" }, async (_, open) => {
      const standing = await accountAfter(await open(), value.ref)
      expect(standing.opening).toBeGreaterThan(0n)
      expect(standing.doubts).toEqual(["record-unproven"])
    }))

  it("has a place for every row of a block, in order, and none beyond the block", () => {
    const ats = ["fee", "basefee", "blobfee", "value", "call:0", "call:6139", "log:0", "log:10239"]
    const places = [0, 1, 8190].flatMap(index => ats.map(at => placeOf(5, index, at)))
    const rewards = [-1, 0, 1].map(number => placeOfReward(5, number))
    const all = [...places, ...rewards].map(Number)
    expect(all).toEqual([...all].sort((a, b) => a - b))
    expect(new Set(all).size).toBe(all.length)
    expect(all.at(-1)).toBeLessThan(lastPositionOf(5))
    expect(["call:6140", "log:10240", "what"].map(at => placeOf(5, 0, at))).toEqual([null, null, null])
    expect(placeOf(5, 8191, "fee")).toBeNull()
  })
})

type Forge = EthereumServer["forge"]
const row = (action: string, more: Json): Forge => {
  return (asked, result) =>
    asked === action && Array.isArray(result) ? result.map((one: Json) => ({ ...one, ...more })) : result
}
const node = (method: string, more: Json): Forge => {
  return (asked, result) => (asked === method && result !== null ? { ...(result as Json), ...more } : result)
}

it("an account with too many rows is named, and not followed", () =>
  withService(ledger, {}, async (_, open) => {
    const account = open({ pageRows: 1, mostRows: 1 }).then(source => accountAfter(source, value.ref))
    await expect(account).rejects.toMatchObject({
      code: "account-too-busy",
      detail: { account: value.row.to, list: "txlist", rows: 1 },
    })
  }))

it("a block replaced while it is read is told as that", () =>
  withService(ledger, {}, async (server, open) => {
    const source = await open()
    server.forge = node("eth_getTransactionByHash", { blockHash: `0x${"2".repeat(64)}` })
    await expect(answerTo(source, value.ref)).rejects.toMatchObject({ code: "remote-reorganised" })
  }))

describe("nonsense is named", () => {
  it("or there is none", () =>
    withService(ledger, {}, async (_, open) => {
      expect((await accountAfter(await open(), value.ref)).steps).toBeInstanceOf(Array)
    }))

  it.each<[string, Forge, string]>([
    ["a value that is no number", row("txlist", { value: "1.5" }), "result[0].value: not a whole number"],
    ["a value in JSON's numbers", row("txlist", { value: 5 }), "result[0].value: not text"],
    ["a value beyond any", row("txlist", { value: "9".repeat(78) }), "result[0].value: out of range"],
    ["an address that is none", row("txlist", { from: "0x1" }), "result[0].from: not an address"],
    ["a hash that is none", row("txlist", { hash: "0x1" }), "result[0].hash: not a hash"],
    [
      "a row twice",
      (action, result) =>
        action === "txlist" ? [...(result as Json[]), ...(result as Json[]).slice(-1)] : result,
      "stands twice in it",
    ],
    [
      "rows out of order",
      (action, result) => (action === "txlist" ? [...(result as Json[])].reverse() : result),
      "out of order or range",
    ],
    ["a row beyond the range", row("txlist", { blockNumber: "999999" }), "999999 out of order or range"],
    [
      "a row that is none",
      (action, result) => (action === "txlist" ? [null] : result),
      "blockNumber: not a height",
    ],
    ["rows that are none", (action, result) => (action === "txlist" ? "what" : result), "OK what"],
    ["a value that is not the transaction's", row("txlist", { value: "1" }), "answers disagree"],
    [
      "a transaction of another block",
      node("eth_getTransactionByHash", { blockHash: `0x${"2".repeat(64)}` }),
      "answers disagree: block",
    ],
    [
      "a receipt of another",
      node("eth_getTransactionReceipt", { transactionHash: `0x${"2".repeat(64)}` }),
      "another transaction",
    ],
    [
      "a receipt that is none",
      node("eth_getTransactionReceipt", { gasUsed: "many" }),
      "result.gasUsed: not a quantity",
    ],
    [
      "a fee that does not follow",
      node("eth_getTransactionReceipt", { effectiveGasPrice: "0xffff" }),
      "fee does not match",
    ],
    ["a header of another height", node("eth_getBlockByNumber", { number: "0x1" }), "number: 1"],
    [
      "a balance that is none",
      (action, result) => (action === "balance" ? "" : result),
      "result: not a balance",
    ],
  ])("%s", async (_, forge, said) => {
    await withService(ledger, {}, async (server, open) => {
      const source = await open({ finalDepth: 0 })
      server.forge = forge
      const fault = await faultOf(
        (async () => {
          const { ref } = value
          const account = await accountAfter(source, ref)
          const [last] = account.steps
          // The first page may not reach the row that was forged.
          const pot = last?.debits[0]?.pot ?? -1
          for (let after = last?.position; after !== undefined; ) {
            const [page] = await source.answer([{ what: "movements", pot, after }])
            if (page?.what !== "movements") break
            after = page.steps.at(-1)?.position
          }
        })(),
      )
      expect(fault.reason).toBe("nonsense")
      expect(fault.said).toContain(said)
    })
  })

  it.each([
    ["Max rate limit reached, please use API Key for higher rate limit", "rate-limited", 3],
    [`Invalid API Key (#err2)|${KEY}`, "unauthorised", 1],
    ["Result window is too large, PageNo x Offset size must be less than or equal to 10000", "too-large", 1],
    ["Error! Missing Or invalid Action name", "not-found", 1],
    ["Something else \u0000", "nonsense", 1],
  ])("an error with status 200: %s", (result, reason, times) =>
    withService(ledger, {}, async (server, open) => {
      const source = await open({ url: `${server.url}/v2/api?apikey=${KEY}` })
      server.mischief = (path, response) => {
        if (!path.includes("action=txlist&")) return false
        response.end(JSON.stringify({ status: "0", message: "NOTOK", result }))
        return true
      }
      server.asked.length = 0
      const fault = await faultOf(accountAfter(source, value.ref))
      expect(fault.reason).toBe(reason)
      expect(`${fault} ${fault.stack} ${fault.path} ${fault.said}`).not.toContain(KEY)
      const asked = server.asked.filter(path => path.includes("action=txlist&"))
      expect(asked).toHaveLength(times)
      expect(asked[0]).toContain(`apikey=${KEY}`)
    }),
  )

  it("a token may be called like an error, and is none", () =>
    withService(ledger, {}, async (_, open) => {
      // The made-up service calls each "Max rate limit reached".
      expect((await accountAfter(await open({ retries: 0 }), log.ref)).doubts).toEqual([])
    }))
})

describe("what is kept", () => {
  const filesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map(name => join(folder, name))
      .filter(file => statSync(file).isFile())

  it("asks a second time for nothing but the tip and the balance, and keeps no key", () =>
    withService(ledger, {}, async (server, open) => {
      const cacheFolder = mkdtempSync(join(root, "cache-"))
      const url = `${server.url}?apikey=${KEY}`
      const walk = async () =>
        (await accountAfter(await open({ url, cacheFolder, finalDepth: 0 }), value.ref)).before
      const first = await walk()
      expect(server.asked.splice(0).length).toBeGreaterThan(8)
      expect(await walk()).toBe(first)
      const actions = server.asked.map(path => new URLSearchParams(path.split("?")[1]).get("action"))
      // The list of blocks produced has no range of heights, so that it is never all there will be.
      expect(actions).toEqual(["eth_blockNumber", "getminedblocks", "balance"])
      const files = filesIn(cacheFolder).map(file => readFileSync(file, "utf8"))
      expect(files.length).toBeGreaterThan(5)
      expect(files.join("\n")).not.toContain(KEY)
    }))

  it("keeps nothing of blocks that may yet be replaced", () =>
    withService(ledger, {}, async (server, open) => {
      const cacheFolder = mkdtempSync(join(root, "young-"))
      const walk = async () => accountAfter(await open({ cacheFolder, finalDepth: 1000 }), value.ref)
      await walk()
      const asked = server.asked.splice(0)
      await walk()
      expect(server.asked).toEqual(asked)
    }))
})
