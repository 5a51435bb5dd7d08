// Start-up and the Coincheck trace, as ratios to Node itself, by hyperfine in one run. Exit 1 when a promise of the
// README is broken: `--version` at most 1.3 times `node -e 0`; the trace at most `node -e 0` plus 0.5 s. A neighbour's work
// makes start-ups slower for seconds at a time and never faster: a promise is broken where three runs in a row say so.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const out = join(mkdtempSync(join(tmpdir(), "ashiato-bench-")), "times.json")
const commands = {
  node: "node -e 0",
  version: "node dist/cli/main.js --version",
  trace: "node dist/cli/main.js trace coincheck-2018 --rule all --json",
}
const args = ["-N", "--warmup", "5", "--runs", "40", "--export-json", out, ...Object.values(commands)]

function measured() {
  const done = spawnSync("hyperfine", args, { stdio: ["ignore", "inherit", "inherit"] })
  if (done.error) {
    console.error(`bench: hyperfine is needed (${done.error.message}); install it and run again`)
    process.exit(1)
  }
  if (done.status !== 0) process.exit(1)
  const [node, version, trace] = JSON.parse(readFileSync(out, "utf8")).results.map(result => result.median)
  const ratio = version / node
  const above = trace - node
  console.log(`ashiato --version: ${ratio.toFixed(2)} times node -e 0 (promised: at most 1.3)`)
  console.log(`ashiato trace coincheck-2018: node -e 0 plus ${above.toFixed(3)} s (promised: at most 0.5)`)
  return ratio <= 1.3 && above <= 0.5
}

process.exit(measured() || measured() || measured() ? 0 : 1)
