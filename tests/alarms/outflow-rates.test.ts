import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { WORLDS } from "../../testing/wallets/economy.ts"
import { countOutflows, rowOf } from "./outflow-rates.ts"

/** ASHIATO_SEEDS=20 measures the other table of docs/alarms.md again, in a minute or two. */
const SEEDS = Number(process.env.ASHIATO_SEEDS ?? 2)
const docs = readFileSync(new URL("../../docs/alarms.md", import.meta.url), "utf8")

describe(`false alarms of outflow settings on ${SEEDS} world(s) of ${WORLDS}`, () => {
  it("come as often as docs/alarms.md says", () => {
    const counted = countOutflows(Array.from({ length: SEEDS }, (_, n) => n + 1))
    const rows = counted.map(rowOf)
    if (process.env.ASHIATO_SEEDS !== undefined)
      console.log(counted[0]?.blocksWatched, `\n${rows.join("\n")}`)
    const [, table = ""] = docs.split(`<!-- worlds ${WORLDS}, seeds 1 to ${SEEDS} -->\n`)
    const [, , ...told] = table.split("\n\n", 1).join("").trim().split("\n")
    expect(told).toEqual(rows)
  })
})
