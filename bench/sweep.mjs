// Whole chains swept under haircut, poison and fifo, for 1 and 20 thefts, beside the same algorithm in C and beside
// graph-tool, igraph and scipy, all in one run. Run it on an idle machine; compare ratios, never times from two machines.
//
//   node bench/sweep.mjs [--json] [--large] [--sizes 1,10] [--dist FOLDER]
//
// Sizes are millions of transactions: 1 and 10, and 50 with `--large`, which takes many GiB. Times are the best of several. Exit 1 when
// figures are wrong (those of C, of runs, of workers must be the same, and what is stolen must be all found), or when a ratio
// to C is below a quarter of its target, which no machine explains.
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs"
import { freemem, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { compile, inC, inPython, isInstalled, LIBRARIES, writeChain } from "./sweep-beside.mjs"
import { makeChain, makeThefts } from "./sweep-chain.mjs"
import { cut, runsOf } from "./sweep-runs.mjs"
import { millions, targetsOf } from "./sweep-targets.mjs"

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const isJson = process.argv.includes("--json")
const dist = resolve(option("--dist", fileURLToPath(new URL("../dist", import.meta.url))))
const load = path => import(pathToFileURL(join(dist, path)).href)
const { openSweep } = await load("tracing/sweep/sweep.js")
const { PullSweep } = await load("tracing/sweep/pull-sweep.js")
const { openSweeper } = await load("stores/sweeps/sweepers.js")

const sizes = option("--sizes", process.argv.includes("--large") ? "1,10,50" : "1,10")
  .split(",")
  .map(size => Math.round(1e6 * Number(size)))
const BLOCKS_OF_RUN = 100
/** Python makes a graph of a list of pairs: at 10M transactions that alone takes minutes. */
const MOST_IN_IGRAPH = 2e6
/** Rules that look at the order of lots take a minute on more: there they are swept, and nothing else is measured of them. */
const MOST_FOR_LOTS = 2e7
const rulesAt = size => ["haircut", "poison", ...(size <= MOST_FOR_LOTS ? ["fifo"] : [])]
const PASSED = [["haircut", "poison"]]
const IN_ORDER = ["fifo", "lifo"]
const SECONDS_IN_PYTHON = 120
/** What takes longer is not repeated. */
const MOST_REPEATED_MS = 4000

const say = text => {
  if (!isJson) console.log(text)
}
const wrong = []
const same = (what, one, other) => {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  if (a !== b) wrong.push(`${what}: ${a.slice(0, 200)} and ${b.slice(0, 200)}`)
}
const question = (rule, declared) => ({ rule, fees: "drop", declared })
const memory = () => process.resourceUsage().maxRSS * 1024
const gib = bytes => `${(bytes / 2 ** 30).toFixed(2)} GiB`
const time = ms =>
  ms < 10 ? `${ms.toFixed(2)} ms` : ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`

/** Held and fees for each label, and how many outputs hold something. */
function figuresOf(state) {
  const held = new Map()
  let outputs = 0
  for (const [, lots] of state.pots) {
    let isTraced = false
    for (let at = 0; at < lots.length; at += 2) {
      if (lots[at] === 0) continue
      isTraced = true
      held.set(lots[at], (held.get(lots[at]) ?? 0n) + BigInt(lots[at + 1]))
    }
    if (isTraced) outputs++
  }
  const inOrder = pairs => [...pairs].map(([label, sum]) => [label, `${sum}`]).sort(([a], [b]) => a - b)
  return { held: inOrder(held), fees: inOrder(state.book.sums.fees), outputs }
}

/** Under poison fees are nobody's figure: only some ways of sweeping count them. */
const comparable = (rule, state) => (rule === "poison" ? { ...figuresOf(state), fees: [] } : figuresOf(state))

/** The same in the form of `reference/sweep.c`: of every layer its sums. */
function layersOf({ held, fees, outputs }, rule, thefts) {
  const from = (pairs, layer) =>
    `${pairs.reduce((sum, [label, amount]) => (label > layer ? sum + BigInt(amount) : sum), 0n)}`
  return Array.from({ length: rule === "poison" ? 1 : thefts }, (_, layer) =>
    layer === 0
      ? [from(held, 0), rule === "poison" ? "0" : from(fees, 0), `${outputs}`]
      : [from(held, layer), from(fees, layer)],
  )
}

/** Short work is repeated up to 20 times, long work not at all. */
function best(work) {
  let ms = Number.POSITIVE_INFINITY
  let result = null
  let repeats = 0
  for (
    const start = performance.now();
    repeats < 20 && performance.now() - start < MOST_REPEATED_MS;
    repeats++
  ) {
    const began = performance.now()
    result = work()
    ms = Math.min(ms, performance.now() - began)
  }
  return { ms, result, repeats }
}

function swept(rule, declared, runs) {
  const sweep = openSweep(question(rule, declared))
  for (const run of runs) sweep.run(run)
  return sweep
}

const stolen = (chain, declared) =>
  declared.reduce((sum, { output }) => sum + BigInt(chain.value[output]), 0n)

/** All rules for so many thefts, beside C. */
function sweeps(chain, file, program, declared) {
  const rows = []
  for (const rule of ["haircut", "poison", "fifo"]) {
    const { ms, result, repeats } = best(() => swept(rule, declared, [chain]))
    const figures = figuresOf(result.state())
    const row = {
      rule,
      thefts: declared.length,
      ms,
      nsOfOutput: (1e6 * ms) / chain.value.length,
      labels: result.book.labels.count - 1,
    }
    row.memory = memory()
    if (rule !== "poison") {
      const found = [...figures.held, ...figures.fees].reduce((sum, [, amount]) => sum + BigInt(amount), 0n)
      same(`${rule}, ${declared.length} thefts: stolen and found`, `${stolen(chain, declared)}`, `${found}`)
    }
    if (program !== null && rule !== "fifo") {
      const c = inC(program, file, rule, declared, repeats)
      const own = layersOf(figures, rule, declared.length)
      same(
        `${rule}, ${declared.length} thefts, ${chain.txEnd} transactions: ours and C's`,
        own,
        c.lines.map((line, layer) => line.slice(0, own[layer].length)),
      )
      row.c = { ms: c.ms, memory: c.memory, ratio: c.ms / ms }
    }
    rows.push(row)
    const beside = row.c ? `; C ${time(row.c.ms)}, ratio ${row.c.ratio.toFixed(2)}, ${gib(row.c.memory)}` : ""
    say(
      `  ${rule.padEnd(8)}${`${declared.length}`.padStart(3)} thefts ${time(ms).padStart(8)}  ${row.nsOfOutput.toFixed(2).padStart(7)} ns an output  ${gib(row.memory)}${beside}`,
    )
  }
  return rows
}

