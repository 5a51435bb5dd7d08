import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { SweepDocument } from "../../src/contracts/sweep.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import { addressOf, mineChain } from "../../testing/explorers/mined-chain.ts"
import { makeBitcoinLedger } from "../../testing/generator/bitcoin-ledger.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { GENESIS } from "../readers/blocks/made-chain.ts"
import { records, writeFolder } from "../readers/blocks/written-folder.ts"
import { ashiato, newFolder } from "./run-cli.ts"

/** A ledger of a small made chain, three thefts on it and a service. */
function stage(seed: number): { readonly folder: string; readonly blocks: number } {
  const ledger = makeBitcoinLedger(new Dice(seed))
  const chain = mineChain(ledger, undefined, GENESIS.regtest)
  const names = [...new Set(ledger.outputs.map(({ txid }) => txid))].filter(name => name !== "genesis")
  const ref = (at: number): string => `${chain.txidOf(names[Math.floor(at * names.length)] as string)}:0`
  const thefts = `theft,ref\na,${ref(0)}\nb,${ref(0.2)}\nb,${ref(0.3)}\nc,${ref(0.5)}\n`
  const folder = newFolder({
    "thefts.csv": thefts,
    "services.csv": `address,service\n${addressOf("adr1")},an exchange\n`,
  })
  mkdirSync(join(folder, "blocks"))
  writeFolder(join(folder, "blocks"), { files: { 0: records(chain.blocks.map(({ bytes }) => bytes)) } })
  const ingested = ashiato(["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest"], folder)
  expect(ingested).toMatchObject({ code: 0, err: "" })
  return { folder, blocks: chain.blocks.length }
}

const QUESTION = ["--thefts", "thefts.csv", "--services", "services.csv", "--json"]

function sweep(folder: string, ...more: string[]): SweepDocument {
  const { code, out, err } = ashiato(["sweep", ...QUESTION, ...more], folder)
  expect(err).toBe("")
  expect(code).toBe(0)
  return JSON.parse(out)
}

function trace(folder: string, ...more: string[]): TraceDocument {
  const { out } = ashiato(["trace", ...QUESTION, ...more], folder)
  return JSON.parse(out)
}

/** What both say: figures, holdings and arrivals of each rule. */
function figures({ answers }: Pick<SweepDocument, "answers">): unknown {
  return answers.map(({ asset, thefts, rules }) => {
    const own = Object.entries(rules).map(([rule, answer]) => {
      const arrivals = answer.arrivals.map(({ stoppedBy, ...arrival }) => arrival)
      return [
        rule,
        { ...answer, arrivals: arrivals.map(arrival => JSON.stringify(arrival)).sort(), flows: [] },
      ]
    })
    return { asset, thefts, rules: Object.fromEntries(own) }
  })
}

describe("ashiato sweep", () => {
  it.each([3, 11, 14])("says what trace says, of a whole ledger and up to a block, made chain %d", seed => {
    const { folder, blocks } = stage(seed)
    for (const more of [[], ["--fees", "follow"], ["--to-height", `${Math.floor(blocks / 2)}`]]) {
      const swept = sweep(folder, ...more, "--list", "100000")
      expect(figures(swept)).toEqual(figures(trace(folder, ...more)))
      const streamed = sweep(folder, ...more, "--list", "100000", "--run", "1", "--fresh", "--threads", "1")
      expect(figures(streamed)).toEqual(figures(swept))
    }
    // Haircut by itself: its layers are spread over the threads.
    for (const more of [[], ["--fees", "follow"], ["--fees", "follow", "--run", "3"]]) {
      const asked = ["--rule", "haircut", "--list", "100000", "--fresh", ...more]
      const [one, three] = ["1", "3"].map(threads => sweep(folder, ...asked, "--threads", threads))
      expect(figures(three as SweepDocument)).toEqual(figures(one as SweepDocument))
    }
  })

  it("goes on from where it stood, and begins anew where that is no longer the chain's or not whole", () => {
    const { folder, blocks } = stage(5)
    const half = Math.floor(blocks / 2)
    expect(sweep(folder, "--to-height", `${half}`).resumedFrom.fifo).toBeNull()
    const further = sweep(folder)
    expect(further.resumedFrom).toMatchObject({ fifo: half, haircut: half, poison: half })
    const { resumedFrom, ...answer } = further
    const { resumedFrom: none, ...fresh } = sweep(folder, "--fresh")
    expect(answer).toEqual(fresh)
    expect(Object.values(none)).toEqual(Object.values(none).map(() => null))

    const [key] = readdirSync(join(folder, "ashiato.ledger", "sweeps"))
    const file = join(folder, "ashiato.ledger", "sweeps", key as string, "fifo.sweep")
    const bytes = readFileSync(file)
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
    writeFileSync(file, bytes)
    const { code, err } = ashiato(["sweep", ...QUESTION], folder)
    expect(code).toBe(2)
    expect(err).toMatch(/fifo\.sweep.*not whole/)
    expect(err.trim().split("\n")).toHaveLength(1)
  })

  it("prints figures for a person, in both languages, and refuses what it cannot do in one line", () => {
    const { folder } = stage(7)
    const text = ashiato(["sweep", "--thefts", "thefts.csv"], folder).out
    expect(text).toMatch(/Reconciles to the last unit/)
    expect(text).toMatch(/fifo: \d+ holding/)
    expect(ashiato(["sweep", "--thefts", "thefts.csv", "--lang", "ja"], folder).out).toMatch(/全体の数/)
    const refused = (...args: string[]) => ashiato(["sweep", ...args], folder)
    expect(refused()).toMatchObject({ code: 2, err: expect.stringMatching(/--thefts FILE/) })
    expect(refused("--thefts", "none.csv").code).toBe(2)
    expect(refused("--thefts", "thefts.csv", "--ledger", "nowhere").code).toBe(2)
    expect(refused("--thefts", "thefts.csv", "--rule", "fifa").code).toBe(2)
  })
})
