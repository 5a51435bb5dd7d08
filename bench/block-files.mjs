// A made chain of Bitcoin's shape as a regtest node would have stored it: blocks of up to 2,000 transactions, most of
// them one or two inputs and two outputs, some with many; half with witnesses; coins spent soon after they are made more
// often than late. The same seed makes the same bytes.
import { hash } from "node:crypto"
import { closeSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"

const BITS = 0x207fffff
const MAGIC = Buffer.from("fabfb5da", "hex")
const GENESIS = Buffer.from(
  "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000",
  "hex",
)
const sha256d = bytes => hash("sha256", hash("sha256", bytes, "buffer"), "buffer")

/** How many blocks from the end the late transaction is. */
const LATE = 20
const displayed = id => Buffer.from(id).reverse().toString("hex")

/** xorshift32 */
function dice(seed) {
  let x = seed | 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 2 ** 32
  }
}

/**
 * Writes `blk*.dat` with at least so many outputs; how much of what was made, and the id of a transaction that is twenty
 * blocks from the end, where a theft has not gone far.
 */
export function writeChain(folder, outputsWanted, seed = 1) {
  const roll = dice(seed)
  const made = { blocks: 1, transactions: 1, outputs: 1, inputs: 0, bytes: 0 }
  let file = 0
  let size = 0
  let handle = openSync(join(folder, "blk00000.dat"), "w")
  const put = block => {
    if (size > 128 << 20) {
      closeSync(handle)
      file++
      size = 0
      handle = openSync(join(folder, `blk${String(file).padStart(5, "0")}.dat`), "w")
    }
    const head = Buffer.alloc(8)
    MAGIC.copy(head)
    head.writeUInt32LE(block.length, 4)
    writeSync(handle, head)
    writeSync(handle, block)
    size += block.length + 8
    made.bytes += block.length + 8
  }
  put(GENESIS)
  const coins = new Coins(roll)
  const lately = []
  let previous = sha256d(GENESIS.subarray(0, 80))
  const writer = new Writer()
  for (let height = 1; made.outputs < outputsWanted; height++) {
    const count = coins.length === 0 ? 0 : Math.min(2000, 20 + height * 8)
    const bodies = []
    const ids = []
    let fees = 0
    for (let n = 0; n < count && coins.length > 0; n++) {
      const { bytes, id, fee, outputs, inputs } = spend(writer, coins, roll)
      bodies.push(bytes)
      ids.push(id)
      fees += fee
      made.outputs += outputs
      made.inputs += inputs
    }
    const coinbase = mint(writer, coins, height, Math.floor(50e8 / 2 ** Math.floor(height / 150)) + fees)
    made.outputs += coinbase.outputs
    const root = merkle([coinbase.id, ...ids])
    const header = mine(previous, root, 1_600_000_000 + height * 600)
    previous = sha256d(header)
    put(Buffer.concat([header, compact(ids.length + 1), coinbase.bytes, ...bodies]))
    made.blocks++
    made.transactions += ids.length + 1
    lately.push(displayed(ids[0] ?? coinbase.id))
    if (lately.length > LATE) lately.shift()
  }
  closeSync(handle)
  return { ...made, lateTransaction: lately[0] }
}

/** Unspent outputs: where they were made, and how much they are. */
class Coins {
  constructor(roll) {
    this.roll = roll
    this.ids = []
    this.vouts = []
    this.values = []
  }

  get length() {
    return this.ids.length
  }

  add(id, vout, value) {
    this.ids.push(id)
    this.vouts.push(vout)
    this.values.push(value)
  }

  take() {
    const last = this.ids.length - 1
    const age = this.roll()
    const at =
      age < 0.8 ? Math.max(0, last - Math.floor(this.roll() * 5000)) : Math.floor(this.roll() * (last + 1))
    const coin = { id: this.ids[at], vout: this.vouts[at], value: this.values[at] }
    for (const list of [this.ids, this.vouts, this.values]) {
      list[at] = list[last]
      list.length = last
    }
    return coin
  }
}

/** Bytes put together without a buffer for each number. */
class Writer {
  bytes = Buffer.alloc(1 << 20)
  at = 0

