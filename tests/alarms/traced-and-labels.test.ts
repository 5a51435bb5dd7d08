import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { AlarmWatch } from "../../src/alarms/alarm-watch.ts"
import { type KnownClaims, newLabels } from "../../src/alarms/label-watch.ts"
import type { Alarm, AlarmNotice, LabelAlarm } from "../../src/contracts/alarm.ts"
import { alarmMessages } from "../../src/messages/alarms.ts"
import type { Label } from "../../src/ports/label-book.ts"
import { blockAt, optionsOf, out, outflow } from "./staged-blocks.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/alarm.schema.json", import.meta.url), "utf8"),
) as { readonly $defs: object }
const isNotice = new Ajv2020({ strict: false }).compile({ $ref: "#/$defs/notice", $defs: schema.$defs })

const traced = (amount: bigint, theft = "t", rule = "fifo") => [{ theft, rule, amount }]
const arrival: Alarm = {
  id: "deposits",
  kind: "arrival",
  addresses: ["d1", "d2"],
  theft: null,
  rules: ["fifo"],
  asset: null,
  amount: 5n,
}
const moved: Alarm = { id: "loot", kind: "moved", theft: "t", rules: null, asset: "XEM", amount: 0n }

const LABEL: Label = {
  address: "d1",
  network: "nem",
  checked: true,
  label: "a mixer",
  actor: null,
  category: "mixing_service",
  abuse: null,
  confidence: null,
  definesCluster: null,
  source: null,
  licence: null,
  note: null,
  list: "a list",
  creator: null,
  seen: "2026-01-02",
  seenFrom: "list",
  withdrawn: null,
}
const bookOf = (labels: readonly Label[]) => ({
  labelsOf: (address: string) => labels.filter(one => one.address === address),
})

function seen(notices: readonly AlarmNotice[]): readonly AlarmNotice[] {
  for (const notice of notices) {
    isNotice(JSON.parse(JSON.stringify(notice)))
    expect(isNotice.errors).toBeNull()
    expect(alarmMessages("ja").line(notice)).toMatch(/[\u3040-\u30ff]/)
    expect(alarmMessages("en").line(notice)).toMatch(/^[ -~]+$/)
  }
  return notices
}

describe("an arrival alarm", () => {
  it("rings for one transaction above its amount, by theft and rule, over all its addresses", () => {
    const watch = new AlarmWatch(optionsOf([arrival]))
    const pay = (tx: string, to: string, amount: bigint, theft = "t", rule = "fifo") => ({
      ...{ tx, from: null, to, amount: 100n },
      traced: traced(amount, theft, rule),
    })
    const notices = seen(
      watch.add(
        blockAt(1, 0, [
          pay("a", "d1", 5n),
          pay("b", "d1", 3n),
          pay("b", "d2", 3n),
          pay("c", "d1", 99n, "t", "poison"),
          pay("d", "elsewhere", 99n),
          pay("e", "d2", 3n, "t"),
          pay("e", "d2", 3n, "u"),
          pay("f", "d2", 7n, "u"),
        ]),
      ),
    )
    expect(notices.map(({ found }) => found)).toMatchObject([
      { tx: "b", traced: [{ theft: "t", rule: "fifo", amount: "6" }], addresses: ["d1", "d2"] },
      { tx: "f", traced: [{ theft: "u", rule: "fifo", amount: "7" }], addresses: ["d2"] },
    ])
    expect(new Set(notices.map(({ key }) => key)).size).toBe(2)
  })

  it("takes traced change that comes back for no arrival", () => {
    const watch = new AlarmWatch(optionsOf([arrival]))
    const back = [
      { tx: "a", from: "d1", to: null, amount: 100n, traced: traced(50n) },
      { tx: "a", from: null, to: "d2", amount: 100n, traced: traced(50n) },
    ]
    expect(watch.add(blockAt(1, 0, back))).toEqual([])
  })
})

describe("a moved alarm", () => {
  it("rings where a traced holding of its theft is spent, and is withdrawn with its block", () => {
    const watch = new AlarmWatch(optionsOf([moved]))
    const spend = (tx: string, theft: string, asset = "XEM") => ({
      ...{ tx, from: "x", to: "y", amount: 9n, asset },
      traced: traced(4n, theft, "haircut"),
    })
    const block = blockAt(1, 0, [spend("a", "t"), spend("b", "u"), spend("c", "t", "other"), out("d", 3n)])
    const notices = seen(watch.add(block))
    expect(notices.map(({ found }) => found)).toMatchObject([{ tx: "a", asset: "XEM", addresses: ["x"] }])
    const undone = seen(watch.undo(1, block.hash))
    expect(undone.map(({ base, status }) => [base, status])).toEqual([[notices[0]?.base, "withdrawn"]])
  })
})

describe("a label alarm", () => {
  const names: LabelAlarm = { id: "names", kind: "label", addresses: ["d1", "d2"] }
  const look = (known: KnownClaims | null, labels: readonly Label[]) =>
    newLabels("nem", names, "d1", known, bookOf(labels))

  it("rings for a label that is new, once, and not for the same said again on a later day", () => {
    const other = { ...LABEL, label: "an exchange", list: "another list" }
    const later = { ...LABEL, seen: "2026-02-02" }
    const first = look(null, [LABEL])
    expect(first.notices).toEqual([])
    const second = look(first.known, [later, other, other])
    expect(seen(second.notices).map(({ found }) => found)).toMatchObject([
      { address: "d1", label: "an exchange" },
    ])
    expect(look(second.known, [LABEL, other]).notices).toEqual([])
  })

  it("rings for all that is new since, and anew for what was withdrawn in between", () => {
    const empty = look(null, [])
    const raised = look(empty.known, [LABEL])
    expect(raised.notices).toHaveLength(1)
    const withdrawn = look(raised.known, [])
    const again = look(withdrawn.known, [{ ...LABEL, seen: "2026-03-03" }])
    expect(again.notices).toHaveLength(1)
    expect(again.notices[0]?.key).not.toBe(raised.notices[0]?.key)
    // The same key where the same is found again, as after a kill.
    expect(look(empty.known, [LABEL]).notices[0]?.key).toBe(raised.notices[0]?.key)
  })
})

describe("an outflow's notice", () => {
  it("is of the published form", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    expect(seen(watch.add(blockAt(1, null, [out("a", 101n)])))).toHaveLength(1)
  })
})
