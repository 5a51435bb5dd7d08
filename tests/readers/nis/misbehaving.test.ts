import { mkdtempSync, rmSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { positionOf } from "../../../src/units/position.ts"
import { HandChain } from "../../../testing/nis/hand-chain.ts"
import type { Json } from "../../../testing/nis/json.ts"
import { numberedKey } from "../../../testing/nis/keys.ts"
import { NemChain } from "../../../testing/nis/nem-chain.ts"
import type { NisNode } from "../../../testing/nis/nis-node.ts"
import { signed, signedBlock } from "../../../testing/nis/signing.ts"
import { answerTo, standingOf } from "./asking.ts"
import { problemOf, rowsFrom, withNode } from "./with-node.ts"

/** Ann pays Bob sixty times in three blocks: three pages of 25. */
const hand = new HandChain()
const { ann, bob, cyd } = hand
const paid: string[] = []
for (let at = 0; at < 60; at++) {
  paid.push(hand.pay(ann, bob, 100n + BigInt(at)))
  if (at % 20 === 19) hand.seal()
}
const { ledger } = hand
const LIST = "/account/transfers/all"

const entriesOf = (answer: Json): Json[] => answer.data as Json[]
const inEntry = (entry: Json, name: "meta" | "transaction", change: Json): Json => ({
  ...entry,
  [name]: { ...(entry[name] as Json), ...change },
})

/** What goes wrong when Bob's account is asked for, of which the node's list is forged. */
function listProblem(forge: (page: Json[], asked: string) => Json[]) {
  return withNode(ledger, async ({ node, source }) => {
    node.forge = (asked, answer) =>
      asked.startsWith(LIST) ? { data: forge(entriesOf(answer), asked) } : answer
    const nis = await source()
    return problemOf(answerTo(nis, `${paid[59]}#1`).then(found => standingOf(nis, found)))
  })
}

describe("an account's list", () => {
  it("is read to its end, page by page, and adds up to the balance", () =>
    withNode(ledger, async ({ node, source }) => {
      const nis = await source()
      const standing = await standingOf(nis, await answerTo(nis, `${paid[59]}#1`))
      const sum = Array.from({ length: 59 }, (_, at) => 100n + BigInt(at)).reduce(
        (all, each) => all + each,
        0n,
      )
      expect(standing).toMatchObject({ before: 1_000_000n + sum, opening: 0n, doubts: [], more: false })
      const pages = node.asked.filter(asked => asked.startsWith(`${LIST}?address=${bob.address}`))
      // 61 transactions in three pages, and the empty one that ends the list.
      expect(pages).toHaveLength(4)
      expect(new Set(pages).size).toBe(4)
    }))

  it.each([
    ["repeats its first page for ever", (page: Json[]) => page, "out of order, or told twice"],
    [
      "tells one transaction twice",
      (page: Json[]) => [...page.slice(0, 3), ...page.slice(2, 20)],
      "out of order, or told twice",
    ],
    [
      "tells one twice under another number",
      (page: Json[]) => [...page.slice(0, 2), inEntry(page[0] as Json, "meta", { id: 1_001 })],
      "told twice",
    ],
    ["tells the oldest first", (page: Json[]) => page.toReversed(), "out of order, or told twice"],
    [
      "lets heights rise going back",
      (page: Json[]) => page.map((entry, at) => (at === 3 ? inEntry(entry, "meta", { height: 99 }) : entry)),
      "heights rise going back",
    ],
    ["tells more than a page", (page: Json[]) => [...page, ...page], "data: more than 25"],
    ["is no list", () => null as unknown as Json[], "data: not a list"],
    [
      "tells another transaction than its hash",
      (page: Json[]) => page.map(entry => inEntry(entry, "transaction", { amount: 1 })),
      "data[0].meta.hash: hash does not match",
    ],
    [
      "tells fields of its own",
      (page: Json[]) => page.map(entry => inEntry(entry, "transaction", { burn: 1 })),
      "data[0].transaction.burn: unknown field",
    ],
  ])("that %s is nonsense", async (name, forge, said) => {
    let first: Json[] | null = null
    const problem = await listProblem(page => {
      first ??= page
      return forge(name.startsWith("repeats") ? first : page)
    })
    expect(problem.code).toBe("remote-nonsense")
    expect(problem.detail).toMatchObject({ said: expect.stringContaining(said) })
  })

  it("with transactions of other accounts is nonsense", async () => {
    const problem = await withNode(ledger, async ({ node, source }) => {
      const nis = await source()
      const found = await answerTo(nis, `${paid[59]}#1`)
      const other = signed(
        { kind: "transfer", version: 1, recipient: cyd.address, amount: 1n, message: null, mosaics: [] },
        numberedKey(77),
        { timeStamp: 1, fee: 0n },
      )
      const elsewhere = new HandChain()
      elsewhere.chain.put(other, [], cyd)
      elsewhere.seal()
      return withNode(elsewhere.ledger, async another => {
        const foreign = await fetch(`${another.node.url}${LIST}?address=${cyd.address}`)
        const data = ((await foreign.json()) as Json).data
        node.forge = (asked, answer) => (asked.startsWith(LIST) ? { data } : answer)
        return problemOf(standingOf(nis, found))
      })
    })
    expect(problem).toMatchObject({ code: "remote-nonsense", detail: { said: /: of other accounts$/ } })
  })

  it("with a forged signature is refused", async () => {
    const problem = await listProblem(page =>
      page.map(entry => inEntry(entry, "transaction", { signature: "01".repeat(64) })),
    )
    expect(problem.code).toBe("chain-data-malformed")
    expect(problem.detail).toMatchObject({ reason: "the signature of the transaction does not hold" })
  })

  it("that names a block in which the transaction is not is nonsense", async () => {
    const problem = await listProblem(page => page.map(entry => inEntry(entry, "meta", { height: 2 })))
    expect(problem).toMatchObject({ code: "remote-nonsense", detail: { said: /is not in block 2$/ } })
  })

  it("that leaves one out whose block shows it: taken from the block, in doubt", async () => {
    await withNode(ledger, async ({ node, source }) => {
      node.forge = (asked, answer) => {
        const isBobs = asked.startsWith(`${LIST}?address=${bob.address}`)
        return isBobs ? { data: entriesOf(answer).filter((_, at) => at !== 4) } : answer
      }
      const nis = await source()
      const standing = await standingOf(nis, await answerTo(nis, `${paid[59]}#1`))
      const sum = Array.from({ length: 59 }, (_, at) => 100n + BigInt(at)).reduce(
        (all, each) => all + each,
        0n,
      )
      expect(standing).toMatchObject({ before: 1_000_000n + sum, doubts: ["record-unproven"] })
    })
  })

  it("that does not add up to the balance: in doubt", async () => {
    await withNode(ledger, async ({ node, source }) => {
      node.forge = (asked, answer) =>
        asked.startsWith("/account/get?") ? { account: { address: bob.address, balance: 7 } } : answer
      const nis = await source()
      const standing = await standingOf(nis, await answerTo(nis, `${paid[59]}#1`))
      expect(standing.doubts).toEqual(["record-unproven"])
    })
  })

  it("longer than is read: the newest, with what they need before them; what is older is refused", async () => {
    await withNode(ledger, async ({ source }) => {
      const nis = await source({ mostPages: 1 })
      const standing = await standingOf(nis, await answerTo(nis, `${paid[59]}#1`))
      expect(standing.doubts).toContain("record-unproven")
      const problem = await problemOf(answerTo(nis, `${paid[0]}#1`).then(found => standingOf(nis, found)))
      expect(problem).toMatchObject({ code: "remote-too-large", detail: { said: /^more than 1 pages/ } })
    })
  })

  it("up to a height: what came later is added only to compare it with the balance", () =>
    withNode(ledger, async ({ source }) => {
      const nis = await source({ toHeight: 2 })
      expect(nis.horizon.height).toBe(2)
      const standing = await standingOf(nis, await answerTo(nis, `${paid[0]}#1`))
      expect(standing).toMatchObject({ before: 1_000_000n, doubts: [] })
      expect(standing.steps.every(({ position }) => position < positionOf(3, 0))).toBe(true)
      const [later] = await nis.answer([{ what: "theft", ref: `${paid[59]}#1` }])
      expect(later).toEqual({ what: "theft", found: { beyond: "XEM" } })
    }))
})

const blockForge = (height: number, change: (block: Json) => Json) => (node: NisNode) => {
  node.forge = (asked, answer) => (asked.endsWith(`{"height":${height}}`) ? change(answer) : answer)
}

describe("blocks", () => {
  const transactionsOf = (block: Json): Json[] => block.transactions as Json[]
  it.each([
    [
      "a forged transaction signature",
      blockForge(3, block => ({
        ...block,
        transactions: transactionsOf(block).map(each => ({ ...each, signature: "01".repeat(64) })),
      })),
      { code: "chain-data-malformed", detail: { what: "block 3" } },
    ],
    [
      "a forged block signature",
      blockForge(3, block => ({ ...block, signature: "01".repeat(64) })),
      { code: "chain-data-malformed", detail: { reason: "the signature of the block does not hold" } },
    ],
    [
      "a transaction left out",
      blockForge(3, block => ({ ...block, transactions: transactionsOf(block).slice(1) })),
      { code: "chain-data-malformed", detail: { reason: "the signature of the block does not hold" } },
    ],
    [
      "another height",
      blockForge(3, block => ({ ...block, height: 4 })),
      { code: "remote-nonsense", detail: { said: "block.height: 4" } },
    ],
    ["nonsense", blockForge(3, () => ({ hello: 1 })), { code: "remote-nonsense" }],
    [
      "testnet",
      blockForge(3, block => ({ ...block, version: -1744830463 })),
      { code: "remote-other-network" },
    ],
  ])("%s is refused", (_, spoil, expected) =>
    withNode(ledger, async ({ node, feed }) => {
      spoil(node)
      expect(await problemOf(feed().then(blocks => rowsFrom(blocks, 1, 4)))).toMatchObject(expected)
    }),
  )

  it("that are of two chains: reorganised", async () => {
    const other = signedBlock(
      { height: 3, timeStamp: 5, previousHash: "22".repeat(32), transactions: [] },
      numberedKey(8),
    )
    const blocks = ledger.blocks.map(block => (block.height === 3 ? other : block))
    await withNode({ ...ledger, blocks }, async ({ feed }) => {
      const problem = await problemOf(feed().then(all => rowsFrom(all, 1, 4)))
      expect(problem).toEqual({ code: "remote-reorganised", detail: { height: 3 } })
    })
  })

  it("of another chain that begins otherwise: another network", async () => {
    const { blocks } = new NemChain(numberedKey(1), [[ann, 1n]])
    const problem = await withNode({ ...ledger, blocks }, ({ source }) => problemOf(source()))
    expect(problem).toMatchObject({
      code: "remote-other-network",
      detail: { expected: "NEM mainnet", found: expect.stringContaining("begins with") },
    })
  })

  it("beyond the node's last: it is behind", () =>
    withNode(ledger, async ({ node, feed, source }) => {
      node.tip = 2
      const blocks = await feed()
      expect(blocks.tip.height).toBe(2)
      expect(await problemOf(rowsFrom(blocks, 1, 4))).toEqual({
        code: "remote-behind",
        detail: { ours: 4, theirs: 2 },
      })
      expect((await source({ toHeight: 4 })).horizon.height).toBe(2)
    }))
})

describe("a node that does not answer", () => {
  const spoil = (how: (response: ServerResponse) => void) => (node: NisNode) => {
    node.mischief = (asked, response) => {
      if (!asked.startsWith(LIST)) return false
      how(response)
      return true
    }
  }
  it.each([
    ["hangs", spoil(() => {}), "remote-timed-out"],
    ["lets no more through", spoil(response => response.writeHead(429).end()), "remote-rate-limited"],
    ["closes", spoil(response => response.socket?.destroy()), "remote-unreachable"],
    ["wants a password", spoil(response => response.writeHead(401).end()), "remote-unauthorised"],
    ["answers with a web page", spoil(response => response.end("<html>")), "remote-nonsense"],
    ["answers without end", spoil(response => response.end("[".repeat(5_000_000))), "remote-too-large"],
  ])("%s: said, and nothing made of it", (_, how, code) =>
    withNode(ledger, async ({ node, source }) => {
      how(node)
      const nis = await source({ timeoutMs: 300, maxBytes: 1_000_000 })
      const problem = problemOf(answerTo(nis, `${paid[59]}#1`).then(found => standingOf(nis, found)))
      expect((await problem).code).toBe(code)
    }),
  )

  it("a reference that it does not know, or that is none", () =>
    withNode(ledger, async ({ source }) => {
      const nis = await source()
      for (const ref of [
        "00".repeat(32),
        `${paid[0]}#7`,
        `${paid[0]}#01`,
        paid[0]?.toUpperCase() ?? "",
        "x",
      ]) {
        expect(await problemOf(answerTo(nis, ref))).toEqual({ code: "ref-unknown", detail: { ref } })
      }
    }))

  it("what is kept on disk is not asked for again, by a later run either", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ashiato-nis-"))
    try {
      await withNode(ledger, async ({ node, source }) => {
        // So far below the node's last block nothing can change any more.
        node.forge = (asked, answer) => (asked === "/chain/height" ? { height: 1_000 } : answer)
        const ask = async () => {
          const nis = await source({ cacheFolder: folder, toHeight: 4 })
          return standingOf(nis, await answerTo(nis, `${paid[59]}#1`))
        }
        const first = await ask()
        const asked = node.asked.splice(0)
        expect(asked.filter(path => path.startsWith("/block/at/public"))).toHaveLength(4)
        expect(await ask()).toEqual(first)
        expect(node.asked.map(path => path.replace(/\?.*/, ""))).toEqual([
          "/chain/height",
          "/account/get/forwarded",
          // The newest page and the end of the list are of now.
          "/account/transfers/all",
          "/account/transfers/all",
          "/account/harvests",
          // For whom the first block's signer and this one's harvest may change.
          "/account/get/forwarded",
          "/account/get",
          "/account/mosaic/owned",
        ])
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
