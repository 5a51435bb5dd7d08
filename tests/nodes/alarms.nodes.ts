import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { freePort } from "../../testing/nodes/free-port.ts"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { isSigned, type Mood, WebhookServer } from "../alarms/webhook-server.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { Background, type Notice } from "./background.ts"
import { alarmsText, dice, FollowStage } from "./follow-stage.ts"

/** More on request: ASHIATO_KILLS=50. */
const KILLS = Number(process.env.ASHIATO_KILLS ?? 10)
const SEED = Number(process.env.ASHIATO_SEED ?? 7)
const SECRET = "a secret of the receiver's"
const MOODS: readonly Mood[] = ["take", "take", "fail", "hang", "hang up", "take and hang up"]

let node: Litecoind
let stage: FollowStage
let folder: string
const receiver = new WebhookServer()
let hook: string
let steady: Background
let steadyMetrics: number

const question = (ledger: string) => [
  "--thefts",
  "thefts.csv",
  "--services",
  "services.csv",
  "--ledger",
  ledger,
]
const follow = (name: string, ...more: string[]) =>
  new Background(folder, [
    ...["bitcoin", "--rpc", node.url, "--network", "litecoin-regtest", "--poll", "1"],
    ...[...question(name), "--alarms", `${name}.json`, "--labels", "book", ...more],
  ])
const tip = async () => (await node.rpc("getbestblockhash")) as string
const noticesIn = (lines: readonly string[]) => lines.map((line): Notice => JSON.parse(line))
const steadily = () => noticesIn(readFileSync(join(folder, "steady.jsonl"), "utf8").trimEnd().split("\n"))

const run = (...words: string[]) => {
  const done = ashiato(words, folder)
  expect(done.err, words.join(" ")).toBe("")
  expect(done.code).toBe(0)
  return done.out
}

/** Somebody says something of the exchange's deposit address, and of one that nobody watches. */
function say(words: string): void {
  const rows = [stage.depositAddress, "somebody else's"].map(
    address => `${address},litecoin-regtest,${words}`,
  )
  writeFileSync(join(folder, "list.csv"), `address,network,label\n${rows.join("\n")}\n`)
  run("labels", "import", "list.csv", "--labels", "book", "--seen", "2026-01-02")
}

const expectSwept = async () => {
  const followed = JSON.parse(run("sweep", ...question("killed"), "--json"))
  const fresh = JSON.parse(run("sweep", ...question("killed"), "--json", "--fresh"))
  expect(followed.horizon.hash).toBe(await tip())
  expect(new Set(Object.values(followed.resumedFrom))).toEqual(new Set([followed.horizon.height]))
  expect(followed.answers).toEqual(fresh.answers)
  expect(followed.counts).toEqual(fresh.counts)
}

async function metricsOf(port: number): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return new Map(
    [...text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)].map(([, name, value]) => [
      `${name}`,
      Number(value),
    ]),
  )
}

/** Every block that the other tells is seen by both, so that both have to say the same. */
async function both(): Promise<void> {
  const caught = follow("killed", "--once")
  expect(await caught.ended, caught.err).toBe(0)
  await steady.at(await tip())
}

beforeAll(async () => {
  node = await Litecoind.start()
  folder = newFolder()
  stage = await FollowStage.open(node.rpc, folder, SEED)
  hook = await receiver.open()
  writeFileSync(join(folder, "secret"), SECRET)
  const watched = { victim: stage.victimAddress, deposit: stage.depositAddress }
  const webhooks = [{ url: hook, secretFile: "secret" }]
  writeFileSync(join(folder, "killed.json"), alarmsText(watched, { webhooks }))
  writeFileSync(join(folder, "steady.json"), alarmsText(watched, { file: "steady.jsonl" }))
  say("known before")
  steadyMetrics = await freePort()
  steady = follow("steady", "--metrics", `${steadyMetrics}`)
  await steady.began()
  await both()
}, 180_000)

afterAll(async () => {
  await steady?.signal("SIGKILL")
  await receiver.close()
  await node?.remove()
})

