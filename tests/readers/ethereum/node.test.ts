import type { ServerResponse } from "node:http"
import { beforeAll, describe, expect, it } from "vitest"
import { DAO_ACCOUNTS, DAO_REFUND } from "../../../src/chains/ethereum/dao.ts"
import { decodeHeader, headerRlp } from "../../../src/chains/ethereum/header.ts"
import { hashOf, rlp } from "../../../src/chains/ethereum/rlp.ts"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import {
  type EthereumNode,
  type EthereumNodeOptions,
  openEthereumNode,
} from "../../../src/readers/ethereum/ethereum-node.ts"
import { Problem } from "../../../src/units/problem.ts"
import { answering, type FakeBlock, FRIEND, fakeBlock, fakeChain, type Json, OWNER } from "./fake-chain.ts"
import { type Answering, hiding, LoopbackNode, NodeError, type Question } from "./loopback-node.ts"

let chain: readonly FakeBlock[]
let other: readonly FakeBlock[]
beforeAll(async () => {
  chain = await fakeChain(30)
  other = await fakeChain(30, "0xff")
})

const QUICK = { requestsPerSecond: 1e6, retries: 2, backOffMs: 1, timeoutMs: 5_000 }
type Work = (
  node: LoopbackNode,
  open: (more?: Partial<EthereumNodeOptions>) => Promise<EthereumNode>,
) => Promise<void>

async function withNode(answer: Answering, work: Work): Promise<void> {
  const node = new LoopbackNode(answer)
  const url = await node.open()
  try {
    await work(node, more => openEthereumNode({ url, ...QUICK, ...more }))
  } finally {
    await node.close()
  }
}

async function all(node: EthereumNode, from = 0, to = node.tip.height): Promise<AccountBlock[]> {
  const blocks: AccountBlock[] = []
  for await (const batch of node.blocks(from, to)) blocks.push(...batch)
  return blocks
}

