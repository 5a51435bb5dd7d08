import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { figures } from "../cli/swept-as-traced.ts"
import { Background, type Notice } from "./background.ts"
import { FollowEthereumStage } from "./follow-ethereum-stage.ts"
import { dice } from "./follow-stage.ts"

/** More on request: ASHIATO_KILLS=50. */
const KILLS = Number(process.env.ASHIATO_KILLS ?? 10)
const SEED = Number(process.env.ASHIATO_SEED ?? 8)
const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"]

let stage: FollowEthereumStage
let folder: string
let steady: Background
const told = new Set<string>()

const from = () => ["ethereum", "--rpc", stage.node.url, "--chain-id", "31337", "--poll", "1"]
const question = (ledger: string) => [
  ...["--thefts", "thefts.csv", "--services", "services.csv", "--rule", RULES.join(",")],
  ...["--ledger", ledger],
]
const follow = (name: string, ...more: string[]) =>
  new Background(folder, [...from(), ...question(name), "--alarms", `${name}.json`, ...more])

const run = (...words: string[]) => {
  const done = ashiato(words, folder)
  expect(done.err, words.join(" ")).toBe("")
  expect(done.code).toBe(0)
  return done.out
}

const noticesOf = (name: string) =>
  readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n")
    .map((line): Notice => JSON.parse(line))

/** What was followed is what a sweep finds that begins at the beginning, and what a trace finds that knows no sweeps. */
const expectSwept = async () => {
  const followed = JSON.parse(run("sweep", ...question("killed"), "--json", "--list", "100000"))
  const fresh = JSON.parse(run("sweep", ...question("killed"), "--json", "--list", "100000", "--fresh"))
  const traced = JSON.parse(run("trace", ...question("killed"), "--json"))
  expect(followed.horizon.hash).toBe(await stage.tip())
  expect(new Set(Object.values(followed.resumedFrom))).toEqual(new Set([followed.horizon.height]))
  expect(followed.answers).toEqual(fresh.answers)
  expect(followed.counts).toEqual(fresh.counts)
  expect(figures(followed)).toEqual(figures(traced))
  return followed
}

/** Every block that the other tells is seen by both, so that both have to say the same. */
async function both(): Promise<void> {
  const caught = follow("killed", "--once")
  expect(await caught.ended, caught.err).toBe(0)
  for (const { event, hash } of caught.lines) if (event === "block") told.add(hash)
  await steady.at(await stage.tip())
}

beforeAll(async () => {
  folder = newFolder()
  stage = await FollowEthereumStage.open(folder, SEED)
  for (const name of ["plain", "killed", "steady"])
    writeFileSync(join(folder, `${name}.json`), stage.alarmsText({ file: `${name}.jsonl` }))
}, 120_000)

afterAll(async () => {
  await steady?.signal("SIGKILL")
  await stage?.node.stop()
})

describe("an Ethereum node that is followed", () => {
  it("rings for what leaves an account without any theft being named, by asset and share of what the node says", async () => {
    const follower = new Background(folder, [...from(), "--ledger", "plain", "--alarms", "plain.json"])
    await follower.began()
    await stage.steal()
    await stage.mine(1)
    const left = await stage.tip()
    await follower.at(left)
    const rung = follower.lines.flatMap(({ notice }) => (notice === undefined ? [] : [notice]))
    expect(rung).toMatchObject([
      {
        alarm: "tokens left",
        status: "raised",
        found: { asset: stage.asset, amount: "700000", balance: "300000" },
      },
    ])
    await stage.reorganise(1)
    await follower.at(await stage.tip())
    expect(follower.lines.flatMap(({ event, hash }) => (event === "undone" ? [hash] : []))).toEqual([left])
    expect(follower.lines.findLast(({ notice }) => notice !== undefined)?.notice).toMatchObject({
      alarm: "tokens left",
      status: "withdrawn",
    })
    expect(await follower.signal("SIGINT")).toBe(130)
  })

  it("tells each block with what is traced in it, asset by asset", async () => {
    steady = follow("steady")
    await steady.began()
    await both()
    const first = await stage.height()
    expect(steady.lines.filter(({ event }) => event === "unknown-ref")).toHaveLength(1)
    await stage.steal()
    await stage.mine(1)
    await steady.at(await stage.tip())
    const theft = steady.lines.find(({ event }) => event === "block")?.traced ?? []
    expect(theft.map(({ rule }) => rule)).toEqual(RULES)
    expect(theft[0]).toEqual({
      ...{ rule: "fifo", theft: "tokens", asset: stage.asset },
      ...{ spent: "0", received: "700000" },
    })
    for (let more = 0; more < 8; more++) {
      await stage.move()
      await stage.mine(1)
    }
    await both()
    const moved = steady.lines.flatMap(({ traced }) => traced ?? [])
    expect(new Set(moved.map(({ asset }) => asset))).toEqual(new Set([stage.asset, "ETH"]))
    expect(told.size).toBe((await stage.height()) - first)
    await expectSwept()
  })

  it("waits while the node stands behind on the same branch, and goes on, on another", async () => {
    const left = await stage.tip()
    await stage.fallBack(2)
    await steady.until(lines => lines.some(({ event }) => event === "waiting"))
    await stage.move()
    await stage.mine(4)
    await steady.at(await stage.tip())
    expect(steady.lines.some(({ event, hash }) => event === "undone" && hash === left)).toBe(true)
    expect(steady.lines.filter(({ event }) => event === "back")).toHaveLength(1)
    await both()
    await expectSwept()
  })

  it(`is killed ${KILLS} times at random points, and equals a fresh sweep and a trace every time`, {
    timeout: 240_000 + KILLS * 120_000,
  }, async () => {
    const random = dice(SEED + 1)
    for (let kill = 0; kill < KILLS; kill++) {
      const follower = follow("killed")
      const killed = sleep(200 + random(4000)).then(() => follower.signal("SIGKILL"))
      await stage.move()
      await stage.mine(1)
      await stage.move()
      if (kill % 3 === 1) await stage.reorganise(1 + random(6))
      else await stage.mine(1 + random(2))
      await killed
      for (const { event, hash } of follower.lines) if (event === "block") told.add(hash)
      await both()
      await expectSwept()
    }
    run("ledger", "verify", "--ledger", "killed")
  })

  it("has rung as one that was never killed, for every traced arrival on the chain, and withdrawn all others", async () => {
    expect(await steady.signal("SIGINT")).toBe(130)
    const notices = noticesOf("killed")
    const keys = (all: readonly Notice[]) => [...new Set(all.map(({ key }) => key))]
    expect(keys(notices)).toEqual(keys(noticesOf("steady")))
    const rounds = (base: string, status: Notice["status"]) =>
      Math.max(0, ...notices.filter(one => one.base === base && one.status === status).map(one => one.round))
    const standing = notices.filter(
      ({ alarm, base, status }) =>
        alarm === "arrived" && status === "raised" && rounds(base, "raised") > rounds(base, "withdrawn"),
    )
    expect(notices.some(({ status }) => status === "withdrawn")).toBe(true)
    const { answers } = await expectSwept()
    const rules: { arrivals: { tx: string }[] }[] = answers.flatMap(({ rules }: { rules: object }) =>
      Object.values(rules),
    )
    const arrived = new Set(rules.flatMap(({ arrivals }) => arrivals.map(({ tx }) => tx)))
    expect(arrived.size).toBeGreaterThan(0)
    expect(new Set(standing.map(({ found }) => found.tx))).toEqual(arrived)
    expect(new Set(standing.map(({ found }) => found.asset)).size).toBeGreaterThan(0)
  })
})
