import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { AlarmQueue } from "../../src/alarms/alarm-queue.ts"
import { AlarmWatch } from "../../src/alarms/alarm-watch.ts"
import { BACK_OFF, type BackOff, waitAfter } from "../../src/alarms/back-off.ts"
import { Delivery } from "../../src/alarms/delivery.ts"
import { fileReceiver } from "../../src/alarms/line-receivers.ts"
import { signatureOf } from "../../src/alarms/signature.ts"
import { webhookReceiver } from "../../src/alarms/webhook.ts"
import type { AlarmNotice } from "../../src/contracts/alarm.ts"
import { blockAt, optionsOf, out, outflow } from "./staged-blocks.ts"
import { isSigned, WebhookServer } from "./webhook-server.ts"

const SECRET = "a secret for the tests"
const secret = new TextEncoder().encode(SECRET)
const SOON: BackOff = { ...BACK_OFF, firstMs: 2, mostMs: 10 }

let folder = ""
const server = new WebhookServer()
let url = ""

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ashiato-alarms-"))
  server.mood = () => "take"
  server.asked.length = 0
  server.taken.length = 0
  url = await server.open()
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** So many notices, as a watch gives them. */
function notices(count: number): readonly AlarmNotice[] {
  const watch = new AlarmWatch(
    optionsOf([outflow({ limit: { amount: 0n }, window: { seconds: null, blocks: 1 } })]),
  )
  return Array.from({ length: count }, (_, n) =>
    watch.add(blockAt(2 * n + 1, n, [out(`${n}`, 2n ** BigInt(n % 60))])),
  ).flat()
}

const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key)
const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n")

async function deliverAll(delivery: Delivery): Promise<boolean> {
  const stop = new AbortController()
  const running = delivery.run(stop.signal)
  const isSettled = await delivery.settled(10_000)
  stop.abort()
  await running
  return isSettled
}

describe("delivery", () => {
  it("loses nothing at a receiver that fails, hangs, hangs up, redirects and comes back, and keeps the order", async () => {
    const moods = ["fail", "hang", "take", "hang up", "take and hang up", "redirect", "take"] as const
    server.mood = n => (n < 21 ? (moods[n % moods.length] ?? "take") : "take")
    const queue = new AlarmQueue(folder)
    const delivery = new Delivery(folder, queue, [webhookReceiver({ url, secret }, 100)], SOON)
    const all = queue.append(notices(12))
    expect(all).toHaveLength(12)
    expect(await deliverAll(delivery)).toBe(true)
    // In order; what came twice has the same key and the same body.
    expect([...new Set(keys(server.taken))]).toEqual(keys(all))
    expect(server.taken.length).toBeGreaterThan(12)
    expect(new Set(server.taken.map(({ body }) => body)).size).toBe(12)
    expect(server.asked.every(got => isSigned(got, SECRET))).toBe(true)
    expect(server.elsewhere).toBe(0)
    const [figures] = delivery.figures
    expect(figures).toMatchObject({ delivered: 12, waiting: 0, lastFault: null })
    // A try may also fail before it comes to the server, on a connection that was just hung up.
    expect(figures?.failures).toBeGreaterThanOrEqual(server.asked.length - 12)
    queue.close()
  })

  it("holds up nobody for a receiver that is away, and says how many wait for it", async () => {
    server.mood = () => "fail"
    const file = join(folder, "out.jsonl")
    const queue = new AlarmQueue(join(folder, "queue"))
    const receivers = [webhookReceiver({ url, secret }, 100), fileReceiver(file)]
    const delivery = new Delivery(join(folder, "queue"), queue, receivers, SOON)
    const all = queue.append(notices(5))
    const stop = new AbortController()
    const running = delivery.run(stop.signal)
    expect(await delivery.settled(300)).toBe(false)
    expect(linesOf(file).map(line => JSON.parse(line).key)).toEqual(keys(all))
    expect(delivery.figures.map(({ waiting }) => waiting)).toEqual([5, 0])
    expect(delivery.figures[0]?.lastFault).toBe("status 503")
    server.mood = () => "take"
    expect(await delivery.settled(5_000)).toBe(true)
    stop.abort()
    await running
    queue.close()
  })

  it("goes on after a restart where it was, and knows what it has queued", async () => {
    const all = notices(6)
    const first = new AlarmQueue(folder)
    await deliverAll(new Delivery(folder, first, [webhookReceiver({ url, secret })], SOON))
    first.append(all.slice(0, 4))
    first.close()
    const second = new AlarmQueue(folder)
    expect(keys(second.append(all))).toEqual(keys(all.slice(4)))
    await deliverAll(new Delivery(folder, second, [webhookReceiver({ url, secret })], SOON))
    expect(keys(server.taken)).toEqual(keys(all))
    second.close()
  })

  it("begins for a new receiver with the next notice, and for the first ones at the beginning", async () => {
    const queue = new AlarmQueue(folder)
    const all = queue.append(notices(3))
    const hook = webhookReceiver({ url, secret })
    await deliverAll(new Delivery(folder, queue, [hook], SOON))
    const file = join(folder, "late.jsonl")
    const both = new Delivery(folder, queue, [hook, fileReceiver(file)], SOON)
    const [, , , last] = notices(4)
    if (last === undefined) throw new Error("three notices")
    queue.append([last])
    await deliverAll(both)
    expect(keys(server.taken)).toEqual([...keys(all), last.key])
    expect(linesOf(file)).toEqual([JSON.stringify(last)])
    queue.close()
  })

  it("puts a whole line after one that a kill has cut short in a file", async () => {
    const file = join(folder, "out.jsonl")
    writeFileSync(file, '{"schema":"ash')
    const queue = new AlarmQueue(join(folder, "queue"))
    const delivery = new Delivery(join(folder, "queue"), queue, [fileReceiver(file)], SOON)
    const [one] = queue.append(notices(1))
    await deliverAll(delivery)
    expect(linesOf(file)).toEqual(['{"schema":"ash', JSON.stringify(one)])
    queue.close()
  })

  it("signs the time, a full stop and the body, as OpenSSL computes it", () => {
    // printf '7.body' | openssl dgst -sha256 -hmac Jefe
    expect(signatureOf(new TextEncoder().encode("Jefe"), 7, "body")).toBe(
      "t=7,v1=8cb64c6a2b005eaab54a577ddac227f54e1201470d4cec57f3fca2b8f74ae347",
    )
  })

  it("waits twice as long after each failure, up to the most, half of it by chance", () => {
    const at = (random: number) => [1, 2, 3, 60].map(n => waitAfter(n, { ...BACK_OFF, random: () => random }))
    expect(at(0)).toEqual([500, 1000, 2000, 150_000])
    expect(at(0.5)).toEqual([750, 1500, 3000, 225_000])
  })
})

