import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { openColumns } from "../../src/stores/columns/columns.ts"
import { verifyColumns } from "../../src/stores/columns/verify-columns.ts"
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

/** The checksums of all columns in one piece: two ledgers that have them alike are alike to the byte. */
function columnsOf(folder: string, ledger: string): unknown {
  expect(ashiato(["ledger", "publish", "--ledger", ledger], folder)).toMatchObject({ code: 0 })
  const columns = openColumns(join(folder, ledger), 0)
  columns.close()
  const { segments = [] } = columns.manifest
  expect(segments).toHaveLength(1)
  return segments[0]?.columns
}

function madeChain(outputs: number): string {
  const folder = mkdtempSync(join(tmpdir(), "ashiato-kill-"))
  mkdirSync(join(folder, "blocks"))
  const script = `import { writeChain } from ${JSON.stringify(GENERATOR)}; writeChain("blocks", ${outputs})`
  spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, stdio: "inherit" })
  return folder
}

/** Runs the program and kills it after so long; whether it had ended by itself. */
async function killedAfter(milliseconds: number, args: readonly string[], folder: string): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: "ignore" })
  const ended = new Promise<void>(resolve => {
    child.once("exit", () => resolve())
  })
  await sleep(milliseconds)
  const isOver = child.exitCode !== null
  child.kill("SIGKILL")
  await ended
  return isOver
}

it(`killed ${KILLS} times while it stores, a ledger opens at its last whole block, goes on, and ends the same`, async () => {
  const folder = madeChain(OUTPUTS)

  const began = performance.now()
  expect(ashiato(ingest("whole"), folder)).toMatchObject({ code: 0, err: "" })
  const lasts = performance.now() - began

  const dice = new Dice(Number(process.env.ASHIATO_SEED ?? 1))
  const heights: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    await killedAfter(lasts * (0.05 + 0.6 * dice.roll()), ingest("killed"), folder)
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

it(`killed ${KILLS} times while it adds a few blocks at a time, segments are whole after each, and end the same`, async () => {
  const folder = madeChain(250_000)
  const upTo = (ledger: string, height: number) => [...ingest(ledger), "--to-height", `${height}`]
  const begin = 100
  expect(ashiato(upTo("killed", begin), folder)).toMatchObject({ code: 0, err: "" })
  const dice = new Dice(Number(process.env.ASHIATO_SEED ?? 1))
  let height = begin + 1
  const began = performance.now()
  expect(ashiato(upTo("killed", height), folder)).toMatchObject({ code: 0, err: "" })
  let lasts = performance.now() - began
  const seen = { killed: 0, segments: 0 }
  for (let turn = 0; seen.killed < KILLS; turn++) {
    expect(turn).toBeLessThan(20 * KILLS)
    height++
    // Later and later, until it ends by itself; then sooner again: most of the time goes into starting.
    const isOver = await killedAfter(lasts * (0.5 + 0.5 * dice.roll()), upTo("killed", height), folder)
    lasts *= isOver ? 0.9 : 1.1
    if (!isOver) seen.killed++
    const columns = openColumns(join(folder, "killed"))
    for (const _ of verifyColumns(columns));
    const { segments = [], horizon } = columns.manifest
    columns.close()
    expect(horizon.height).toBeGreaterThanOrEqual(begin)
    seen.segments = Math.max(seen.segments, segments.length)
  }
  expect(seen.segments).toBeGreaterThan(1)
  expect(ashiato(upTo("killed", height + 1), folder)).toMatchObject({ code: 0, err: "" })
  expect(ashiato(["ledger", "verify", "--ledger", "killed"], folder).out).toContain("Holds together")
  // What was left half done is gone: folders of the current set and of its segments, and nothing else.
  const current = openColumns(join(folder, "killed"), 0)
  current.close()
  const named = new Set(current.manifest.segments?.map(({ generation }) => `${generation}`))
  const folders = readdirSync(join(folder, "killed", "columns")).filter(name => name !== "current")
  expect(folders.filter(name => !named.has(name)).length).toBeLessThanOrEqual(1)
  expect(ashiato(upTo("whole", height + 1), folder)).toMatchObject({ code: 0, err: "" })
  expect(columnsOf(folder, "killed")).toEqual(columnsOf(folder, "whole"))
}, 1_200_000)
