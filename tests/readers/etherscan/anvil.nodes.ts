import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { Step } from "../../../src/ledger/step.ts"
import type { Source } from "../../../src/ports/source.ts"
import { openEthereumNode } from "../../../src/readers/ethereum/ethereum-node.ts"
import { openEtherscanSource } from "../../../src/readers/etherscan/etherscan-source.ts"
import { positionOf } from "../../../src/units/position.ts"
import {
  EthereumServer,
  type Json,
  type ServedCall,
  type ServedEthereumBlock,
} from "../../../testing/explorers/ethereum-server.ts"
import { callsBelow, type TracedFrame } from "../../../testing/explorers/traced-calls.ts"
import { type Anvil, startAnvil } from "../../../testing/nodes/anvil.ts"
import { type StagedEthereum, stageEthereum } from "../../../testing/nodes/staged-ethereum.ts"
import { answerTo, ETH } from "./with-service.ts"

let anvil: Anvil
let staged: StagedEthereum
let rows: readonly AccountRow[]
let blocks: readonly ServedEthereumBlock[]
const balances = new Map<string, bigint>()

/** A node's block with everything that a service makes its lists of. */
async function served(height: number): Promise<ServedEthereumBlock> {
  const tag = `0x${height.toString(16)}`
  const block = (await anvil.call("eth_getBlockByNumber", tag, true)) as Json
  const receipts = (await anvil.call("eth_getBlockReceipts", tag)) as Json[]
  const traces =
    height === 0 ? [] : await anvil.call("debug_traceBlockByNumber", tag, { tracer: "callTracer" })
  const hashes = (block.transactions as Json[]).map(({ hash }) => String(hash))
  const calls = (traces as { result: TracedFrame }[]).flatMap(({ result }, at) => {
    const txid = hashes[at] ?? ""
    const traced = callsBelow(txid, result)
    return [...traced, ...destructions(txid, traced)].sort(byPath)
  })
  return { block, receipts, calls }
}

/** What contracts left that destroyed themselves: what of the node's own record is not among the calls traced. */
function destructions(txid: string, traced: readonly ServedCall[]): ServedCall[] {
  const known = new Set(traced.map(({ path }) => `${txid}#call:${path}`))
  return rows
    .filter(
      ({ tx, ref, kind }) => tx.id === txid && ref.includes("#call:") && kind !== "burn" && !known.has(ref),
    )
    .map(({ ref, from, to, amount }) => {
      const path = ref.slice(ref.indexOf(":") + 1)
      return { txid, path, type: "suicide", from: from ?? "", to: to ?? "", value: amount, failed: false }
    })
}

/** In the order of execution: who called before whom he called. */
function byPath(a: ServedCall, b: ServedCall): number {
  const [left, right] = [a, b].map(({ path }) => path.split(".").map(Number))
  for (const [at, step] of (left ?? []).entries()) {
    const other = right?.[at]
    if (other === undefined) return 1
    if (step !== other) return step - other
  }
  return -1
}

beforeAll(async () => {
  anvil = await startAnvil(["--hardfork", "prague"])
  staged = await stageEthereum(anvil, "prague")
  const node = await openEthereumNode({
    url: anvil.url,
    expectedChainId: 31_337,
    upTo: "latest",
    requestsPerSecond: 1e6,
  })
  const told: AccountRow[] = []
  for await (const batch of node.blocks(0, node.tip.height)) told.push(...batch.flatMap(block => block.rows))
  rows = told
  blocks = await Promise.all(Array.from({ length: node.tip.height + 1 }, (_, height) => served(height)))
  for (const person of staged.people) {
    balances.set(
      person.toLowerCase(),
      BigInt((await anvil.call("eth_getBalance", person, "latest")) as string),
    )
  }
}, 120_000)

afterAll(() => anvil?.stop())

const kindOf = ({ ref }: AccountRow) => /#([a-z]+)/.exec(ref)?.[1] ?? ""
const ends = (row: AccountRow) => [row.tx.id, row.from, row.to, row.asset, row.amount, row.kind]

function endsOf(source: Source, { tx, debits, credits, kind }: Step) {
  const [credit] = credits
  const [debit] = debits
  const nameOf = (pot: number) => source.potName(pot).split("/")[0] ?? ""
  const to = typeof credit?.to === "number" ? nameOf(credit.to) : null
  return [tx.id, debit === undefined ? null : nameOf(debit.pot), to, credit?.asset, credit?.amount, kind]
}

/** Everything that moved on an account, page after page. */
async function movementsOf(source: Source, pot: number): Promise<Step[]> {
  const steps: Step[] = []
  for (let after = positionOf(0, 0), more = true; more; ) {
    const [page] = await source.answer([{ what: "movements", pot, after }])
    if (page?.what !== "movements") throw new Error("expected movements")
    steps.push(...page.steps)
    more = page.more
    after = page.steps.at(-1)?.position ?? after
  }
  return steps
}

describe.each(["etherscan", "blockscout"] as const)(
  "a service of %s's kind over the blocks of a real node",
  dialect => {
    let server: EthereumServer
    let source: Source

    beforeAll(async () => {
      const balanceOf = (account: string) => balances.get(account) ?? 0n
      server = new EthereumServer(blocks, { dialect, balanceOf })
      const url = await server.open()
      const quick = { cacheFolder: null, requestsPerSecond: 1e6, retries: 0 }
      source = await openEtherscanSource({ url, landmark: null, native: ETH, toHeight: null, ...quick })
    })
    afterAll(() => server?.close())

    it("tells each row by its reference as the node's own record has it", async () => {
      // Blockscout's lists have no place in the tree of calls; what a destroyed contract lost is in no list.
      const kinds = ["fee", "basefee", "value", "log", ...(dialect === "etherscan" ? ["call"] : [])]
      // That a contract which destroys itself in its own favour destroys its ether too is in no list.
      const isListed = (row: AccountRow) => row.kind !== "burn" || row.asset !== "ETH"
      const asked = rows.filter(row => row.tx.id !== null && kinds.includes(kindOf(row)) && isListed(row))
      const seen = new Set<string>()
      for (const row of asked) {
        const found = await answerTo(source, row.ref)
        if (!("step" in found)) throw new Error("expected a step")
        expect(endsOf(source, found.step), row.ref).toEqual(ends(row))
        seen.add(kindOf(row))
      }
      expect([...seen].sort()).toEqual(kinds.sort())
      expect(asked.length).toBeGreaterThan(50)
    })

    it("tells what moved on each person's account in the order of the node's own record", async () => {
      let told = 0
      for (const person of staged.people.slice(0, 3).map(one => one.toLowerCase())) {
        const own = rows.filter(({ from, to, asset, kind }) => {
          return asset === "ETH" && from !== to && (from === person || (to === person && kind !== "fee"))
        })
        const [first] = own.filter(row => ["value", "fee"].includes(kindOf(row)))
        const found = await answerTo(source, first?.ref ?? "")
        if (!("step" in found)) throw new Error("expected a step")
        const pots = [...found.step.debits.map(({ pot }) => pot), found.step.credits[0]?.to ?? -1]
        const pot = pots.find(one => typeof one === "number" && source.potName(one) === `${person}/ETH`)
        const steps = await movementsOf(source, Number(pot))
        expect(steps.map(step => endsOf(source, step))).toEqual(own.map(ends))
        told += steps.length
      }
      expect(told).toBeGreaterThan(30)
    })
  },
)
