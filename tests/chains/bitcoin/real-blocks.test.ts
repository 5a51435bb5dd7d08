import { ripemd160 } from "@noble/hashes/legacy.js"
import { describe, expect } from "vitest"
import { decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import { Cursor } from "../../../src/chains/bitcoin/cursor.ts"
import { displayed } from "../../../src/chains/bitcoin/hash.ts"
import { blockHashOf } from "../../../src/chains/bitcoin/header.ts"
import { merkleRoot } from "../../../src/chains/bitcoin/merkle.ts"
import { ownersOn } from "../../../src/chains/bitcoin/owner.ts"
import { checkProofOfWork } from "../../../src/chains/bitcoin/proof-of-work.ts"
import { templateOf } from "../../../src/chains/bitcoin/script.ts"
import { subsidyAt } from "../../../src/chains/bitcoin/subsidy.ts"
import type { Output, Transaction } from "../../../src/chains/bitcoin/transaction.ts"
import { wtxidOf } from "../../../src/chains/bitcoin/txid.ts"
import * as data from "./real-bytes.ts"

const { mainnet } = CONSENSUS
const { sha256, sha256d, WORK } = data
const ownerOf = ownersOn("mainnet", sha256)

const sumOf = (outputs: readonly Output[]): bigint =>
  outputs.reduce((sum, { value }) => sum + BigInt(value), 0n)

/** Where the checks come to bear: a block whose txids, work and hash have been verified. */
function verified(bytes: Uint8Array) {
  const block = decodeBlock(bytes, mainnet)
  const txids = verifiedTxids(block, sha256d).map(displayed)
  checkProofOfWork(block.header, mainnet, WORK)
  return { ...block, txids, hash: displayed(blockHashOf(block.header, sha256d)) }
}

/** The spent outputs that bcoin keeps beside a block: amount, length, script, in the order of the inputs. */
function spentOutputs(bytes: Uint8Array): Output[] {
  const cursor = new Cursor(bytes)
  const outputs: Output[] = []
  while (cursor.left > 0)
    outputs.push({ value: cursor.amountAt(cursor.skipAmount()), script: cursor.take(cursor.count(1)) })
  return outputs
}

/** Pushes of the input's script; the decoder passes over it, so it is found behind the reference. */
function lastPush(transaction: Transaction, n: number): Uint8Array {
  const reference = transaction.inputs[n]?.prevTxid as Uint8Array
  const cursor = new Cursor(transaction.bytes)
  cursor.at = reference.byteOffset - transaction.bytes.byteOffset + 36
  const script = cursor.take(cursor.count(1))
  const length = [33, 65].find(size => script.at(-size - 1) === size) ?? 0
  return script.subarray(script.length - length)
}

describe("block 300025 with the outputs that it spends", () => {
  const files = [data.BLOCK_300025, data.SPENT_BY_300025]

  data.itReads("has its 461 txids, its work and its place", files, ([bytes]) => {
    const block = verified(bytes as Uint8Array)
    expect(block.txids).toHaveLength(461)
    expect(new Set(block.txids).size).toBe(461)
    // BIP34: the coinbase's script begins with the height, 3 bytes of it.
    const coinbase = block.transactions[0]?.bytes as Uint8Array
    expect(new DataView(coinbase.buffer, coinbase.byteOffset).getUint32(42, true)).toBe((300_025 << 8) | 3)
    expect(block.hash).toMatch(/^0{16}[0-9a-f]{48}$/)
  })

  data.itReads("pays every fee, and the coinbase claims subsidy and fees to the last unit", files, read => {
    const [bytes, undo] = read as [Uint8Array, Uint8Array]
    const { transactions, txids } = verified(bytes)
    const spent = spentOutputs(undo)
    expect(spent).toHaveLength(1427)
    const made = new Map(transactions.flatMap((tx, n) => tx.outputs.map((o, v) => [`${txids[n]}:${v}`, o])))
    let fees = 0n
    let at = 0
    let within = 0
    for (const { inputs, outputs } of transactions.slice(1)) {
      const debits = spent.slice(at, at + inputs.length)
      for (const [n, { prevTxid, prevVout }] of inputs.entries()) {
        const own = made.get(`${displayed(prevTxid)}:${prevVout}`)
        if (own === undefined) continue
        within++
        expect(own.value).toBe(debits[n]?.value)
        expect(Buffer.compare(own.script, debits[n]?.script as Uint8Array)).toBe(0)
      }
      at += inputs.length
      const fee = sumOf(debits) - sumOf(outputs)
      expect(fee >= 0n).toBe(true)
      fees += fee
    }
    expect(at).toBe(1427)
    expect(within).toBeGreaterThan(0)
    expect(sumOf(transactions[0]?.outputs ?? [])).toBe(subsidyAt(300_025, mainnet) + fees)
  })

  data.itReads("spends each key-hash output by a key of that hash", files, read => {
    const [bytes, undo] = read as [Uint8Array, Uint8Array]
    const spent = spentOutputs(undo)
    let checked = 0
    let at = 0
    for (const transaction of decodeBlock(bytes, mainnet).transactions.slice(1)) {
      for (let n = 0; n < transaction.inputs.length; n++, at++) {
        const template = templateOf(spent[at]?.script as Uint8Array)
        if (template.kind !== "p2pkh") continue
        expect(Buffer.from(template.hash)).toEqual(Buffer.from(ripemd160(sha256(lastPush(transaction, n)))))
        checked++
      }
    }
    expect(checked).toBeGreaterThan(1300)
  })
})

describe("a block of 2,500 transactions", () => {
  const files = [data.BLOCK_OF_2500]

  data.itReads("has the hash it is named by, and every txid", files, ([bytes]) => {
    const block = verified(bytes as Uint8Array)
    expect(data.BLOCK_OF_2500).toBe(`mainnet_block_${block.hash}.raw`)
    expect(block.txids).toHaveLength(2500)
    expect(block.transactions.flatMap(({ inputs }) => inputs)).toHaveLength(6518)
    expect(block.transactions.flatMap(({ outputs }) => outputs)).toHaveLength(6015)
    expect(block.extension).toBeNull()
  })

  data.itReads("commits to every wtxid (BIP141)", files, ([bytes]) => {
    const { transactions } = decodeBlock(bytes as Uint8Array, mainnet)
    const [coinbase, ...others] = transactions as [Transaction, ...Transaction[]]
    const leaves = [new Uint8Array(32), ...others.map(transaction => wtxidOf(transaction, sha256d))]
    // The coinbase's witness is one item of 32 bytes, the reserved value; the lock time follows it.
    const reserved = coinbase.bytes.subarray(-36, -4)
    const commitment = sha256d(Buffer.concat([merkleRoot(leaves, sha256d), reserved]))
    const scripts = coinbase.outputs.map(({ script }) => Buffer.from(script).toString("hex"))
    expect(scripts).toContain(`6a24aa21a9ed${Buffer.from(commitment).toString("hex")}`)
  })

  data.itReads("names every owner, and burns what OP_RETURN holds", files, ([bytes]) => {
    const outputs = decodeBlock(bytes as Uint8Array, mainnet).transactions.flatMap(tx => tx.outputs)
    const kinds: Record<string, number> = {}
    for (const { script } of outputs) {
      const owner = ownerOf(script) ?? "burned"
      const kind = owner.startsWith("bc1q") ? `bc1q, ${owner.length}` : (/^[13]/.exec(owner)?.[0] ?? owner)
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
    expect(kinds).toEqual({ "1": 1660, "3": 1816, "bc1q, 42": 2383, "bc1q, 62": 133, burned: 23 })
  })
})

/** The file's name counts the block before them, which it leaves out. */
describe("blocks 1 to 255", () => {
  const files = [data.FIRST_BLOCKS]

  data.itReads("each link to the one before, and prove their work", files, ([file]) => {
    const blocks = data.blocksOf(file as Uint8Array).map(verified)
    expect(blocks).toHaveLength(255)
    expect(displayed(blocks[0]?.header.previous as Uint8Array)).toBe(
      "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    )
    expect(blocks[0]?.hash).toBe("00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048")
    for (const [n, block] of blocks.slice(1).entries()) {
      expect(displayed(block.header.previous)).toBe(blocks[n]?.hash)
    }
  })

  data.itReads("hold together 255 subsidies, to the last unit, after every spending", files, ([file]) => {
    const unspent = new Map<string, Output>()
    for (const [n, bytes] of data.blocksOf(file as Uint8Array).entries()) {
      const { transactions, txids } = verified(bytes)
      let fees = 0n
      for (const [index, { inputs, outputs, isCoinbase }] of transactions.entries()) {
        for (const { prevTxid, prevVout } of isCoinbase ? [] : inputs) {
          const ref = `${displayed(prevTxid)}:${prevVout}`
          fees += sumOf([unspent.get(ref) as Output])
          unspent.delete(ref)
        }
        for (const [vout, output] of outputs.entries()) unspent.set(`${txids[index]}:${vout}`, output)
        if (!isCoinbase) fees -= sumOf(outputs)
      }
      expect(sumOf(transactions[0]?.outputs ?? [])).toBe(subsidyAt(n + 1, mainnet) + fees)
    }
    expect(sumOf([...unspent.values()])).toBe(255n * 5_000_000_000n)
  })

  data.itReads("hold the first payment, 10 coins in block 170, from key to key", files, ([file]) => {
    const block = verified(data.blocksOf(file as Uint8Array)[169] as Uint8Array)
    expect(block.txids[1]).toBe("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16")
    const payment = block.transactions[1]
    expect(displayed(payment?.inputs[0]?.prevTxid as Uint8Array)).toBe(
      "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9",
    )
    expect(payment?.outputs.map(({ value, script }) => [value, ownerOf(script)])).toEqual([
      [
        1_000_000_000,
        "p2pk:04ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84c",
      ],
      [
        4_000_000_000,
        "p2pk:0411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3",
      ],
    ])
  })
})

describe("a real block that was damaged", () => {
  data.itReads("is refused wherever it is cut", [data.FIRST_BLOCKS], ([file]) => {
    const whole = data.blocksOf(file as Uint8Array)[169] as Uint8Array
    expect(whole.length).toBeGreaterThan(400)
    for (let length = 0; length < whole.length; length++) {
      const fault = data.blockFaultOf(() => decodeBlock(whole.subarray(0, length), mainnet))
      expect(["ends too early", "count or length beyond the bytes there are"]).toContain(fault)
    }
  })

  data.itReads("is refused whichever byte of a transaction is another", [data.FIRST_BLOCKS], ([file]) => {
    const whole = data.blocksOf(file as Uint8Array)[169] as Uint8Array
    for (let at = 80; at < whole.length; at++) {
      const damaged = whole.slice()
      damaged[at] = (damaged[at] as number) ^ 0x40
      const fault = data.blockFaultOf(() => verifiedTxids(decodeBlock(damaged, mainnet), sha256d))
      expect(fault, `byte ${at}`).not.toBeNull()
    }
  })

  data.itReads("is refused whichever byte of the header is another", [data.FIRST_BLOCKS], ([file]) => {
    const whole = data.blocksOf(file as Uint8Array)[169] as Uint8Array
    for (let at = 0; at < 80; at++) {
      const damaged = whole.slice()
      damaged[at] = (damaged[at] as number) ^ 0x40
      const { header } = decodeBlock(damaged, mainnet)
      expect(
        data.blockFaultOf(() => checkProofOfWork(header, mainnet, WORK)),
        `byte ${at}`,
      ).not.toBeNull()
    }
  })
})
