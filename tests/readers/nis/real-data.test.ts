import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { decodeBlock } from "../../../src/chains/nem/block-binary.ts"
import { MAINNET_GENESIS, NEMESIS_HASH } from "../../../src/chains/nem/nemesis.ts"
import type { AccountBlock, BlockFeed } from "../../../src/ports/blocks.ts"
import { openNisBlocks } from "../../../src/readers/nis/nis-blocks.ts"
import { type NisSource, openNisSource } from "../../../src/readers/nis/nis-source.ts"
import { numberedKey } from "../../../testing/nis/keys.ts"
import { NisNode, type NodeKnowledge } from "../../../testing/nis/nis-node.ts"
import { signedBlock } from "../../../testing/nis/signing.ts"
import { dataOf, NEMESIS, REAL, type RealTransaction, realTransactions } from "../../chains/nem/data.ts"
import { answerTo, standingOf } from "./asking.ts"
import { QUICK, rowsFrom } from "./with-node.ts"

const DATA = new URL("../../../../shared/data/nem/", import.meta.url)
const absent = [NEMESIS, REAL].filter(file => !existsSync(new URL(file, DATA)))
const why = absent.length === 0 ? "" : ` (skipped: ../shared/data/nem/${absent.join(", ")} absent)`
const harvester = numberedKey(3)

const KNOWLEDGE: NodeKnowledge = {
  balances: new Map(),
  mainOf: signer => signer,
  forwarded: address => address,
}
const EMPTY = { blocks: [], knowledge: KNOWLEDGE }

/** Real transactions in blocks of a made-up harvester, above the real first block; no two of the blocks touch. */
function served() {
  const real = realTransactions(dataOf(REAL) as Buffer)
  const nemesis = decodeBlock(dataOf(NEMESIS) as Buffer)
  const blocks = real.map(({ read }, at) => {
    const own = { height: 10 + 2 * at, timeStamp: 200_000_000 + at, previousHash: "11".repeat(32) }
    return signedBlock({ ...own, transactions: [read] }, harvester)
  })
  return { real, ledger: { blocks: [nemesis, ...blocks], knowledge: KNOWLEDGE } }
}

const hashOf = ({ derived }: RealTransaction): string => derived.computed_hash

describe.skipIf(absent.length > 0)(
  `the 30 real transactions and the real first block, over HTTP${why}`,
  () => {
    const { real, ledger } = absent.length > 0 ? { real: [], ledger: EMPTY } : served()
    const node = new NisNode(ledger.blocks, ledger.knowledge)
    let nis: NisSource
    let blocks: BlockFeed<AccountBlock>
    beforeAll(async () => {
      const asked = { url: await node.open(), genesis: MAINNET_GENESIS, ...QUICK }
      nis = await openNisSource({ ...asked, toHeight: null })
      blocks = await openNisBlocks(asked)
    })
    afterAll(() => node.close())

    it("every hash, signature, sender and amount, by reference", async () => {
      for (const record of real) {
        const { read, derived } = record
        const { step } = await answerTo(nis, `${hashOf(record)}#0`)
        const sender = derived.inner_signer_address ?? derived.signer_address
        expect(step.tx.id).toBe(hashOf(record))
        expect(nis.potName(step.debits[0]?.pot ?? -1)).toBe(`${sender}/XEM`)
        const inner = read.kind === "multisig" ? read.inner : read
        if (inner.kind !== "transfer" || inner.mosaics.length > 1) continue
        if (inner.mosaics.length > 0 && derived.xem_micro === 0) continue
        const whole = await answerTo(nis, hashOf(record))
        expect(whole.step.credits[0]).toMatchObject({ amount: BigInt(derived.xem_micro) })
        expect(whole.step.grade).toBe("chain")
      }
    })

    it("a multisig is found by its own hash and by its inner transaction's", async () => {
      const multisigs = real.filter(({ read }) => read.kind === "multisig")
      expect(multisigs).toHaveLength(5)
      for (const { derived } of multisigs) {
        const outer = await answerTo(nis, `${derived.computed_hash}#0`)
        expect(await answerTo(nis, `${derived.computed_inner_hash}#0`)).toEqual(outer)
        expect(outer.step.source).toBe(`inner ${derived.computed_inner_hash}`)
        const height = outer.step.tx.height ?? 0
        const rows = await rowsFrom(blocks, height, height)
        expect(new Set(rows.map(({ source }) => source))).toEqual(new Set([outer.step.source]))
        // Reading that does not begin at the first block asks the node whose the fees are.
        const fees = rows.filter(({ kind }) => kind === "fee")
        expect(new Set(fees.map(({ grade }) => grade))).toEqual(new Set(["reported"]))
      }
    })

    it("the first block as rows: 9,000,000,240 XEM made, given out in 1,347 transfers, 6 fees", async () => {
      expect(await blocks.hashAt(1)).toBe(NEMESIS_HASH)
      expect(await blocks.hashAt(1_000)).toBeNull()
      const rows = await rowsFrom(blocks, 1, 1)
      const sum = (kind: string) =>
        rows.filter(row => row.kind === kind).reduce((total, { amount }) => total + amount, 0n)
      const issue = { from: null, kind: "issue", originUnknown: false, ref: `${NEMESIS_HASH}#0` }
      expect(rows[0]).toMatchObject(issue)
      const given = 9_000_000_240_000_000n
      expect([sum("issue"), sum("transfer"), sum("fee")]).toEqual([given, given, 240_000_000n])
      expect(rows).toHaveLength(1 + 1_347 + 6)
      expect(rows.every(({ grade, asset }) => grade === "chain" && !asset.includes("/"))).toBe(true)
    })

    it("an account's history, and that it does not add up to what the node states", async () => {
      const first = real.find(({ read }) => read.kind === "transfer" && read.mosaics.length === 0)
      if (first?.read.kind !== "transfer") throw new Error("no transfer")
      const found = await answerTo(nis, hashOf(first))
      expect(nis.potName(found.step.credits[0]?.to as number)).toBe(`${first.read.recipient}/XEM`)
      const standing = await standingOf(nis, found)
      expect(standing).toMatchObject({ before: 0n, opening: 0n, doubts: ["record-unproven"] })
      const service = expect.stringContaining("127.0.0.1") as string
      expect(nis.notices).toEqual([{ code: "record-unproven", asset: null, detail: { service } }])
    })
  },
)
