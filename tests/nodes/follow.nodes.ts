import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { Background, type Notice } from "./background.ts"
import { alarmsText, dice, FollowStage } from "./follow-stage.ts"

/** More on request: ASHIATO_KILLS=50. */
const KILLS = Number(process.env.ASHIATO_KILLS ?? 10)
const SEED = Number(process.env.ASHIATO_SEED ?? 6)
const NETWORK = ["--network", "litecoin-regtest"]
const QUESTION = ["--thefts", "thefts.csv", "--services", "services.csv", "--ledger", "ledger"]

let node: Litecoind
let stage: FollowStage
let folder: string
let args: readonly string[]
const told = new Set<string>()

const tip = async () => (await node.rpc("getbestblockhash")) as string

const run = (...words: string[]) => {
  const done = ashiato(words, folder)
  expect(done.err, words.join(" ")).toBe("")
  expect(done.code).toBe(0)
  return done.out
}

/** What was followed is what a sweep finds that begins at the beginning. */
const expectSwept = async () => {
  const followed = JSON.parse(run("sweep", ...QUESTION, "--json"))
  const fresh = JSON.parse(run("sweep", ...QUESTION, "--json", "--fresh"))
  expect(followed.horizon.hash).toBe(await tip())
  expect(new Set(Object.values(followed.resumedFrom))).toEqual(new Set([followed.horizon.height]))
  expect(followed.answers).toEqual(fresh.answers)
  expect(followed.counts).toEqual(fresh.counts)
  return fresh
}

beforeAll(async () => {
  node = await Litecoind.start()
  folder = newFolder()
  stage = await FollowStage.open(node.rpc, folder, SEED)
  const watched = { victim: stage.victimAddress, deposit: stage.depositAddress }
  writeFileSync(join(folder, "alarms.json"), alarmsText(watched, { file: "alarms.jsonl" }))
  args = ["bitcoin", "--rpc", node.url, ...NETWORK, ...QUESTION, "--poll", "1", "--alarms", "alarms.json"]
}, 120_000)

afterAll(() => node?.remove())

describe("a node that is followed", () => {
  it("tells each block with what is traced in it, and takes back what the chain leaves, on both branches", async () => {
    const follower = new Background(folder, args)
    await follower.began()
    await stage.steal()
    await stage.mine(1)
    await follower.at(await tip())
    const theft = follower.lines.find(({ event }) => event === "block")
    expect(theft?.traced?.map(({ theft }) => theft)).toContain("theft-0")
    // Within the block in which the coins left.
    const rang = follower.lines.flatMap(({ notice }) => (notice?.alarm === "left" ? [notice] : []))
    expect(rang).toMatchObject([
      { alarm: "left", status: "raised", block: { hash: await tip() }, found: { balance: "0" } },
    ])
    for (let more = 0; more < 4; more++) {
      await stage.move()
      await stage.mine(1)
    }
    await follower.at(await tip())
    const txid = await stage.arrive()
    await stage.mine(1)
    await follower.at(await tip())
    const left = await tip()
    const arrival = follower.lines.findLast(({ notice }) => notice?.alarm === "arrived")?.notice
    expect(arrival).toMatchObject({
      alarm: "arrived",
      status: "raised",
      block: { hash: left },
      found: { tx: txid },
    })
    const lost = await stage.reorganise(3)
    await follower.at(await tip())
    expect(follower.lines.filter(({ event }) => event === "undone").map(({ hash }) => hash)).toEqual(
      expect.arrayContaining([left, lost]),
    )
    await stage.move()
    await node.rpc("reconsiderblock", lost)
    await stage.mine(1)
    await follower.at(await tip())
    // Back on the first branch, which has to be the longer one for it.
    await node.rpc(
      "invalidateblock",
      await node.rpc("getblockhash", Number(await node.rpc("getblockcount")) - 2),
    )
    await stage.mine(4)
    await follower.at(await tip())
    expect(await follower.signal("SIGINT")).toBe(130)
    for (const { event, hash } of follower.lines) if (event === "block") told.add(hash)
    await expectSwept()
  })

  it("waits for a node that is restarted, says so once, and goes on", async () => {
    const follower = new Background(folder, args)
    await follower.began()
    await node.stop()
    await follower.until(lines => lines.some(({ event }) => event === "waiting"))
    await node.startAgain()
    await stage.move()
    await stage.mine(2)
    await follower.at(await tip())
    expect(follower.lines.filter(({ event }) => event === "waiting").length).toBe(1)
    expect(follower.lines.filter(({ event }) => event === "back").length).toBe(1)
    expect(await follower.signal("SIGINT")).toBe(130)
    for (const { event, hash } of follower.lines) if (event === "block") told.add(hash)
    await expectSwept()
  })

  it(`is killed ${KILLS} times at random points, and equals a fresh sweep every time`, {
    timeout: 240_000 + KILLS * 120_000,
  }, async () => {
    const random = dice(SEED + 1)
    for (let kill = 0; kill < KILLS; kill++) {
      const follower = new Background(folder, args)
      const killed = sleep(200 + random(3000)).then(() => follower.signal("SIGKILL"))
      for (let turns = 1 + random(3); turns > 0; turns--) {
        await stage.move()
        if (random(3) === 0) await stage.reorganise(1 + random(6))
        else await stage.mine(1 + random(3))
      }
      await killed
      const after = new Background(folder, [...args, "--once"])
      expect(await after.ended, after.err).toBe(0)
      for (const { event, hash } of [...follower.lines, ...after.lines]) if (event === "block") told.add(hash)
      await expectSwept()
    }
    run("ledger", "verify", "--ledger", "ledger")
  })

  it("has left out no block of the chain since it began", async () => {
    const [count, missed] = [Number(await node.rpc("getblockcount")), [] as number[]]
    for (let height = 111; height <= count; height++) {
      if (!told.has((await node.rpc("getblockhash", height)) as string)) missed.push(height)
    }
    expect(count).toBeGreaterThan(111)
    expect(missed).toEqual([])
  })

  it("has raised an alarm for every traced arrival on the chain, and withdrawn all others", async () => {
    const notices = readFileSync(join(folder, "alarms.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line): Notice => JSON.parse(line))
    const rounds = (base: string, status: Notice["status"]) =>
      Math.max(0, ...notices.filter(one => one.base === base && one.status === status).map(one => one.round))
    const standing = notices.filter(
      ({ alarm, base, status }) =>
        alarm === "arrived" && status === "raised" && rounds(base, "raised") > rounds(base, "withdrawn"),
    )
    expect(notices.some(({ status }) => status === "withdrawn")).toBe(true)
    const { answers } = await expectSwept()
    const rules: { arrivals: { tx: string }[] }[] = Object.values(answers[0].rules)
    const arrived = new Set(rules.flatMap(({ arrivals }) => arrivals.map(({ tx }) => tx)))
    expect(arrived.size).toBeGreaterThan(0)
    expect(new Set(standing.map(({ found }) => found.tx))).toEqual(arrived)
    for (const { block } of standing) {
      const header = (await node.rpc("getblockheader", block?.hash)) as { confirmations: unknown }
      expect(Number(header.confirmations)).toBeGreaterThan(0)
    }
  })
})
