// Decoding of Bitcoin blocks on one core, over one real block of 2,500 transactions again and again. Exit 1 when the
// promise is broken: at least 1,000,000 outputs a second, decoded and not hashed. The other rates are for information.
import { hash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { decodeBlock, verifiedTxids } from "../dist/chains/bitcoin/block.js"
import { ownersOn } from "../dist/chains/bitcoin/owner.js"
import { templateOf } from "../dist/chains/bitcoin/script.js"

const PROMISED = 1_000_000
const SECONDS = 3
const data = new URL("../../shared/data/bitcoin/", import.meta.url)

function realBlock() {
  try {
    const name = readdirSync(data).find(file => file.startsWith("mainnet_block_"))
    return new Uint8Array(readFileSync(new URL(name, data)))
  } catch (error) {
    console.error(`bench: a real block is needed in ../shared/data/bitcoin (${error.message})`)
    process.exit(1)
  }
}

const bytes = realBlock()
const dialect = { mweb: false }
const sha256 = input => hash("sha256", input, "buffer")
const sha256d = input => sha256(sha256(input))
const ownerOf = ownersOn("mainnet", sha256)

const block = decodeBlock(bytes, dialect)
const outputs = block.transactions.flatMap(transaction => transaction.outputs)

/** The best of some rounds: what the machine did besides only ever makes a round slower. */
function blocksPerSecond(work) {
  let best = 0
  const until = performance.now() + SECONDS * 1000
  while (performance.now() < until) {
    const began = performance.now()
    let rounds = 0
    while (performance.now() - began < 250) {
      work()
      rounds++
    }
    best = Math.max(best, (rounds * 1000) / (performance.now() - began))
  }
  return best
}

function print(what, rate) {
  const perSecond = Math.round(rate * outputs.length).toLocaleString("en-US")
  const megabytes = ((rate * bytes.length) / 1e6).toFixed(0)
  console.log(`${what}: ${perSecond} outputs/s, ${megabytes} MB/s`)
  return rate * outputs.length
}

console.log(
  `one block: ${bytes.length} bytes, ${block.transactions.length} transactions, ${outputs.length} outputs`,
)
const decoded = print(
  "decoded",
  blocksPerSecond(() => decodeBlock(bytes, dialect)),
)
print(
  "decoded, txids and merkle root verified",
  blocksPerSecond(() => verifiedTxids(decodeBlock(bytes, dialect), sha256d)),
)
print(
  "templates of their scripts",
  blocksPerSecond(() => {
    for (const { script } of outputs) templateOf(script)
  }),
)
print(
  "owners written as addresses",
  blocksPerSecond(() => {
    for (const { script } of outputs) ownerOf(script)
  }),
)
console.log(`promised: ${PROMISED.toLocaleString("en-US")} outputs/s decoded`)
process.exit(decoded >= PROMISED ? 0 : 1)
