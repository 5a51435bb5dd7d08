// The decoders on damaged real blocks, damaged answers and noise, a million cases of each kind (or as many as the first
// argument says): an error, never a crash, a hang or memory without bound. Prints how long it took.
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const cases = process.argv[2] ?? "1000000"
const root = fileURLToPath(new URL("..", import.meta.url))
const suites = [
  "tests/chains/bitcoin/block.fuzz.ts",
  "tests/chains/ethereum/ethereum.fuzz.ts",
  "tests/readers/blocks/folder.fuzz.ts",
]
for (const suite of suites) {
  const began = performance.now()
  const done = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", "fuzz", suite],
    {
      cwd: root,
      env: { ...process.env, ASHIATO_SEEDS: cases },
      stdio: "inherit",
    },
  )
  console.log(`${suite}: ${cases} cases of each kind in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  if (done.status !== 0) process.exit(1)
}