function total(column) {
  let sum = 0
  for (let at = 0; at < column.length; at++) sum += column[at]
  return sum
}

/** What reading the columns takes that fifo looks at: from the file system, and from memory. */
function reading(chain, file) {
  const columns = [
    chain.firstOutput,
    chain.fee,
    chain.value,
    chain.spender,
    chain.fate,
    chain.firstInput,
    chain.spent,
  ]
  const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const { ms: inMemory } = best(() => columns.map(total))
  const into = new Uint8Array(bytes)
  const { ms: fromFile } = best(() => {
    const at = openSync(file, "r")
    for (let done = 0; done < bytes; ) {
      const read = readSync(at, into, done, Math.min(1 << 26, bytes - done), null)
      done += read
      // The file has not quite as many bytes as all columns have: from the start again.
      if (read === 0) done += readSync(at, into, done, Math.min(1 << 26, bytes - done), 0)
    }
    closeSync(at)
  })
  return { bytes, inMemory, fromFile }
}

/** Two rules, one after the other in one thread and each in a thread of its own; opening threads is not counted. */
async function workers(chain, rules, declared) {
  const once = async together => {
    const sweepers = await Promise.all(rules.map(rule => openSweeper(question(rule, declared), null, 1)))
    const began = performance.now()
    if (together) await Promise.all(sweepers.map(sweeper => sweeper.run(chain)))
    else for (const sweeper of sweepers) await sweeper.run(chain)
    const ms = performance.now() - began
    const states = await Promise.all(sweepers.map(sweeper => sweeper.finish()))
    await Promise.all(sweepers.map(sweeper => sweeper.close()))
    return { ms, figures: states.map((state, at) => comparable(rules[at], state)) }
  }
  let [apart, together] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const figures = rules.map(rule => comparable(rule, swept(rule, declared, [chain]).state()))
  for (let repeat = 0; repeat < 3; repeat++) {
    for (const isTogether of [false, true]) {
      const done = await once(isTogether)
      same(`${rules} in threads`, done.figures, figures)
      if (isTogether) together = Math.min(together, done.ms)
      else apart = Math.min(apart, done.ms)
    }
  }
  return { rules, apart, together, gain: apart / together }
}

