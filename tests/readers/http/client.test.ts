import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { AnswerCache } from "../../../src/readers/http/answer-cache.ts"
import { readBaseUrl } from "../../../src/readers/http/base-url.ts"
import { type ClientOptions, PoliteClient } from "../../../src/readers/http/polite-client.ts"
import { RemoteFault } from "../../../src/readers/http/remote-fault.ts"
import { Turnstile } from "../../../src/readers/http/turnstile.ts"
import { Loopback, type Said } from "../../../testing/explorers/loopback.ts"

const root = mkdtempSync(join(tmpdir(), "ashiato-http-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Answers with what it was asked. */
class Echo extends Loopback {
  constructor() {
    super("/api")
  }

  protected answer(path: string, body: string): Said {
    return `${path} ${body}`
  }
}

async function withEcho<Result>(
  work: (echo: Echo, client: (more?: Partial<ClientOptions>) => PoliteClient) => Promise<Result>,
): Promise<Result> {
  const echo = new Echo()
  const url = await echo.open()
  const quick = { cacheFolder: null, requestsPerSecond: 1e6, retries: 1, backOffMs: 1 }
  try {
    return await work(echo, more => new PoliteClient({ url, ...quick, ...more }))
  } finally {
    await echo.close()
  }
}

const whole = (text: string) => text
const always = () => true
const KEY = "SECRETKEY123"

it("sends a key in the address with each request, and shows and stores it nowhere", () =>
  withEcho(async (echo, client) => {
    const cacheFolder = mkdtempSync(join(root, "key-"))
    const keyed = client({ url: `${echo.url}/?apikey=${KEY}`, cacheFolder })
    expect(await keyed.get("/a", whole, always)).toContain(`/a?apikey=${KEY}`)
    expect(await keyed.get("/a?b=1", () => "", always)).toBe("")
    expect(await keyed.post("/a", "{}", () => "", always)).toBe("")
    expect(echo.asked).toEqual([`/a?apikey=${KEY}`, `/a?b=1&apikey=${KEY}`, `/a?apikey=${KEY}`])
    expect(keyed.href).toBe(echo.url)
    const heads = readdirSync(cacheFolder, { recursive: true, encoding: "utf8" })
      .map(name => join(cacheFolder, name))
      .filter(file => statSync(file).isFile())
      .map(file => readFileSync(file, "utf8").split("\n")[0])
    expect(heads).toHaveLength(3)
    expect(heads.join(" ")).not.toContain(KEY)
    echo.mischief = (_, response) => {
      response.writeHead(401).end()
      return true
    }
    const fault: unknown = await keyed.get("/b", whole, always).catch((error: unknown) => error)
    expect(`${fault} ${(fault as Error).stack} ${JSON.stringify(fault)}`).not.toContain(KEY)
  }))

it("reads credentials as a node's cookie file has them, and refuses an empty one", () => {
  const at = "http://127.0.0.1:1/"
  const basic = (words: string) => `Basic ${Buffer.from(words).toString("base64")}`
  expect(readBaseUrl(at, "__cookie__:ab\n").authorization).toBe(basic("__cookie__:ab"))
  expect(readBaseUrl("http://a:b@127.0.0.1:1/", "c:d").authorization).toBe(basic("c:d"))
  expect(readBaseUrl(at).authorization).toBeNull()
  for (const empty of ["", "\n", "cookie"]) {
    expect(() => readBaseUrl(at, empty)).toThrow("no user:password given")
  }
})

it("takes a body that says so for a 429, and only from whoever asks it to", () =>
  withEcho(async (echo, client) => {
    let refusals = 1
    echo.mischief = (_, response) => {
      if (refusals-- <= 0) return false
      response.end("Max rate limit reached")
      return true
    }
    const isRefusal = (text: string) => text.includes("rate limit")
    expect(await client().get("/a", whole, always, isRefusal)).toBe("/a ")
    expect(echo.asked).toHaveLength(2)
    refusals = 9
    const fault = client().get("/a", whole, always, isRefusal)
    await expect(fault).rejects.toMatchObject({ code: "remote-rate-limited", said: "said in its answer" })
    expect(await client().get("/a", whole, always)).toBe("Max rate limit reached")
  }))

it("leaves a service that says 429 alone with its other requests too", async () => {
  let now = 0
  const sleep = async (milliseconds: number) => {
    now += milliseconds
  }
  const turnstile = new Turnstile({ now: () => now, sleep }, 1000, 2)
  await turnstile.pass(async () => turnstile.hold(5000))
  expect(await turnstile.pass(async () => now)).toBeGreaterThanOrEqual(5000)
  await withEcho(async (echo, client) => {
    echo.mischief = (_, response) => {
      if (echo.asked.length > 1) return false
      response.writeHead(429, { "retry-after": "7" }).end()
      return true
    }
    const polite = client({ clock: { now: () => now, sleep } })
    const started = now
    await polite.get("/a", whole, always)
    expect(now - started).toBeGreaterThanOrEqual(7000)
  })
})

it("counts what it fetches, and not what it keeps", () =>
  withEcho(async (_, client) => {
    const counts: number[] = []
    const cacheFolder = mkdtempSync(join(root, "count-"))
    const counting = client({ cacheFolder, onAnswer: count => counts.push(count) })
    for (const path of ["/a", "/a", "/b"]) await counting.get(path, whole, always)
    expect(counts).toEqual([1, 2])
  }))

it("fetches again what the cache holds and nobody understands", () =>
  withEcho(async (echo, client) => {
    const cacheFolder = mkdtempSync(join(root, "old-"))
    await new AnswerCache(cacheFolder, echo.url).write("/a", Buffer.from("of another version"), "t")
    await new AnswerCache(cacheFolder, echo.url).write("/b", Buffer.from([0xff]), "t")
    const read = (text: string) => {
      if (text.startsWith("of another")) throw new RemoteFault("nonsense", "/a", "not of this version")
      return text
    }
    expect(await client({ cacheFolder }).get("/b", whole, always)).toBe("/b ")
    expect(await client({ cacheFolder }).get("/a", read, always)).toBe("/a ")
  }))

it("says that the cache cannot be written, and where", () =>
  withEcho(async (_, client) => {
    const cacheFolder = join(mkdtempSync(join(root, "full-")), "file")
    writeFileSync(cacheFolder, "in the way")
    const asked = client({ cacheFolder }).get("/a", whole, always)
    await expect(asked).rejects.toMatchObject({ code: "cache-unwritable", detail: { reason: "ENOTDIR" } })
  }))