/** What went wrong, as a user is told it. */
async function problemOf(work: Promise<unknown>): Promise<Pick<Problem, "code" | "detail">> {
  const error = await work.then(
    () => new Error("expected a problem, there was none"),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error
  expect(error.where.file).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  return { code: error.code, detail: error.detail }
}

/** The node's answers, those of one method changed. */
const forging = (method: string, forge: (question: Question, answer: unknown) => unknown): Answering => {
  return question => {
    const answer = answering(chain)(question)
    return question.method === method ? forge(question, structuredClone(answer)) : answer
  }
}

describe("a node that behaves", () => {
  it("is read from its genesis to its finalised block, in batches that grow", () =>
    withNode(answering(chain), async (node, open) => {
      const feed = await open()
      expect(feed.tip).toEqual({ height: 29, hash: chain[29]?.block.hash })
      const sizes: number[] = []
      const blocks: AccountBlock[] = []
      for await (const batch of feed.blocks(0, 29)) {
        sizes.push(batch.length)
        blocks.push(...batch)
      }
      expect(sizes).toEqual([1, 2, 4, 8, 15])
      expect(blocks.map(({ height }) => height)).toEqual(Array.from({ length: 30 }, (_, at) => at))
      expect(
        blocks[3]?.rows.map(({ ref, from, to, amount, grade }) => [ref.slice(66), from, to, amount, grade]),
      ).toEqual([
        ["#fee", OWNER.address.toLowerCase(), `0x${"9c".repeat(20)}`, 21_000_000_000_000n, "chain"],
        ["#basefee", OWNER.address.toLowerCase(), null, 21_000_000_000_000n, "chain"],
        ["#value", OWNER.address.toLowerCase(), FRIEND, 3n, "chain"],
      ])
      expect(blocks.flatMap(({ notices }) => notices)).toEqual([])
      expect(blocks.map(({ parent }) => parent).slice(0, 2)).toEqual([null, blocks[0]?.hash])
      expect(node.asked.filter(({ method }) => method === "eth_getTransactionReceipt")).toEqual([])
    }))

  it("is read from the middle, up to a height, and tells hashes", () =>
    withNode(answering(chain), async (_, open) => {
      const feed = await open({ mostBlocks: 3 })
      expect((await all(feed, 5, 11)).map(({ height }) => height)).toEqual([5, 6, 7, 8, 9, 10, 11])
      expect(await feed.hashAt(7)).toBe(chain[7]?.block.hash)
      expect(await feed.hashAt(30)).toBeNull()
      expect((await problemOf(all(feed, 29, 30))).code).toBe("remote-not-found")
    }))

  it("is read up to its newest block where it is asked to, or knows no finalised one", () => {
    const early: Answering = question => {
      if (question.params[0] === "finalized") return chain[9]?.block
      return answering(chain)(question)
    }
    return withNode(early, async (node, open) => {
      expect((await open()).tip.height).toBe(9)
      expect((await open({ upTo: "latest" })).tip.height).toBe(29)
      node.mischief = () => false
    })
  })

  it.each([
    ["says that there is none", () => null],
    [
      "does not know the word",
      () => {
        throw new NodeError(-32602, "unknown block tag")
      },
    ],
  ])("that %s is read up to its newest block", (_, answer) =>
    withNode(
      question => (question.params[0] === "finalized" ? answer() : answering(chain)(question)),
      async (__, open) => expect((await open()).tip.height).toBe(29),
    ),
  )
})

describe("a node that has not everything", () => {
  it("tells receipts one by one", () =>
    withNode(hiding(["eth_getBlockReceipts"], answering(chain)), async (node, open) => {
      expect((await all(await open())).flatMap(({ rows }) => rows)).toHaveLength(29 * 3)
      expect(node.asked.filter(({ method }) => method === "eth_getTransactionReceipt")).toHaveLength(29)
    }))

  it("has no tracer: said only of blocks in which code may have run", () => {
    const busy = forging("eth_getBlockReceipts", ({ params }, answer) => {
      if (params[0] !== "0x7") return answer
      return [
        {
          ...(answer as Json[])[0],
          gasUsed: "0x5207",
          cumulativeGasUsed: "0x5207",
          root: null,
          status: null,
        },
      ]
    })
    return withNode(hiding(["debug_traceBlockByNumber", "trace_block"], busy), async (_, open) => {
      const feed = await open()
      expect(feed.tracer).toBe("none")
      const told = (await all(feed)).flatMap(({ height, notices }) =>
        notices.map(({ code }) => [height, code]),
      )
      expect(told).toEqual([
        [7, "internal-calls-absent"],
        [7, "record-unproven"],
      ])
    })
  })

  it("no longer has the state that an old trace takes", () => {
    const pruned = forging("debug_traceBlockByNumber", ({ params }, answer) => {
      if (Number(params[0]) > 20) return answer
      throw new NodeError(-32000, "missing trie node 1c9c (path ) state 0x1c9c is not available")
    })
    return withNode(pruned, async (_, open) => {
      const feed = await open()
      expect(feed.tracer).toBe("call-tracer")
      expect((await all(feed)).flatMap(({ rows }) => rows)).toHaveLength(29 * 3)
    })
  })

  it("fails to trace: that is a fault, and not a gap", () => {
    const failing = forging("debug_traceBlockByNumber", ({ params }, answer) => {
      if (params[0] !== "0x4") return answer
      throw new NodeError(-32000, "execution timeout")
    })
    return withNode(failing, async (_, open) => {
      expect(await problemOf(all(await open()))).toEqual({
        code: "remote-nonsense",
        detail: { path: "debug_traceBlockByNumber 0x4", said: "error -32000: execution timeout" },
      })
    })
  })
})

/** One block of proof-of-work, and what else its node says. */
const single = (own: FakeBlock, more: Answering): Answering => {
  return question => {
    const { method } = question
    if (method.startsWith("eth_getBlock")) {
      return method === "eth_getBlockReceipts" ? own.receipts : own.block
    }
    if (method === "debug_traceBlockByNumber") return own.traces
    return method === "eth_chainId" ? "0x1" : more(question)
  }
}

describe("a block of before the Merge", () => {
  const rewards = ({ rows }: AccountBlock) =>
    rows.filter(({ kind }) => kind === "reward").map(({ ref, to, amount, grade }) => [ref, to, amount, grade])
  const producer = `0x${"9c".repeat(20)}`

  it("rewards its uncles, whose headers are proved by what it says of them", async () => {
    const uncle = (await fakeBlock(98)).block
    const encoded = headerRlp(decodeHeader(uncle, "uncle"))
    if (encoded === null) throw new Error("no header")
    const made = await fakeBlock(100, undefined, { difficulty: "0x7", sha3Uncles: hashOf(rlp([encoded])) })
    const own = { ...made, block: { ...made.block, uncles: [uncle.hash] } }
    const node = single(own, ({ method }) => (method === "eth_getUncleByBlockHashAndIndex" ? uncle : null))
    await withNode(node, async (_, open) => {
      const [block] = await all(await open(), 100, 100)
      expect(block === undefined ? null : rewards(block)).toEqual([
        ["block:100#uncle:0", producer, 3_750_000_000_000_000_000n, "chain"],
        ["block:100#reward", producer, 5_156_250_000_000_000_000n, "chain"],
      ])
      expect(block?.notices).toEqual([])
    })
    const forged = single(own, () => ({ ...uncle, miner: FRIEND }))
    await withNode(forged, async (_, open) => {
      expect(await problemOf(all(await open(), 100, 100))).toEqual({
        code: "chain-data-malformed",
        detail: { what: "block 100", reason: "block.sha3Uncles: hash does not match" },
      })
    })
  })

  it("moves the DAO's balances at 1,920,000, where the node has that state", async () => {
    const own = await fakeBlock(1_920_000, undefined, { difficulty: "0x7" })
    const rich: Answering = ({ method, params }) => {
      expect([method, params[1]]).toEqual(["eth_getBalance", "0x1d4bff"])
      return params[0] === DAO_ACCOUNTS[114] ? "0x5" : "0x0"
    }
    await withNode(single(own, rich), async (node, open) => {
      const [block] = await all(await open(), 1_920_000, 1_920_000)
      expect(block?.rows[0]).toMatchObject({
        ref: "block:1920000#dao:114",
        from: "0xbb9bc244d798123fde783fcc1c72d3bb8c189413",
        to: DAO_REFUND,
        amount: 5n,
        grade: "computed",
      })
      expect(block?.notices).toEqual([])
      expect(node.asked.filter(({ method }) => method === "eth_getBalance")).toHaveLength(116)
    })
    const poor: Answering = () => {
      throw new NodeError(-32000, "missing trie node")
    }
    await withNode(single(own, poor), async (_, open) => {
      const [block] = await all(await open(), 1_920_000, 1_920_000)
      expect(block?.rows.filter(({ ref }) => ref.includes("dao"))).toEqual([])
      expect(block?.notices.map(({ code }) => code)).toEqual(["record-unproven"])
    })
  })
})

describe("a node of another chain, or of none", () => {
  it("is refused, unless it is the one expected", () =>
    withNode(
      question => (question.method === "eth_chainId" ? "0xaa36a7" : answering(chain)(question)),
      async (_, open) => {
        expect(await problemOf(open())).toEqual({
          code: "remote-other-network",
          detail: { expected: "chain 1", found: "chain 11155111" },
        })
        expect((await open({ expectedChainId: 11_155_111 })).tip.height).toBe(29)
      },
    ))

  it.each([1, "1", "0x", null, {}, `0x${"f".repeat(20)}`])("is refused with the chain %j", id =>
    withNode(
      question => (question.method === "eth_chainId" ? id : answering(chain)(question)),
      async (_, open) => expect((await problemOf(open())).code).toBe("remote-nonsense"),
    ),
  )
})

describe("a chain that changes while it is read", () => {
  it("is noticed by a block that is no child of the one before", () => {
    const reorganised: Answering = question => {
      const own = Number(question.params[0]) >= 12 ? other : chain
      return answering(question.params[0] === "finalized" ? chain : own)(question)
    }
    return withNode(reorganised, async (_, open) => {
      const feed = await open()
      expect((await all(feed, 0, 6)).length).toBe(7)
      expect(await problemOf(all(feed))).toEqual({ code: "remote-reorganised", detail: { height: 12 } })
    })
  })

  it("is noticed by a block that is gone", () =>
    withNode(
      forging("eth_getBlockByNumber", ({ params }, answer) => (params[0] === "0x9" ? null : answer)),
      async (_, open) => {
        expect(await problemOf(all(await open()))).toEqual({
          code: "remote-reorganised",
          detail: { height: 9 },
        })
      },
    ))
})

describe("nonsense is refused, and its place told", () => {
  const first = (answer: unknown): Json => (answer as Json[])[0] as Json
  it.each<[string, string, (answer: unknown) => unknown, string]>([
    ["another block", "eth_getBlockByNumber", () => chain[8]?.block, "block.number: of another block"],
    ["text", "eth_getBlockByNumber", () => "block", "block: not an object"],
    ["no list", "eth_getBlockReceipts", () => ({}), "receipts: not a list"],
    ["no receipts", "eth_getBlockReceipts", () => [], "receipts: one for each transaction expected"],
    ["receipts of null", "eth_getBlockReceipts", () => null, "receipts: not a list"],
    [
      "receipts of another block",
      "eth_getBlockReceipts",
      () => chain[8]?.receipts,
      "receipts: one for each transaction expected",
    ],
    [
      "a forged receipt",
      "eth_getBlockReceipts",
      answer => [{ ...first(answer), status: "0x0" }],
      "block.receiptsRoot: root does not match",
    ],
    [
      "a forged block",
      "eth_getBlockByNumber",
      answer => ({ ...(answer as Json), miner: FRIEND }),
      "block.hash: hash does not match",
    ],
    [
      "a forged transaction",
      "eth_getBlockByNumber",
      answer => {
        const block = answer as Json
        return { ...block, transactions: [{ ...first(block.transactions), to: OWNER.address }] }
      },
      "transactions[0].hash: hash does not match",
    ],
    ["no traces", "debug_traceBlockByNumber", () => [], "traces: one for each transaction expected"],
    [
      "a trace of another block",
      "debug_traceBlockByNumber",
      () => chain[8]?.traces,
      "traces[0].txHash: of another transaction",
    ],
    [
      "a trace of another value",
      "debug_traceBlockByNumber",
      answer => [{ result: { ...(first(answer).result as Json), value: "0x99" } }],
      "transactions[0]: trace does not match",
    ],
  ])("%s", (_, method, forge, reason) =>
    withNode(
      forging(method, ({ params }, answer) => (params[0] === "0x7" ? forge(answer) : answer)),
      async (__, open) => {
        expect(await problemOf(all(await open()))).toEqual({
          code: "chain-data-malformed",
          detail: { what: "block 7", reason },
        })
      },
    ),
  )

  const ends =
    (body: string, status = 200) =>
    (response: ServerResponse) =>
      void response.writeHead(status).end(body)
  it.each<[string, (response: ServerResponse) => void, string, string]>([
    ["a web page", ends("<!doctype html>"), "remote-nonsense", "not JSON"],
    ["no list", ends("{}"), "remote-nonsense", "answer: not a list"],
    ["nothing answered", ends("[]"), "remote-nonsense", "question 0 is not answered"],
    [
      "an id that nobody asked for",
      ends('[{"id":7,"result":1}]'),
      "remote-nonsense",
      "[0]: an id that was not asked for",
    ],
    ["an answer without result", ends('[{"id":0}]'), "remote-nonsense", "[0]: neither result nor error"],
    [
      "an answer twice",
      ends('[{"id":0,"result":1},{"id":0,"result":1}]'),
      "remote-nonsense",
      "[1]: an id answered twice",
    ],
    [
      "a refusal",
      ends('{"error":{"code":-32600,"message":"no\\nbatches"}}'),
      "remote-nonsense",
      "error -32600: no batches",
    ],
    [
      "a limit",
      ends('{"error":{"code":-32005,"message":"slow"}}'),
      "remote-rate-limited",
      "error -32005: slow",
    ],
    ["401", ends("", 401), "remote-unauthorised", "status 401"],
    ["429, again and again", ends("", 429), "remote-rate-limited", "status 429"],
    ["500, again and again", ends("", 500), "remote-unreachable", "status 500"],
    ["too much", ends(" ".repeat(9_000)), "remote-too-large", "more than 8000 bytes"],
  ])("%s", (_, mischief, code, said) =>
    withNode(answering(chain), async (node, open) => {
      node.mischief = (__, response) => {
        mischief(response)
        return true
      }
      const problem = await problemOf(open({ maxBytes: 8_000 }))
      expect([problem.code, problem.detail.path, problem.detail.said]).toEqual([code, "eth_chainId", said])
      expect(node.requests).toBe(/again/.test(_) ? 3 : 1)
    }),
  )
})

describe("what passes is waited for", () => {
  it.each([429, 503])("%i once", status =>
    withNode(answering(chain), async (node, open) => {
      let left = 1
      node.mischief = (_, response) => {
        if (left-- <= 0) return false
        response.writeHead(status).end()
        return true
      }
      expect((await open()).tip.height).toBe(29)
    }),
  )

  it("a node that hangs, a bounded time", () =>
    withNode(answering(chain), async (node, open) => {
      node.mischief = () => true
      expect((await problemOf(open({ timeoutMs: 40, retries: 1 }))).code).toBe("remote-timed-out")
      expect(node.requests).toBe(2)
    }))

  it("a node that closes the connection", () =>
    withNode(answering(chain), async (node, open) => {
      node.mischief = (_, response) => {
        response.socket?.destroy()
        return true
      }
      expect((await problemOf(open())).code).toBe("remote-unreachable")
    }))

  it("a reader that stops is not told of what came after", () =>
    withNode(
      forging("eth_getBlockByNumber", ({ params }, answer) => (params[0] === "0x3" ? null : answer)),
      async (_, open) => {
        const feed = await open()
        for await (const batch of feed.blocks(0, 29)) {
          expect(batch.length).toBeGreaterThan(0)
          break
        }
        await feed.close()
      },
    ))
})
