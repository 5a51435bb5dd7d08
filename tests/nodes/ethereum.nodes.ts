import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { AccountRow } from "../../src/ledger/account-row.ts"
import type { AccountBlock } from "../../src/ports/blocks.ts"
import { type EthereumNode, openEthereumNode } from "../../src/readers/ethereum/ethereum-node.ts"
import { checkTokenBalances, netOf } from "../../src/readers/ethereum/token-check.ts"
import type { Tracer } from "../../src/readers/ethereum/tracer.ts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { RULES, type StagedEthereum, stageEthereum } from "../../testing/nodes/staged-ethereum.ts"
import { hiding, LoopbackNode } from "../readers/ethereum/loopback-node.ts"

interface Told {
  readonly node: EthereumNode
  readonly blocks: readonly AccountBlock[]
  readonly rows: readonly AccountRow[]
}

async function tell(url: string, tracer?: Tracer): Promise<Told> {
  const how = { url, expectedChainId: 31_337, upTo: "latest", requestsPerSecond: 1e6 } as const
  const node = await openEthereumNode({ ...how, ...(tracer === undefined ? {} : { tracer }) })
  const blocks: AccountBlock[] = []
  for await (const batch of node.blocks(0, node.tip.height)) blocks.push(...batch)
  return { node, blocks, rows: blocks.flatMap(block => block.rows) }
}

/** Everything that the node's own state holds, not only what we think was touched. */
async function accountsOf(anvil: Anvil): Promise<string[]> {
  const dump = (await anvil.call("anvil_dumpState")) as string
  const state = JSON.parse(gunzipSync(Buffer.from(dump.slice(2), "hex")).toString()) as { accounts: object }
  return Object.keys(state.accounts)
}

async function weiOf(anvil: Anvil, account: string, block: string): Promise<bigint> {
  return BigInt((await anvil.call("eth_getBalance", account, block)) as string)
}

/** What the node says of an account's wei less what the rows make of its balance at block 0; by account, where not 0. */
async function unexplained(anvil: Anvil, rows: readonly AccountRow[]): Promise<Record<string, bigint>> {
  const net = netOf(rows, "ETH")
  const off: Record<string, bigint> = {}
  for (const account of new Set([...net.keys(), ...(await accountsOf(anvil))])) {
    const before = await weiOf(anvil, account, "0x0")
    const difference = (await weiOf(anvil, account, "latest")) - before - (net.get(account) ?? 0n)
    if (difference !== 0n) off[account] = difference
  }
  return off
}

/** A transaction's rows without its fees, "#call:0.1 7 computed". */
function moved({ rows }: Told, staged: StagedEthereum, name: string): string[] {
  const own = rows.filter(row => row.tx.id === staged.txs[name] && row.kind !== "fee")
  return own.map(({ ref, amount, kind, grade }) => {
    const what = kind === "transfer" ? "" : ` ${kind}`
    return `${ref.slice(ref.indexOf("#"))} ${amount}${what} ${grade}`
  })
}

