// Screening 100,000 addresses against a book of 500,000 labels: rate, memory, and the start of a single screening, beside
// `node -e 0` and the same look-up in plain SQLite, all in one run. Run it on an idle machine; compare ratios, never
// times from two machines. `--addresses N` and `--labels N` change how many.
//
// What is compared with SQLite: two processes from start to end over what is on disk already. Ashiato reads the list,
// checks each address's checksum, recognises its chain, looks up standing and withdrawn labels and look-alikes, looks into
// the bundled cases, and writes an answer for each. `sqlite3` reads the same list into a temporary table and joins it with
// the same labels by an index on the address, and writes a row for each pair. So SQLite does a part of the work: the
// exact look-up. Building both (import with checked addresses; import and create index) is told beside.
//
// Single screenings are measured of an address against the labels, and of a transaction in a ledger of 3 million outputs
// (`--outputs N`; 0 leaves them out) without thefts, and with a theft that was traced before and the clusters of its owners.
//
// A single screening is to start in `node -e 0` plus 0.2 s; a batch to keep below 400 MiB. Exit 1 at twice that start (a busy
// machine wanders so much) or above that memory.
import { spawnSync } from "node:child_process"
import { once } from "node:events"
import {
  closeSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { sha256 } from "@noble/hashes/sha2.js"
import { bech32, createBase58check } from "@scure/base"
import { writeChain } from "./block-files.mjs"

const PROMISED = { start: 0.2, memory: 400 * 2 ** 20 }
const RUNS = 15
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const wanted = option("--addresses", 100_000)
const labelled = option("--labels", 500_000)
const outputs = option("--outputs", 3_000_000)
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "ashiato-screen-"))
const thousands = number => Math.round(number).toLocaleString("en-US")

/** Seeded (SplitMix-like over SHA-256), so that every run has the same addresses. */
function bytesOf(seed, length) {
  return sha256(new TextEncoder().encode(`ashiato bench ${seed}`)).subarray(0, length)
}

const base58check = createBase58check(sha256)
/** A third each: Ethereum, Bitcoin's pay-to-witness-key-hash, Bitcoin's pay-to-key-hash. All valid. */
function addressOf(n) {
  const hash = bytesOf(n, 20)
  if (n % 3 === 0) return ["ethereum", `0x${Buffer.from(hash).toString("hex")}`]
  if (n % 3 === 1) return ["bitcoin", bech32.encode("bc", [0, ...bech32.toWords(hash)])]
  return ["bitcoin", base58check.encode(Uint8Array.of(0, ...hash))]
}

async function write(file, lines) {
  const out = createWriteStream(file)
  let buffer = ""
  for (const line of lines) {
    buffer += `${line}\n`
    if (buffer.length < 1 << 16) continue
    if (!out.write(buffer)) await once(out, "drain")
    buffer = ""
  }
  out.end(buffer)
  await once(out, "close")
}

function* labels() {
  yield "address,network,label,actor,category,confidence,source,licence,seen"
  for (let n = 0; n < labelled; n++) {
    const [network, address] = addressOf(n)
    yield `${address},${network},owner ${n % 5000},actor${n % 5000},${n % 4 ? "exchange" : "user"},web_crawl,https://example.org/${n % 50},CC0,2024-05-01`
  }
}

/** Every second one is labelled, evenly over all labels. */
function* list() {
  for (let n = 0; n < wanted; n++) {
    yield addressOf(n % 2 === 0 ? Math.floor((n * labelled) / wanted) : labelled + n)[1]
  }
}

function run(command, args, output = null) {
  const out = output === null ? "pipe" : openSync(join(folder, output), "w")
  const began = performance.now()
  const done = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", out, "pipe"],
    maxBuffer: 1 << 26,
  })
  const seconds = (performance.now() - began) / 1000
  if (output !== null) closeSync(out)
  if (done.error || done.status !== 0) {
    console.error(`bench: ${command} ${args.join(" ")}: ${done.error?.message ?? done.stderr}`)
    process.exit(1)
  }
  return { seconds, err: done.stderr }
}

const tell = "process.on('exit',()=>process.stderr.write('maxrss '+process.resourceUsage().maxRSS+'\\n'))"
function ashiato(args, output = null) {
  const done = run(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, main, ...args],
    output,
  )
  return { ...done, memory: Number(/maxrss (\d+)/.exec(done.err)?.[1]) * 1024 }
}

