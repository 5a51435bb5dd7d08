// What a sweep is measured beside: the same algorithm in C, and the graph and matrix libraries of Debian, each in a process
// of its own that reads the same file and times only its algorithm.
import { spawnSync } from "node:child_process"
import { closeSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const MOST_AT_ONCE = 1 << 30
const reference = name => fileURLToPath(new URL(`reference/${name}`, import.meta.url))

/** The arrays that `reference/sweep.c` names, one after the other. */
export function writeChain(chain, path) {
  const file = openSync(path, "w")
  const counts = BigUint64Array.of(BigInt(chain.txEnd), BigInt(chain.value.length))
  for (const { buffer, byteOffset, byteLength } of [
    counts,
    chain.firstOutput,
    chain.fee,
    chain.value,
    chain.spender,
  ]) {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength)
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(file, bytes, done, Math.min(MOST_AT_ONCE, bytes.length - done))
    }
  }
  closeSync(file)
}

/** @returns the path of the compiled reference; null where there is no C compiler */
export function compile(folder) {
  const program = join(folder, "sweep")
  const done = spawnSync("cc", ["-O3", "-o", program, reference("sweep.c")], { encoding: "utf8" })
  if (done.error?.code === "ENOENT") return null
  if (done.status !== 0) throw new Error(`bench: cc: ${done.stderr}`)
  return program
}

function parse({ status, signal, stdout, stderr, error }, name) {
  if (error?.code === "ETIMEDOUT" || signal !== null) return { missing: "not within its time" }
  if (error || status !== 0) throw new Error(`bench: ${name}: ${error?.message ?? stderr}`)
  const [[ms, kib], ...lines] = stdout
    .trim()
    .split("\n")
    .map(line => line.split(" "))
  return { ms: Number(ms), memory: Number(kib) * 1024, lines }
}

/** @returns time, memory, and for each layer what is held, the fees and the unspent outputs */
export function inC(program, file, rule, thefts, repeats) {
  const args = [file, rule, `${repeats}`, ...thefts.map(({ output, tx }) => `${output}:${tx}`)]
  return parse(spawnSync(program, args, { encoding: "utf8" }), "C")
}

/** Debian's own Python: its packages are not those of another that may come first in PATH. */
const PYTHON = "/usr/bin/python3"

export const LIBRARIES = [
  { name: "graph-tool", module: "graph_tool", script: "reach_graph_tool.py", does: "reach" },
  { name: "igraph", module: "igraph", script: "reach_igraph.py", does: "reach" },
  { name: "scipy", module: "scipy", script: "haircut_scipy.py", does: "haircut in floating point" },
]

export function isInstalled({ module }) {
  return spawnSync(PYTHON, ["-c", `import numpy, ${module}`]).status === 0
}

export function inPython({ name, script }, file, { output, tx }, seconds) {
  const done = spawnSync(PYTHON, [reference(script), file, `${output}:${tx}`], {
    encoding: "utf8",
    timeout: 1000 * seconds,
    killSignal: "SIGKILL",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  })
  return parse(done, name)
}
