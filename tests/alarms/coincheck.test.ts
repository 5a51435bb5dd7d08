import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { AlarmWatch } from "../../src/alarms/alarm-watch.ts"
import type { AlarmNotice } from "../../src/contracts/alarm.ts"
import type { BlockMoves, Move } from "../../src/ports/block-moves.ts"
import { readAlarmsFile } from "../../src/readers/alarms-file.ts"
import { loadCase } from "../../src/readers/case-file.ts"
import { parseInstant, type Time } from "../../src/units/time.ts"

const { caseFile } = await loadCase("coincheck-2018")
const example = await readAlarmsFile(fileURLToPath(new URL("../../examples/alarms.json", import.meta.url)))

/** Of a window its end: until then nobody can be sure to have seen the transfer. */
const timeOf = (time: Time) =>
  time === null ? null : parseInstant(typeof time === "string" ? time : time.to)

/** The record as a stream: transfers of one time are one block. */
function blocksOf(): readonly BlockMoves[] {
  const blocks: { time: string | null; debits: Move[]; credits: Move[] }[] = []
  for (const { id, time, from, to, asset, amount } of caseFile.transfers) {
    // Whatever the record does not give a number for.
    if (amount === "remainder") continue
    const at = timeOf(time)
    const last = blocks.at(-1)
    const block = last !== undefined && last.time === at ? last : { time: at, debits: [], credits: [] }
    if (block !== last) blocks.push(block)
    const move = (address: string): Move => ({
      ...{ tx: id, pot: `${address}/${asset}`, address, asset, amount: BigInt(amount), traced: [] },
    })
    if (from !== undefined) block.debits.push(move(from))
    if (to !== undefined && to !== "?") block.credits.push(move(to))
  }
  return blocks.map((block, n) => ({ chain: "nem", height: n + 1, hash: `block ${n + 1}`, ...block }))
}

const rung: AlarmNotice[] = []
const watch = new AlarmWatch({ chain: "nem", alarms: example.alarms, undoDepth: 10 })
for (const block of blocksOf()) rung.push(...watch.add(block))
const raised = rung.filter(({ status, kind }) => status === "raised" && kind === "outflow")

describe("the Coincheck record, replayed with the outflow alarm of examples/alarms.json", () => {
  it("rings at the first transfer of 100 million, at 00:04 JST, and not at the 10 XEM before it", () => {
    const [first] = raised
    expect(first?.alarm).toBe("hot-wallet-amount")
    expect(first?.block?.time).toBe("2018-01-25T15:04Z")
    // 00:04 to 00:09 JST is 15:04 to 15:09 UTC of the day before.
    expect(first?.found).toMatchObject({ transactions: ["t02"], amount: "100000010000000" })
  })

  it("rings again when what left has doubled, and anew for later transfers above a million", () => {
    const at = raised.map(({ block, found }) => [block?.time, "amount" in found ? found.amount : ""])
    expect(at).toEqual([
      ["2018-01-25T15:04Z", "100000010000000"],
      ["2018-01-25T15:09Z", "500000010000000"],
      ["2018-01-25T15:21Z", "3000000000000"],
      ["2018-01-25T18:35Z", "1500000000000"],
    ])
  })

  it("says that the share of the hot wallet cannot be judged: no source gives its balance", () => {
    const unknown = rung.filter(({ status }) => status === "unknown")
    expect(unknown.map(({ alarm }) => alarm)).toEqual(["hot-wallet-share"])
  })
})
