// Block files into a ledger: how fast they are decoded on one core beside bitcoinjs-lib and @scure/btc-signer, and how
// fast they are stored verified (ids, merkle roots, work, every input's output, sums), with the most memory that took.
// `--outputs N` makes a longer chain. The targets (1,000,000 outputs a second decoded on one core, 300,000 stored on two) are
// of an idle machine of two cores, and whether they were met is printed. Exit 1 when what holds on any machine is
// broken: decoding at least 1.5 times as fast as bitcoinjs-lib, storing at least 0.3 times as fast as bitcoinjs-lib decodes (3.4 and
// 0.9 when quiet; a busy machine has shown 1.8 and 0.4, since each is measured at another moment), less
// than 2 GiB.
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { RawTx } from "@scure/btc-signer/script.js"
import { Block } from "bitcoinjs-lib"
import { decodeBlock } from "../dist/chains/bitcoin/block.js"
import { columnsOf } from "../dist/chains/bitcoin/decode-columns.js"
import { NODE_HASHES } from "../dist/readers/decoding/node-hashes.js"
import { writeChain } from "./block-files.mjs"

const TARGETS = { decoded: 1_000_000, stored: 300_000 }
const PROMISED = { decoded: 1.5, stored: 0.3, memory: 2 * 2 ** 30 }
const at = process.argv.indexOf("--outputs")
const wanted = at < 0 ? 3_000_000 : Number(process.argv[at + 1])
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "ashiato-ingest-"))
const thousands = number => Math.round(number).toLocaleString("en-US")

mkdirSync(join(folder, "blocks"))
const made = writeChain(join(folder, "blocks"), wanted)
console.log(
  `a made chain: ${thousands(made.blocks)} blocks, ${thousands(made.transactions)} transactions, ${thousands(made.outputs)} outputs, ${thousands(made.inputs)} inputs, ${thousands(made.bytes / 1e6)} MB`,
)

/** The last blocks of a file, up to 32 MB of them: those of a grown chain. */
function someBlocks() {
  const file = readFileSync(join(folder, "blocks", readdirSync(join(folder, "blocks")).sort().at(-1)))
  const blocks = []
  for (let from = 0; from < file.length; ) {
    const size = file.readUInt32LE(from + 4)
    blocks.push(new Uint8Array(file.subarray(from + 8, from + 8 + size)))
    from += 8 + size
  }
  let bytes = 0
  return blocks.reverse().filter(block => {
    bytes += block.length
    return bytes <= 32e6
  })
}

function outputsPerSecond(outputs, work) {
  let best = 0
  for (let round = 0; round < 3; round++) {
    const began = performance.now()
    work()
    best = Math.max(best, (outputs * 1000) / (performance.now() - began))
  }
  return best
}

const blocks = someBlocks()
const dialect = { mweb: false }
// What is decoded is let go, as ingesting does it: to hold on to all of it would measure the collector's copying.
const outputs = blocks.reduce((sum, block) => {
  for (const { outputs } of decodeBlock(block, dialect).transactions) sum += outputs.length
  return sum
}, 0)
const buffers = blocks.map(block => Buffer.from(block))
const transactionsOf = block => decodeBlock(block, dialect).transactions.map(({ bytes }) => bytes)

const rates = {
  "ashiato, decoded": outputsPerSecond(outputs, () => {
    for (const block of blocks) decodeBlock(block, dialect)
  }),
  "ashiato, into columns with txids, merkle root and work checked": outputsPerSecond(outputs, () => {
    for (const block of blocks) columnsOf([block], 1, "regtest", NODE_HASHES, () => {})
  }),
  "bitcoinjs-lib, decoded": outputsPerSecond(outputs, () => {
    for (const block of buffers) Block.fromBuffer(block)
  }),
  "@scure/btc-signer, decoded (our decoding of where transactions are included)": outputsPerSecond(
    outputs,
    () => {
      for (const block of blocks) for (const transaction of transactionsOf(block)) RawTx.decode(transaction)
    },
  ),
}
const own = rates["ashiato, decoded"]
for (const [who, rate] of Object.entries(rates)) {
  console.log(
    `${who}: ${thousands(rate)} outputs/s (ashiato decodes ${(own / rate).toFixed(1)} times as many)`,
  )
}

/** Runs the program and gives its wall time and the most memory that it held. */
function run(args) {
  const tell = "process.on('exit',()=>process.stderr.write('maxrss '+process.resourceUsage().maxRSS+'\\n'))"
  const began = performance.now()
  const done = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, main, ...args],
    {
      cwd: folder,
      encoding: "utf8",
    },
  )
  const seconds = (performance.now() - began) / 1000
  if (done.status !== 0) {
    console.error(done.stderr)
    process.exit(1)
  }
  const kilobytes = Math.max(...[...done.stderr.matchAll(/maxrss (\d+)/g)].map(match => Number(match[1])))
  return { seconds, memory: kilobytes * 1024, out: done.stdout }
}

function sizeOf(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
}

const stored = run(["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest", "--json"])
const { storing, publishing } = JSON.parse(stored.out).seconds
const rate = made.outputs / storing
const database = statSync(join(folder, "ashiato.ledger", "ledger.duckdb")).size
const columns = sizeOf(join(folder, "ashiato.ledger", "columns"))
console.log(
  `stored verified: ${thousands(rate)} outputs/s (${storing.toFixed(1)} s); columns published in ${publishing.toFixed(1)} s; ${stored.seconds.toFixed(1)} s in all`,
)
console.log(
  `memory: ${thousands(stored.memory / 2 ** 20)} MiB at most; on disk ${(database / made.outputs).toFixed(0)} bytes an output, and ${(columns / made.outputs).toFixed(0)} in columns`,
)
rmSync(folder, { recursive: true, force: true })

const peer = rates["bitcoinjs-lib, decoded"]
const met = (found, target) =>
  `${thousands(found)} of ${thousands(target)} outputs/s: ${found >= target ? "met" : "missed"}`
console.log(`targets: decoded ${met(own, TARGETS.decoded)}; stored ${met(rate, TARGETS.stored)}`)
console.log(
  `ratios to bitcoinjs-lib's decoding: decoded ${(own / peer).toFixed(2)} (promised: at least ${PROMISED.decoded}), stored ${(rate / peer).toFixed(2)} (at least ${PROMISED.stored})`,
)
const broken = [
  own / peer < PROMISED.decoded && "decoded",
  rate / peer < PROMISED.stored && "stored",
  stored.memory >= PROMISED.memory && "memory",
].filter(Boolean)
for (const promise of broken) console.error(`bench: ${promise}: a promise is broken`)
process.exit(broken.length === 0 ? 0 : 1)