/** Haircut with a layer for each theft: all in one thread, and spread over two. */
async function layers(chain, declared) {
  const once = async threads => {
    const sweeper = await openSweeper(question("haircut", declared), null, threads)
    const began = performance.now()
    await sweeper.run(chain)
    const ms = performance.now() - began
    const figures = figuresOf(await sweeper.finish())
    await sweeper.close()
    return { ms, figures }
  }
  let [apart, together] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let repeat = 0; repeat < 2; repeat++) {
    const [one, two] = [await once(1), await once(2)]
    same("haircut's layers on two threads", two.figures, one.figures)
    apart = Math.min(apart, one.ms)
    together = Math.min(together, two.ms)
  }
  return { thefts: declared.length, apart, together, gain: apart / together }
}

function streaming(chain, rule, declared) {
  const whole = best(() => swept(rule, declared, [chain]))
  const cutting = best(() => [...runsOf(chain, BLOCKS_OF_RUN)])
  const runs = best(() => swept(rule, declared, cutting.result))
  same(`${rule} in runs`, comparable(rule, runs.result.state()), comparable(rule, whole.result.state()))
  return { rule, whole: whole.ms, runs: runs.ms, cutting: cutting.ms, ratio: whole.ms / runs.ms }
}

/** The last blocks, one by one; the first few warm the program up. */
function blockByBlock(chain, rule, declared) {
  const blocks = chain.blockFirstTx.length - 2
  const [count, warmUp] = [30, 10]
  const before = swept(rule, declared, [cut(chain, 0, blocks - count)])
  const pull = new PullSweep(question(rule, declared), before.state())
  const times = []
  for (let block = blocks - count; block < blocks; block++) {
    const run = cut(chain, block, block + 1)
    const began = performance.now()
    pull.runBlock(run)
    times.push(performance.now() - began)
  }
  same(
    `${rule} block by block`,
    comparable(rule, pull.state()),
    comparable(rule, swept(rule, declared, [cut(chain, 0, blocks)]).state()),
  )
  const warm = times.slice(warmUp).sort((a, b) => a - b)
  return { rule, thefts: declared.length, median: warm[warm.length >> 1], most: warm.at(-1) }
}

const libraries = LIBRARIES.map(library => ({ ...library, installed: isInstalled(library) }))

function beside(chain, file, theft) {
  const rows = []
  for (const library of libraries) {
    const row = { name: library.name, does: library.does }
    rows.push(row)
    if (!library.installed) row.missing = "not installed"
    else if (library.name === "igraph" && chain.txEnd > MOST_IN_IGRAPH)
      row.missing = "not tried: it makes its graph from a list in Python"
    else Object.assign(row, inPython(library, file, theft, SECONDS_IN_PYTHON))
    say(
      `  ${row.name} (${row.does}): ${row.missing ?? `${time(row.ms)}, ${gib(row.memory)}, says ${row.lines[0][0]}`}`,
    )
  }
  return rows
}