describe("a follower with alarms that is killed, and whose receiver fails, hangs, hangs up and goes away", () => {
  it("tells its figures while it follows", async () => {
    await stage.steal()
    await stage.mine(1)
    await steady.at(await tip())
    // Deeper than any reorganisation to come.
    for (let more = 0; more < 8; more++) {
      await stage.move()
      await stage.mine(1)
    }
    await steady.at(await tip())
    const rung = steady.lines.flatMap(({ notice }) => (notice === undefined ? [] : [notice]))
    const metrics = await metricsOf(steadyMetrics)
    const raised = (kind: string) => rung.filter(one => one.kind === kind && one.status === "raised").length
    expect(raised("outflow")).toBe(1)
    expect(raised("moved")).toBeGreaterThan(3)
    for (const kind of ["outflow", "arrival", "moved", "label"])
      expect(metrics.get(`ashiato_alarms_total{kind="${kind}"}`), kind).toBe(raised(kind))
    expect(metrics.get("ashiato_blocks_total")).toBe(9)
    expect(metrics.get("ashiato_last_block_height")).toBe(Number(await node.rpc("getblockcount")))
    await both()
  })

  it(`is killed ${KILLS} times at random points, and equals a fresh sweep every time`, {
    timeout: 240_000 + KILLS * 120_000,
  }, async () => {
    const random = dice(SEED + 1)
    const port = Number(new URL(hook).port)
    for (let kill = 0; kill < KILLS; kill++) {
      receiver.mood = () => MOODS[random(MOODS.length)] as Mood
      const isAway = kill % 5 === 4
      if (isAway) await receiver.close()
      const follower = follow("killed")
      const killed = sleep(200 + random(3500)).then(() => follower.signal("SIGKILL"))
      if (kill % 4 === 1) say(`said after ${kill} kills`)
      await stage.move()
      if (kill % 3 === 0) await stage.arrive()
      if (random(3) === 0) await stage.reorganise(1 + random(6))
      else await stage.mine(1 + random(3))
      await killed
      if (isAway) await receiver.open(port)
      await both()
      await expectSwept()
    }
    run("ledger", "verify", "--ledger", "killed")
  })

  it("has lost no alarm when the receiver is back, and each repeat is known by its key", async () => {
    receiver.mood = () => "take"
    const port = await freePort()
    const last = follow("killed", "--metrics", `${port}`)
    await last.began()
    const waiting = `ashiato_queue_length{receiver="1 ${new URL(hook).origin}"}`
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
      if ((await metricsOf(port)).get(waiting) === 0) break
    }
    const metrics = await metricsOf(port)
    expect(metrics.get(waiting)).toBe(0)
    expect(await last.signal("SIGINT")).toBe(130)
    const bodies = new Map<string, string>()
    for (const got of receiver.asked) {
      expect(isSigned(got, SECRET, Number.POSITIVE_INFINITY)).toBe(true)
      expect(isSigned({ ...got, body: `${got.body} ` }, SECRET, Number.POSITIVE_INFINITY)).toBe(false)
      expect(JSON.parse(got.body).key).toBe(got.key)
      expect(bodies.get(got.key) ?? got.body).toBe(got.body)
      bodies.set(got.key, got.body)
    }
    expect(receiver.asked.length).toBeGreaterThan(receiver.taken.length)
    expect(receiver.taken.length).toBeGreaterThan(new Set(receiver.taken.map(({ key }) => key)).size)
    // Each notice in its order, whatever was sent again in between.
    const taken = [...new Map(receiver.taken.map(({ key, body }) => [key, body])).values()]
    expect(new Set(taken.map(body => JSON.parse(body).kind))).toEqual(
      new Set(["outflow", "arrival", "moved", "label"]),
    )
    expect(taken.some(body => JSON.parse(body).status === "withdrawn")).toBe(true)
    const all = steadily()
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
    expect(taken.map(body => JSON.parse(body).key).sort()).toEqual(all.map(({ key }) => key).sort())
    const inBlocks = (notices: readonly Notice[]) =>
      notices.filter(({ kind }) => kind !== "label").map(({ key }) => key)
    expect(inBlocks(noticesIn(taken))).toEqual(inBlocks(all))
    await expectSwept()
  })

  it("has rung once for each label, and withdrawn none", () => {
    const labels = steadily().filter(({ kind }) => kind === "label")
    expect(labels).toHaveLength(Math.floor((KILLS + 2) / 4))
    expect(new Set(labels.map(({ status }) => status))).toEqual(new Set(["raised"]))
  })
})