describe("the queue on disk", () => {
  it("cuts off what was not written to its end, and numbers on", () => {
    const all = notices(3)
    const queue = new AlarmQueue(folder)
    queue.append(all.slice(0, 2))
    queue.close()
    appendFileSync(join(folder, "alarms-000000000001.jsonl"), JSON.stringify(all[2]).slice(0, 50))
    const again = new AlarmQueue(folder)
    expect(again.count).toBe(2)
    again.append(all)
    expect(again.count).toBe(3)
    again.close()
    expect(linesOf(join(folder, "alarms-000000000001.jsonl"))).toEqual(all.map(one => JSON.stringify(one)))
  })

  it("begins new files, and deletes those that everybody has read", async () => {
    const queue = new AlarmQueue(folder, { fileBytes: 1000 })
    const delivery = new Delivery(folder, queue, [webhookReceiver({ url, secret })], SOON)
    const all = notices(30)
    for (const one of all) queue.append([one])
    expect(readdirSync(folder).length).toBeGreaterThan(8)
    await deliverAll(delivery)
    expect(keys(server.taken)).toEqual(keys(all))
    expect(readdirSync(folder).filter(name => name.startsWith("alarms-"))).toHaveLength(2)
    queue.close()
    const again = new AlarmQueue(folder, { fileBytes: 1000 })
    expect([again.count, again.append(all.slice(-2)).length]).toEqual([30, 0])
    again.close()
  })

  it("refuses a damaged file, and a record of deliveries that is none", () => {
    const queue = new AlarmQueue(folder)
    queue.append(notices(2))
    queue.close()
    writeFileSync(join(folder, "delivered.json"), '{"stdout":{"number":9,"file":1,"offset":0}}')
    const again = new AlarmQueue(folder)
    const stdout = { id: "stdout", name: "stdout", deliver: async () => {} }
    expect(() => new Delivery(folder, again, [stdout])).toThrow(/alarm-queue-damaged/)
    again.close()
    writeFileSync(join(folder, "alarms-000000000001.jsonl"), "nonsense\n")
    expect(() => new AlarmQueue(folder)).toThrow(/alarm-queue-damaged/)
  })
})