describe.each(RULES)("a chain under the rules of %s", rules => {
  let anvil: Anvil
  let staged: StagedEthereum
  let told: Told

  beforeAll(async () => {
    anvil = await startAnvil(["--hardfork", rules])
    staged = await stageEthereum(anvil, rules)
    told = await tell(anvil.url)
  })
  afterAll(() => anvil.stop())

  it("is told to the wei for every account that there is", async () => {
    expect((await accountsOf(anvil)).length).toBeGreaterThan(25)
    expect(await unexplained(anvil, told.rows)).toEqual({})
  })

  it("would notice one wei", async () => {
    const [row] = told.rows.filter(({ ref }) => ref.endsWith("#call:0.0.1"))
    const others = told.rows.filter(each => each !== row)
    expect(row).toBeDefined()
    const wrong = await unexplained(anvil, [...others, { ...(row as AccountRow), amount: 1_001n }])
    expect(Object.values(wrong).sort()).toEqual([-1n, 1n])
  })

  it("is told the same by either tracer", async () => {
    expect(told.node.tracer).toBe("call-tracer")
    expect((await tell(anvil.url, "trace-block")).rows).toEqual(told.rows)
    const proxy = await proxyOf(anvil, ["debug_traceBlockByNumber"])
    try {
      const other = await tell(proxy.url)
      expect(other.node.tracer).toBe("trace-block")
      expect(other.rows).toEqual(told.rows)
    } finally {
      await proxy.close()
    }
  })

  it("is proved: hashes, senders, roots", () => {
    const notices = told.blocks.flatMap(block => block.notices)
    expect(notices.filter(({ code }) => code === "record-unproven")).toEqual([])
    const grades = told.rows.map(({ ref, grade }) => `${/#(log|call|destroyed)?/.exec(ref)?.[1]} ${grade}`)
    expect(new Set(grades)).toEqual(
      new Set(["undefined chain", "log chain", "call computed", "destroyed computed"]),
    )
  })

  it("moves what its transactions moved, and nothing that was undone", () => {
    const expected: Record<string, string[]> = {
      plain: ["#value 1000000000000000000 chain"],
      "plain, old price": ["#value 12345 chain"],
      "with access list": ["#value 1 chain"],
      split: ["#value 1001 chain", "#call:0 500 computed", "#call:1 501 computed"],
      "split below": [
        "#value 2003 chain",
        "#call:0 2003 computed",
        "#call:0.0 2003 computed",
        "#call:0.0.0 1001 computed",
        "#call:0.0.1 1002 computed",
      ],
      "inner revert": ["#value 77 chain"],
      failed: [],
      "out of gas": [],
      borrow: ["#call:0.0 7 computed", "#call:1.0 7 computed"],
      destroy: ["#value 20 chain", "#call:0 320 computed"],
      "destroy to itself":
        rules === "prague" ? ["#value 6 chain"] : ["#value 6 chain", "#call:0 606 burn computed"],
      "create with value": ["#value 42 chain"],
      mint: ["#log:0 1000000 issue chain"],
      transfer: ["#log:1 250000 chain"],
      "transfer too much": [],
      burn: ["#log:2 1000 burn chain"],
      unwrap: ["#call:0 1500 computed"],
    }
    const found = Object.keys(expected).map(name => [name, moved(told, staged, name)])
    expect(Object.fromEntries(found)).toEqual(expected)
    // Created, destroyed in favour of itself, and sent the other half after its death.
    const [, , inItself, after, atEnd] = moved(told, staged, "stillborn")
    expect([inItself, after]).toEqual(["#call:0.0 500 burn computed", "#call:1 500 computed"])
    expect(atEnd).toMatch(/^#destroyed:0x[0-9a-f]{40} 500 burn computed$/)
  })

  it("pays fees: a failed transaction too, the base fee burned since London", () => {
    const fees = told.rows.filter(({ tx, kind }) => tx.id === staged.txs.failed && kind === "fee")
    const [tip, base] = fees
    expect(tip).toMatchObject({ from: staged.people[0], to: staged.producer, grade: "chain" })
    if (rules === "berlin") expect(base).toBeUndefined()
    else expect(base).toMatchObject({ from: staged.people[0], to: null, grade: "chain" })
  })

  it("holds tokens to balanceOf: the honest one adds up, the others are told", async () => {
    const { token, feeToken, wrapped } = staged.contracts
    const [first, second] = staged.people as [string, string]
    const check = (contract: string, after: number | null = null) => {
      const asset = `erc20:${contract}`
      const rows = told.rows.filter(row => (row.tx.height ?? 0) > (after ?? -1))
      return checkTokenBalances(told.node, asset, netOf(rows, asset), after, staged.height)
    }
    expect(await check(token)).toEqual({
      agree: [first, second],
      differ: [],
      unchecked: [],
      notices: [],
    })
    // From the middle: the balances at a height, and the rows above it.
    expect((await check(token, staged.height - 1)).differ).toEqual([])
    const asset = `erc20:${feeToken}`
    expect(await check(feeToken)).toEqual({
      agree: [first],
      differ: [{ account: second, expected: 500_000n, found: 495_000n }],
      unchecked: [],
      notices: [{ code: "token-does-not-add-up", asset, detail: { asset, reason: "balanceOf" } }],
    })
    expect((await check(wrapped)).differ).toEqual([
      { account: first, expected: -4_000n, found: 9_000n - 4_000n - 1_500n },
    ])
    const notices = told.blocks.flatMap(block => block.notices)
    expect(notices).toEqual([
      {
        code: "token-does-not-add-up",
        asset: `erc20:${wrapped}`,
        detail: { asset: `erc20:${wrapped}`, reason: "deposits and withdrawals without transfers" },
      },
    ])
    expect(
      (await checkTokenBalances(told.node, `erc20:${first}`, new Map([[first, 0n]]), null, 1)).unchecked,
    ).toEqual([first])
  })

  it("without a tracer lacks what contracts moved, and says so", async () => {
    const hidden = ["debug_traceBlockByNumber", "trace_block"]
    const proxy = await proxyOf(anvil, hidden)
    try {
      const without = await tell(proxy.url)
      expect(without.node.tracer).toBe("none")
      expect(without.rows).toEqual(told.rows.filter(({ grade }) => grade !== "computed"))
      const absent = without.blocks.flatMap(({ height, notices }) => {
        return notices.some(({ code }) => code === "internal-calls-absent") ? [height] : []
      })
      const ran = told.blocks.filter(({ rows }) => rows.length > 0).map(({ height }) => height)
      expect(absent).toEqual(ran)
      expect(without.blocks[absent[0] as number]?.notices[0]).toEqual({
        code: "internal-calls-absent",
        asset: "ETH",
        detail: { from: `${absent[0]}` },
      })
    } finally {
      await proxy.close()
    }
  })

  it("is told the same by a node that tells receipts one by one", async () => {
    const proxy = await proxyOf(anvil, ["eth_getBlockReceipts"])
    try {
      expect((await tell(proxy.url)).blocks.map(({ rows }) => rows)).toEqual(
        told.blocks.map(({ rows }) => rows),
      )
      expect(proxy.node.asked.some(({ method }) => method === "eth_getTransactionReceipt")).toBe(true)
    } finally {
      await proxy.close()
    }
  })
})

/** The node behind a server that hides some of its methods. */
async function proxyOf(anvil: Anvil, hidden: readonly string[]) {
  const node = new LoopbackNode(hiding(hidden, ({ method, params }) => anvil.call(method, ...params)))
  return { node, url: await node.open(), close: () => node.close() }
}
