import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { decodeBlock } from "../../src/chains/nem/block-binary.ts"
import { NEMESIS_HASH } from "../../src/chains/nem/nemesis.ts"
import { dataOf, NEMESIS } from "../chains/nem/data.ts"
import { ashiatoBeside } from "../cli/run-beside.ts"
import { newFolder } from "../cli/run-cli.ts"
import { figures } from "../cli/swept-as-traced.ts"
import { Background } from "./background.ts"
import { FollowNisStage } from "./follow-nis-stage.ts"
import { dice } from "./follow-stage.ts"

/** More on request: ASHIATO_KILLS=50. */
const KILLS = Number(process.env.ASHIATO_KILLS ?? 10)
const SEED = Number(process.env.ASHIATO_SEED ?? 9)
const RULES = "fifo,lifo,haircut,clean-first,dirty-first,poison"
const isAbsent = !existsSync(new URL(`../../../shared/data/nem/${NEMESIS}`, import.meta.url))
const why = isAbsent ? ` (skipped: ../shared/data/nem/${NEMESIS} absent)` : ""
const QUESTION = ["--thefts", "thefts.csv", "--services", "services.csv", "--rule", RULES, "--ledger", "nem"]

describe.skipIf(isAbsent)(`a node of NEM that is followed${why}`, () => {
  let folder: string
  let stage: FollowNisStage
  let args: readonly string[]

  const run = async (...words: string[]) => {
    const done = await ashiatoBeside(words, folder)
    expect(done.err, words.join(" ")).toBe("")
    expect(done.code, done.out).toBe(0)
    return done.out
  }

  /** What was followed is what a sweep finds that begins at the beginning, and what a trace finds that knows no sweeps. */
  const expectSwept = async () => {
    const followed = JSON.parse(await run("sweep", ...QUESTION, "--json", "--list", "100000"))
    const fresh = JSON.parse(await run("sweep", ...QUESTION, "--json", "--list", "100000", "--fresh"))
    expect(followed.horizon.hash).toBe(stage.tip)
    expect(new Set(Object.values(followed.resumedFrom))).toEqual(new Set([followed.horizon.height]))
    expect(followed.answers).toEqual(fresh.answers)
    expect(figures(followed)).toEqual(figures(JSON.parse(await run("trace", ...QUESTION, "--json"))))
    return followed
  }

  beforeAll(async () => {
    folder = newFolder()
    stage = new FollowNisStage(
      { block: decodeBlock(dataOf(NEMESIS) as Buffer), hash: NEMESIS_HASH },
      folder,
      SEED,
    )
    const left = { kind: "outflow", addresses: [stage.victim.address], percent: "50", window: { blocks: 6 } }
    const arrived = { kind: "arrival", addresses: [stage.deposit.address], amount: "0" }
    const alarms = [
      { id: "left", ...left },
      { id: "arrived", ...arrived },
    ]
    const deliver = { file: "alarms.jsonl" }
    writeFileSync(
      join(folder, "alarms.json"),
      JSON.stringify({ schema: "ashiato/alarms/1", chain: "nem", alarms, deliver }),
    )
    const url = await stage.node.open()
    args = ["nem", "--nis", url, "--poll", "1", ...QUESTION, "--alarms", "alarms.json"]
  })

  afterAll(() => stage?.node.close())

  it("rings for a share of what the records say was there, and takes it back with its block", async () => {
    const follower = new Background(folder, args)
    await follower.began()
    stage.steal()
    stage.mine(1)
    const theft = stage.tip
    await follower.at(theft)
    const rung = () => follower.lines.flatMap(({ notice }) => (notice === undefined ? [] : [notice]))
    expect(rung()).toMatchObject([
      { alarm: "left", status: "raised", found: { asset: "XEM", amount: "700100000", balance: "299900000" } },
    ])
    stage.reorganise(1)
    await follower.at(stage.tip)
    expect(follower.lines.some(({ event, hash }) => event === "undone" && hash === theft)).toBe(true)
    expect(rung().at(-1)).toMatchObject({ alarm: "left", status: "withdrawn" })
    stage.steal()
    stage.mine(1)
    stage.arrive()
    stage.mine(7)
    await follower.at(stage.tip)
    const traced = follower.lines.flatMap(({ traced }) => traced ?? [])
    expect(traced[0]).toMatchObject({ theft: "heist", asset: "XEM", received: "700000000" })
    expect(rung().at(-1)).toMatchObject({ alarm: "arrived", status: "raised" })
    expect(await follower.signal("SIGINT")).toBe(130)
    await expectSwept()
  })

  it(`is killed ${KILLS} times at random points, and equals a fresh sweep and a trace every time`, {
    timeout: 240_000 + KILLS * 120_000,
  }, async () => {
    const random = dice(SEED + 1)
    for (let kill = 0; kill < KILLS; kill++) {
      const follower = new Background(folder, args)
      const killed = sleep(200 + random(4000)).then(() => follower.signal("SIGKILL"))
      for (let turns = 1 + random(3); turns > 0; turns--) {
        stage.move()
        if (random(3) === 0) stage.reorganise(1 + random(6))
        else stage.mine(1 + random(3))
      }
      await killed
      const after = new Background(folder, [...args, "--once"])
      expect(await after.ended, after.err).toBe(0)
      await expectSwept()
    }
    const { answers, gaps } = await expectSwept()
    expect(Number(answers[0].rules["dirty-first"].total.services)).toBeGreaterThan(0)
    expect(gaps.some(({ code }: { code: string }) => code === "opening-balance")).toBe(true)
    await run("ledger", "verify", "--ledger", "nem")
  })
})
