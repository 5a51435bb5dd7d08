import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { AccountSweepLedger } from "../../../src/stores/account-ledger/account-sweep-ledger.ts"
import { type Columns, openColumns } from "../../../src/stores/columns/columns.ts"
import { loadAccountSweep, saveAccountSweep } from "../../../src/stores/sweeps/account-sweep-file.ts"
import { AccountSweep } from "../../../src/tracing/sweep/account-sweep.ts"
import { Problem } from "../../../src/units/problem.ts"
import {
  accountRowsOf,
  blocksOf,
  published,
  removeFolders,
  scenarioWithHeights,
  transfersOf,
} from "./made.ts"

const opened: Columns[] = []
afterAll(() => {
  for (const columns of opened) columns.close()
  removeFolders()
})

async function ledgerOf(seed: number, rename = (name: string) => name) {
  const scenario = scenarioWithHeights(seed)
  const rows = accountRowsOf(transfersOf(scenario)).map(row => ({
    ...row,
    from: row.from === null ? null : rename(row.from),
    to: row.to === null || row.to === "?" ? row.to : rename(row.to),
  }))
  const { connection, folder } = await published(blocksOf(rows))
  connection.closeSync()
  const columns = openColumns(folder)
  opened.push(columns)
  return { scenario, folder, ledger: new AccountSweepLedger(columns, null) }
}

/** A swept ledger whose state has something of everything. */
async function swept() {
  for (let seed = 1; ; seed++) {
    const { scenario, folder, ledger } = await ledgerOf(seed)
    const { services, fees } = scenario.conditions
    const serviceOf = (address: string) => services.get(address) ?? null
    const { declared } = ledger.declared(scenario.thefts)
    const sweep = new AccountSweep({ rule: "haircut", fees, declared, serviceOf }, ledger)
    for (const run of ledger.runs(null, 10)) sweep.run(run)
    const state = sweep.state()
    const { pots, arrivals, unknowns, openings, labels } = state
    if ([pots, arrivals, unknowns, openings].every(all => all.length > 0) && labels.length > 2)
      return { seed, folder, ledger, state }
  }
}

const sorted = ({ pots, ...rest }: Awaited<ReturnType<typeof swept>>["state"]) => {
  return { ...rest, pots: pots.toSorted(([a], [b]) => a - b) }
}

describe("a kept sweep of an account chain", () => {
  it("comes back as it was, is refused where a byte of it is another, and is of no use to another ledger", async () => {
    const { seed, folder, ledger, state } = await swept()
    const file = join(folder, "sweeps", "own", "haircut.sweep")
    expect(loadAccountSweep(file, ledger)).toBeNull()
    const horizon = ledger.horizon
    if (horizon === null) throw new Error("no blocks")
    saveAccountSweep(file, { horizon, state }, ledger)
    const loaded = loadAccountSweep(file, ledger)
    expect(loaded?.horizon).toEqual(horizon)
    expect(loaded && sorted(loaded.state)).toEqual(sorted(state))

    const bytes = readFileSync(file)
    const refused = (changed: Uint8Array) => {
      writeFileSync(file, changed)
      try {
        loadAccountSweep(file, ledger)
      } catch (error) {
        return error instanceof Problem ? error.code : error
      }
      return "taken"
    }
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      expect(refused(changed), `byte ${at}`).toBe("ledger-damaged")
    }
    for (const length of [0, 1, 40, bytes.length - 1]) {
      expect(refused(bytes.subarray(0, length)), `${length} bytes`).toBe("ledger-damaged")
    }

    writeFileSync(file, bytes)
    const { ledger: renamed } = await ledgerOf(seed, name => `${name}-too`)
    expect(loadAccountSweep(file, renamed)).toBeNull()
  })
})
