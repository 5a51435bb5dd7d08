import { expect, it } from "vitest"
import { Turnstile } from "../../../src/readers/http/turnstile.ts"
import { LATE, LOOT } from "./hand-ledger.ts"
import { answerTo, withExplorer } from "./with-explorer.ts"

/** Moves on when nothing else is left to do, to whoever sleeps the least. */
function madeUpClock() {
  let now = 0
  const sleepers: { until: number; wake: () => void }[] = []
  const turn = () => {
    sleepers.sort((a, b) => a.until - b.until)
    const next = sleepers.shift()
    if (next === undefined) return
    now = Math.max(now, next.until)
    next.wake()
  }
  const sleep = (milliseconds: number) =>
    new Promise<void>(wake => {
      sleepers.push({ until: now + milliseconds, wake })
      setImmediate(turn)
    })
  return { now: () => now, sleep }
}

it("begins no two requests closer than the rate allows, and has two under way at most", async () => {
  const clock = madeUpClock()
  const turnstile = new Turnstile(clock, 4, 2)
  const starts: number[] = []
  let inside = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      turnstile.pass(async () => {
        starts.push(clock.now())
        most = Math.max(most, ++inside)
        await clock.sleep(n % 3 === 0 ? 900 : 10)
        inside--
      }),
    ),
  )
  const gaps = starts.slice(1).map((start, n) => start - (starts[n] ?? 0))
  expect(starts).toHaveLength(20)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250)
  expect(most).toBe(2)
})

it("gives the place of a failed request to the next", async () => {
  const turnstile = new Turnstile(madeUpClock(), 1e6, 1)
  const fail = () => turnstile.pass(() => Promise.reject(new Error("no")))
  const results = await Promise.allSettled([fail(), fail(), turnstile.pass(async () => "yes")])
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"])
})

it("is polite over the wire too, with retries counted", () =>
  withExplorer(async (explorer, open) => {
    const refused = new Set<string>()
    explorer.mischief = (path, response) => {
      if (refused.has(path)) return false
      refused.add(path)
      response.writeHead(500).end()
      return true
    }
    const source = await open({ requestsPerSecond: 50 })
    await Promise.all([answerTo(source, `${LOOT}:0`), answerTo(source, `${LATE}:0`)])
    const gaps = explorer.startedAt.slice(1).map((start, n) => start - (explorer.startedAt[n] ?? 0))
    // The server sees requests a little later than they are sent, one sooner than another: the mean is what counts.
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeGreaterThan(19)
    expect(explorer.mostAtOnce).toBeLessThanOrEqual(2)
  }))