/** Medians of commands that are run in turn, so that a machine's moods are shared. */
function medians(commands) {
  const times = commands.map(() => [])
  for (let n = 0; n < RUNS; n++) {
    for (const [at, args] of commands.entries()) times[at].push(run(process.execPath, args, "none").seconds)
  }
  return times.map(own => own.sort((a, b) => a - b)[RUNS >> 1])
}

await write(join(folder, "labels.csv"), labels())
await write(join(folder, "list.txt"), list())
console.log(
  `${thousands(labelled)} labels, a list of ${thousands(wanted)} addresses, every second one labelled`,
)

const imported = ashiato(["labels", "import", "labels.csv", "--labels", "book", "--json"], "imported.json")
console.log(
  `labels imported, addresses checked: ${imported.seconds.toFixed(1)} s, ${thousands(imported.memory / 2 ** 20)} MiB at most`,
)

const batch = ashiato(["screen", "--file", "list.txt", "--labels", "book", "--json"], "answers.json")
const rate = wanted / batch.seconds
console.log(
  `screened: ${thousands(rate)} addresses/s (${batch.seconds.toFixed(2)} s from start to end), ${thousands(batch.memory / 2 ** 20)} MiB at most, ${thousands(statSync(join(folder, "answers.json")).size / 1e6)} MB of answers`,
)
const few = ashiato(["screen", addressOf(0)[1], "--labels", "book", "--json"], "one.json")

const screening = (ref, ...more) => [main, "screen", ref, ...more, "--json"]
const [node, single] = medians([["-e", "0"], screening(addressOf(3)[1], "--labels", "book")])
console.log(
  `a single screening against them: node -e 0 (${node.toFixed(3)} s) plus ${(single - node).toFixed(3)} s (promised: at most ${PROMISED.start}); ${thousands(few.memory / 2 ** 20)} MiB`,
)
const starts = [single - node]

if (outputs > 0) {
  mkdirSync(join(folder, "blocks"))
  const made = writeChain(join(folder, "blocks"), outputs)
  ashiato(["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest", "--ledger", "ledger"])
  const stolen = made.lateTransaction
  writeFileSync(join(folder, "thefts.csv"), `theft,ref\nlate,${stolen}:0\n`)
  const traced = ashiato(
    [...screening(stolen, "--ledger", "ledger", "--thefts", "thefts.csv").slice(1)],
    "first.json",
  )
  const [again, ledger, all] = medians([
    ["-e", "0"],
    screening(stolen, "--ledger", "ledger"),
    screening(stolen, "--ledger", "ledger", "--thefts", "thefts.csv"),
  ])
  starts.push(ledger - again, all - again)
  console.log(
    `a single screening of a transaction in a ledger of ${thousands(made.outputs)} outputs, its owners' clusters looked up: node -e 0 plus ${(ledger - again).toFixed(3)} s; with a theft too plus ${(all - again).toFixed(3)} s (promised: at most ${PROMISED.start}; the first time, traced under all rules, ${traced.seconds.toFixed(1)} s)`,
  )
}

if (spawnSync("sqlite3", ["--version"]).error) {
  console.log("beside plain SQLite: not measured, the command sqlite3 is absent")
} else {
  writeFileSync(
    join(folder, "build.sql"),
    ".mode csv\n.import labels.csv labels\ncreate index by_address on labels(address);\n",
  )
  writeFileSync(
    join(folder, "join.sql"),
    ".mode csv\ncreate temp table list(address text);\n.import list.txt list\nselect list.address, labels.* from list left join labels on labels.address = list.address;\n",
  )
  const built = run("sqlite3", ["labels.db", ".read build.sql"])
  const joined = run("sqlite3", ["labels.db", ".read join.sql"], "joined.csv")
  console.log(
    `beside plain SQLite: built in ${built.seconds.toFixed(1)} s (ashiato: ${(imported.seconds / built.seconds).toFixed(1)} times as long, checking every address); joined in ${joined.seconds.toFixed(2)} s, ${thousands(wanted / joined.seconds)} addresses/s (ashiato: ${(batch.seconds / joined.seconds).toFixed(1)} times as long, for whole answers)`,
  )
}
rmSync(folder, { recursive: true, force: true })

const broken = [
  Math.max(...starts) > 2 * PROMISED.start && "start",
  batch.memory > PROMISED.memory && "memory",
].filter(Boolean)
for (const promise of broken) console.error(`bench: ${promise}: a promise is broken`)
process.exit(broken.length === 0 ? 0 : 1)