  u8(value) {
    this.bytes[this.at++] = value
  }
  u32(value) {
    this.at = this.bytes.writeUInt32LE(value >>> 0, this.at)
  }
  u64(value) {
    this.u32(value % 2 ** 32)
    this.u32(Math.floor(value / 2 ** 32))
  }
  size(value) {
    if (value < 0xfd) this.u8(value)
    else {
      this.u8(0xfd)
      this.at = this.bytes.writeUInt16LE(value, this.at)
    }
  }
  raw(bytes) {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }
  fill(length, value) {
    this.bytes.fill(value, this.at, this.at + length)
    this.at += length
  }
  cut() {
    const bytes = Buffer.from(this.bytes.subarray(0, this.at))
    this.at = 0
    return bytes
  }
}

function pay(writer, roll, values) {
  writer.size(values.length)
  for (const value of values) {
    writer.u64(value)
    const kind = roll()
    const owner = Math.floor(roll() ** 3 * 2 ** 31)
    if (kind < 0.3) {
      writer.raw([25, 0x76, 0xa9, 20])
      writer.u32(owner)
      writer.fill(16, 1)
      writer.raw([0x88, 0xac])
    } else if (kind < 0.4) {
      writer.raw([23, 0xa9, 20])
      writer.u32(owner)
      writer.fill(16, 2)
      writer.u8(0x87)
    } else if (kind < 0.85) {
      writer.raw([22, 0, 20])
      writer.u32(owner)
      writer.fill(16, 3)
    } else {
      writer.raw([34, 0x51, 32])
      writer.u32(owner)
      writer.fill(28, 4)
    }
  }
}

function spend(writer, coins, roll) {
  const fate = roll()
  const spends = Math.min(
    coins.length,
    fate < 0.6 ? 1 : fate < 0.85 ? 2 : fate < 0.97 ? 3 : fate < 0.998 ? 10 : 120,
  )
  const pays = fate < 0.1 ? 1 : fate < 0.93 ? 2 : fate < 0.99 ? 4 : 30
  const spent = Array.from({ length: spends }, () => coins.take())
  const total = spent.reduce((sum, { value }) => sum + value, 0)
  const fee = Math.min(total, 200 * spends)
  let left = total - fee
  const values = Array.from({ length: pays }, (_, n) => {
    const value = n === pays - 1 ? left : Math.floor(left * roll())
    left -= value
    return value
  })
  const isSegwit = roll() < 0.5
  writer.u32(2)
  writer.size(spends)
  for (const { id, vout } of spent) {
    writer.raw(id)
    writer.u32(vout)
    if (isSegwit) writer.u8(0)
    else {
      writer.u8(107)
      writer.fill(107, 0x30)
    }
    writer.u32(0xfffffffd)
  }
  pay(writer, roll, values)
  const body = writer.at
  writer.u32(0)
  const plain = writer.cut()
  const id = sha256d(plain)
  for (const [vout, value] of values.entries()) coins.add(id, vout, value)
  const counts = { id, fee, outputs: pays, inputs: spends }
  if (!isSegwit) return { ...counts, bytes: plain }
  writer.raw(plain.subarray(0, 4))
  writer.raw([0, 1])
  writer.raw(plain.subarray(4, body))
  for (let n = 0; n < spends; n++) {
    writer.raw([2, 72])
    writer.fill(72, 0x31)
    writer.u8(33)
    writer.fill(33, 2)
  }
  writer.u32(0)
  return { ...counts, bytes: writer.cut() }
}

function mint(writer, coins, height, value) {
  writer.u32(2)
  writer.size(1)
  writer.fill(32, 0)
  writer.u32(0xffffffff)
  writer.raw([5, 4])
  writer.u32(height)
  writer.u32(0xffffffff)
  pay(writer, coins.roll, [value])
  writer.u32(0)
  const bytes = writer.cut()
  const id = sha256d(bytes)
  coins.add(id, 0, value)
  return { bytes, id, outputs: 1 }
}

function merkle(ids) {
  let level = ids
  while (level.length > 1) {
    const above = []
    for (let at = 0; at < level.length; at += 2) {
      above.push(sha256d(Buffer.concat([level[at], level[at + 1] ?? level[at]])))
    }
    level = above
  }
  return level[0]
}

function mine(previous, root, time) {
  const header = Buffer.alloc(80)
  header.writeUInt32LE(0x20000000)
  previous.copy(header, 4)
  root.copy(header, 36)
  header.writeUInt32LE(time, 68)
  header.writeUInt32LE(BITS, 72)
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76)
    if (sha256d(header)[31] < 0x7f) return header
  }
}

function compact(count) {
  if (count < 0xfd) return Buffer.from([count])
  const bytes = Buffer.from([0xfd, 0, 0])
  bytes.writeUInt16LE(count, 1)
  return bytes
}
