import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { readCurrent } from "../../src/stores/columns/current.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { ashiato } from "../cli/run-cli.ts"

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))
const GENERATOR = new URL("../../bench/block-files.mjs", import.meta.url).href
const OUTPUTS = 1_000_000
const KILLS = 8

const ingest = (ledger: string) => [
  "ingest",
  "bitcoin",
  "--blocks",
  "blocks",
  "--network",
  "regtest",
  "--ledger",
  ledger,
]

/** The checksums of all published columns: two ledgers that have them alike are alike to the byte. */
function columnsOf(folder: string, ledger: string): unknown {
  const { generation } = readCurrent(join(folder, ledger)) ?? {}
  const file = join(folder, ledger, "columns", `${generation}`, "manifest.json")
  return JSON.parse(readFileSync(file, "utf8")).columns
}

it(`killed ${KILLS} times while it stores, a ledger opens at its last whole block, goes on, and ends the same`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "ashiato-kill-"))
  mkdirSync(join(folder, "blocks"))
  const script = `import { writeChain } from ${JSON.stringify(GENERATOR)}; writeChain("blocks", ${OUTPUTS})`
  spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, stdio: "inherit" })

  const began = performance.now()
  expect(ashiato(ingest("whole"), folder)).toMatchObject({ code: 0, err: "" })
  const lasts = performance.now() - began

  const dice = new Dice(Number(process.env.ASHIATO_SEED ?? 1))
  const heights: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [MAIN, ...ingest("killed")], { cwd: folder, stdio: "ignore" })
    const ended = new Promise<void>(resolve => {
      child.once("exit", () => resolve())
    })
    await sleep(lasts * (0.05 + 0.6 * dice.roll()))
    child.kill("SIGKILL")
    await ended
    const { code, out, err } = ashiato(["ledger", "info", "--json", "--ledger", "killed"], folder)
    // Killed before anything was there, it has made no ledger, or an empty one.
    if (code !== 0) {
      expect(err).toContain("there is no ledger")
      continue
    }
    heights.push(JSON.parse(out).horizon?.height ?? -1)
  }
  expect(heights).toEqual([...heights].sort((a, b) => a - b))
  expect(ashiato(ingest("killed"), folder)).toMatchObject({ code: 0, err: "" })
  const verified = ashiato(["ledger", "verify", "--ledger", "killed"], folder)
  expect(verified.out).toContain("Holds together")
  expect(columnsOf(folder, "killed")).toEqual(columnsOf(folder, "whole"))
  // A run that was killed too early each time would have shown nothing.
  expect(Math.max(...heights)).toBeGreaterThan(0)
}, 1_200_000)
