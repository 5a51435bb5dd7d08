import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { describe, expect, it } from "vitest"
import { FollowAlarms } from "../../src/cases/follow-alarms.ts"
import { FollowedLabels } from "../../src/cases/follow-labels.ts"
import { importLabels } from "../../src/cases/labels-import.ts"
import type { AlarmNotice, AlarmsFile } from "../../src/contracts/alarm.ts"

const [WATCHED, OTHER, ELSE] = [1, 2, 3].map(n => `0x${`${n}`.repeat(40)}`) as [string, string, string]

function alarmsOf(folder: string, addresses: readonly string[] = [WATCHED, OTHER]): AlarmsFile {
  const deliver = { stdout: false, file: join(folder, "alarms.jsonl"), webhooks: [] }
  return { chain: "ethereum", alarms: [{ id: "names", kind: "label", addresses }], deliver }
}

const newFolder = () => mkdtempSync(join(tmpdir(), "ashiato-followed-labels-"))

async function say(
  folder: string,
  list: string,
  rows: readonly string[],
  seen = "2026-01-02",
): Promise<void> {
  const file = join(folder, `${list}.csv`)
  writeFileSync(file, `address,network,label\n${rows.join("\n")}\n`)
  const said = { seen, list, licence: null, source: null, complete: true, strict: true }
  await importLabels([file], { folder: join(folder, "book"), ...said })
}

const labelsOf = (notices: readonly AlarmNotice[]) =>
  notices.map(notice => notice.kind === "label" && `${notice.found.address} ${notice.found.label}`)

describe("labels that are followed", () => {
  it("ring once when a list is imported, for watched addresses, and not for what was there before", async () => {
    const folder = newFolder()
    await say(folder, "old", [`${WATCHED},ethereum,known before`])
    const labels = new FollowedLabels(join(folder, "labels.json"), alarmsOf(folder), join(folder, "book"))
    expect(await labels.look()).toEqual([])
    labels.keep()
    await say(folder, "new", [`${WATCHED},ethereum,a mixer`, `${ELSE},ethereum,nobody asks`])
    expect(labelsOf(await labels.look())).toEqual([`${WATCHED} a mixer`])
    labels.keep()
    expect(await labels.look()).toEqual([])
    await say(folder, "new", [`${WATCHED},ethereum,a mixer`, `${OTHER},ethereum,a bridge`], "2026-02-03")
    expect(labelsOf(await labels.look())).toEqual([`${OTHER} a bridge`])
  })

  it("ring for what was imported while nobody followed, but not for an address that is new to the alarm", async () => {
    const folder = newFolder()
    const open = (addresses: readonly string[]) =>
      new FollowedLabels(join(folder, "labels.json"), alarmsOf(folder, addresses), join(folder, "book"))
    await say(folder, "old", [`${ELSE},ethereum,somebody`])
    const first = open([WATCHED])
    await first.look()
    first.keep()
    await say(folder, "new", [`${WATCHED},ethereum,a mixer`, `${OTHER},ethereum,a bridge`])
    expect(labelsOf(await open([WATCHED, OTHER]).look())).toEqual([`${WATCHED} a mixer`])
  })

  it("ring on the day from which they stand", async () => {
    const folder = newFolder()
    await say(folder, "old", [`${ELSE},ethereum,somebody`])
    const labels = new FollowedLabels(join(folder, "labels.json"), alarmsOf(folder), join(folder, "book"))
    await labels.look("2026-03-03")
    await say(folder, "new", [`${WATCHED},ethereum,a mixer`], "2026-03-05")
    expect(await labels.look("2026-03-04")).toEqual([])
    expect(labelsOf(await labels.look("2026-03-05"))).toEqual([`${WATCHED} a mixer`])
  })

  it("are not unsaid where the book is away for a while, and refused where a named one is not there", async () => {
    const folder = newFolder()
    const book = join(folder, "book")
    await say(folder, "old", [`${WATCHED},ethereum,a mixer`])
    const labels = new FollowedLabels(join(folder, "labels.json"), alarmsOf(folder), book)
    await labels.look()
    renameSync(book, `${book}-aside`)
    expect(await labels.look()).toEqual([])
    await expect(
      new FollowedLabels(join(folder, "none.json"), alarmsOf(folder), book).look(),
    ).rejects.toMatchObject({
      code: "labels-missing",
    })
    renameSync(`${book}-aside`, book)
    expect(await labels.look()).toEqual([])
    // Its index may be deleted at any time: the next import makes it anew.
    rmSync(join(book, "columns"), { recursive: true })
    expect(await labels.look()).toEqual([])
    await say(folder, "new", [`${WATCHED},ethereum,a bridge`])
    expect(labelsOf(await labels.look())).toEqual([`${WATCHED} a bridge`])
  })

  it("refuse a state that is not whole", () => {
    const folder = newFolder()
    const file = join(folder, "labels.json")
    for (const text of ["{", "[]", '{"schema":"ashiato/label-state/1","alarms":[["a",[["b",["c"]]]]]}']) {
      writeFileSync(file, text)
      expect(() => new FollowedLabels(file, alarmsOf(folder), null), text).toThrow("alarm-state-damaged")
    }
  })
})

describe("a follower that is killed between two writes", () => {
  it("loses no label, and gives the same key again, which the queue knows", async () => {
    const folder = newFolder()
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const open = () =>
      new FollowAlarms(join(folder, "alarms"), alarmsOf(folder), join(folder, "book"), nowhere)
    await say(folder, "old", [`${ELSE},ethereum,somebody`])
    const first = open()
    await first.labels(() => expect.unreachable())
    await say(folder, "new", [`${WATCHED},ethereum,a mixer`])
    const keys: string[] = []
    // After the queue, before the state.
    const killed = first.labels(notice => {
      keys.push(notice.key)
      throw new Error("killed")
    })
    await expect(killed).rejects.toThrow("killed")
    await first.close()
    const second = open()
    await second.labels(({ key }) => keys.push(key))
    await second.labels(() => expect.unreachable())
    await second.close()
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(existsSync(join(folder, "alarms.jsonl"))).toBe(true)
    const delivered = readFileSync(join(folder, "alarms.jsonl"), "utf8").trimEnd().split("\n")
    expect(delivered.map(line => JSON.parse(line).key)).toEqual([keys[0]])
  })
})
