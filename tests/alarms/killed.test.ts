import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { transpileTo } from "./transpiled.ts"
import { WebhookServer } from "./webhook-server.ts"

const folder = mkdtempSync(join(tmpdir(), "ashiato-killed-"))
const server = new WebhookServer()
const COUNT = 50
const KILLS = 4

/** A follower in small: queues a notice, then remembers how far it is, and delivers beside that. */
const FOLLOWER = `
import { AlarmQueue } from "./alarms/alarm-queue.js"
import { BACK_OFF } from "./alarms/back-off.js"
import { Delivery } from "./alarms/delivery.js"
import { readIfThere, replaceFile } from "./alarms/durable.js"
import { fileReceiver } from "./alarms/line-receivers.js"
import { webhookReceiver } from "./alarms/webhook.js"
const [folder, url] = process.argv.slice(2)
const queue = new AlarmQueue(folder + "/queue", { fileBytes: 4000 })
const secret = new TextEncoder().encode("a secret for the tests")
const receivers = [webhookReceiver({ url, secret }, 60), fileReceiver(folder + "/out.jsonl")]
const delivery = new Delivery(folder + "/queue", queue, receivers, { ...BACK_OFF, firstMs: 2, mostMs: 20 })
const stop = new AbortController()
const running = delivery.run(stop.signal)
for (let n = Number(readIfThere(folder + "/state") ?? 0); n < ${COUNT}; n++) {
  queue.append([{ key: "notice " + n, n }])
  replaceFile(folder + "/state", String(n + 1))
  await new Promise(resolve => setTimeout(resolve, 1))
}
const isSettled = await delivery.settled(20000)
stop.abort()
await running
process.exit(isSettled ? 0 : 3)
`

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe("a follower that is killed again and again, at random, with a receiver that fails and hangs", () => {
  it("delivers every alarm, in order, and what it repeats has the same key", async () => {
    transpileTo(folder, ["alarms", "contracts", "units"])
    const program = join(folder, "follower.js")
    writeFileSync(program, FOLLOWER)
    const moods = ["take", "take", "take and hang up", "fail", "take", "hang", "take", "take"] as const
    server.mood = n => moods[n % moods.length] ?? "take"
    const url = await server.open()
    const start = () =>
      spawn(process.execPath, [program, folder, url], { stdio: ["ignore", "ignore", "inherit"] })
    let killed = 0
    for (let n = 0; n < KILLS; n++) {
      const before = server.asked.length
      const child = start()
      const exit = once(child, "exit")
      // Once it is at work, however slow the machine is.
      while (server.asked.length === before && child.exitCode === null) await sleep(2)
      await sleep(Math.random() * 60)
      child.kill("SIGKILL")
      const [, signal] = await exit
      if (signal === "SIGKILL") killed++
    }
    const [code] = await once(start(), "exit")
    expect(code).toBe(0)
    expect(killed).toBeGreaterThan(KILLS / 2)
    const expected = Array.from({ length: COUNT }, (_, n) => `notice ${n}`)
    expect([...new Set(server.taken.map(({ key }) => key))]).toEqual(expected)
    expect(server.taken.every(({ key, body }) => JSON.parse(body).key === key)).toBe(true)
    const lines = readFileSync(join(folder, "out.jsonl"), "utf8").trimEnd().split("\n")
    const whole = lines.filter(line => line.endsWith("}"))
    expect([...new Set(whole.map(line => JSON.parse(line).key))]).toEqual(expected)
  }, 90_000)
})