/** What the libraries say, against the sweeps: how many transactions are reached, and what is held within their error. */
function checkLibraries(rows, chain, declared) {
  const [{ output }] = declared
  const reached = new Uint8Array(chain.txEnd)
  reached[chain.spender[output]] = 1
  let count = 0
  for (let tx = 0; tx < chain.txEnd; tx++) {
    if (reached[tx] === 0) continue
    count++
    for (let made = chain.firstOutput[tx]; made < chain.firstOutput[tx + 1]; made++) {
      if (chain.value[made] > 0 && chain.spender[made] < chain.txEnd) reached[chain.spender[made]] = 1
    }
  }
  const held = Number(layersOf(figuresOf(swept("haircut", declared, [chain]).state()), "haircut", 1)[0][0])
  for (const { name, does, lines } of rows) {
    if (lines === undefined) continue
    const told = Number(lines[0][0])
    if (does === "reach") same(`${name}: transactions reached`, told, count)
    // Each of the millions of roundings of the exact formula is up to 1; those of floating point are nothing.
    else if (Math.abs(told - held) > 1e-3 * held) wrong.push(`${name}: held ${told} and ours ${held}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), "ashiato-sweep-"))
const results = []
try {
  const program = compile(folder)
  if (program === null) say("beside C: not measured, there is no cc")
  for (const size of sizes) {
    const chain = makeChain(size)
    const file = join(folder, "chain.bin")
    writeChain(chain, file)
    const twenty = makeThefts(chain, 20)
    const one = makeThefts(chain, 1)
    say(
      `${millions(size)} transactions, ${millions(chain.value.length)} outputs, ${millions(chain.spent.length)} inputs; the chain is made at ${gib(memory())}`,
    )
    const result = { transactions: size, outputs: chain.value.length, rows: [] }
    results.push(result)
    result.rows.push(...sweeps(chain, file, program, one))
    // A layer keeps a number for each transaction.
    const needed = 20 * 8 * size
    if (needed < 0.6 * freemem()) result.rows.push(...sweeps(chain, file, program, twenty))
    else say(`  20 thefts: not measured, haircut alone would take ${gib(needed)} more`)
    result.reading = reading(chain, file)
    say(
      `  reading the columns, ${gib(result.reading.bytes)}: ${time(result.reading.inMemory)} in memory, ${time(result.reading.fromFile)} from files that are cached`,
    )
    if (size <= 1e7) {
      result.beside = beside(chain, file, one[0])
      checkLibraries(result.beside, chain, one)
      result.workers = []
      for (const rules of size <= MOST_FOR_LOTS ? [...PASSED, IN_ORDER] : PASSED) {
        const row = await workers(chain, rules, one)
        result.workers.push(row)
        say(
          `  ${rules.join(" and ")}: ${time(row.apart)} one after the other, ${time(row.together)} on two threads, ${row.gain.toFixed(2)} times`,
        )
      }
    }
    if (needed < 0.3 * freemem()) {
      const row = await layers(chain, twenty)
      result.layers = row
      say(
        `  haircut, ${row.thefts} thefts: ${time(row.apart)} in one thread, ${time(row.together)} with its layers on two, ${row.gain.toFixed(2)} times`,
      )
    }
    result.streaming = rulesAt(size).map(rule => streaming(chain, rule, one))
    for (const row of result.streaming) {
      say(
        `  ${row.rule} in runs of ${BLOCKS_OF_RUN} blocks: ${time(row.runs)} (${row.ratio.toFixed(2)} of the speed in memory, ${time(row.whole)}); cutting them ${time(row.cutting)}`,
      )
    }
    result.blocks = [
      ...rulesAt(size).map(rule => blockByBlock(chain, rule, one)),
      blockByBlock(chain, "poison", twenty),
    ]
    for (const row of result.blocks) {
      say(
        `  a block of 3,000, ${row.rule}, ${row.thefts} thefts: ${time(row.median)} (median of 20, warm), ${time(row.most)} at most`,
      )
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const targets = targetsOf(results)
say("targets:")
for (const { what, wanted, value, atLeast, met } of targets) {
  if (met === null) say(`  not measured: ${what}`)
  else {
    const off = atLeast ? value / wanted : wanted / value
    say(
      `  ${met ? "met   " : "missed"} ${what}: ${value.toFixed(2)} (${atLeast ? "at least" : "at most"} ${wanted.toFixed(2)}; ${off.toFixed(2)} of it)`,
    )
  }
}
const regressions = results.flatMap(({ transactions, rows }) =>
  rows
    .filter(
      ({ rule, thefts, c }) =>
        transactions >= 1e6 && rule === "haircut" && thefts === 1 && c?.ratio < 0.5 / 4,
    )
    .map(({ rule, c }) => `${rule} at ${millions(transactions)}: ${c.ratio.toFixed(2)} of C's speed`),
)
for (const text of wrong) console.error(`bench: wrong figures: ${text}`)
for (const text of regressions) console.error(`bench: a gross regression: ${text}`)
if (isJson) console.log(JSON.stringify({ results, targets, wrong, regressions }, null, 2))
process.exit(wrong.length + regressions.length === 0 ? 0 : 1)
