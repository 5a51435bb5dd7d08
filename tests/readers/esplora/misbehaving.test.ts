import type { ServerResponse } from "node:http"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { PoliteClient } from "../../../src/readers/http/polite-client.ts"
import type { EsploraServer } from "../../../testing/explorers/esplora-server.ts"
import { COIN, LATE } from "./hand-ledger.ts"
import { answerTo, faultOf, withExplorer } from "./with-explorer.ts"

const TIP = "/blocks/tip/height"

/** The first `times` requests for the tip go wrong. */
function spoil(explorer: EsploraServer, times: number, how: (response: ServerResponse) => void): void {
  let left = times
  explorer.mischief = (path, response) => {
    if (path !== TIP || left-- <= 0) return false
    how(response)
    return true
  }
}

const reply =
  (status: number, body = "", headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(body)
  }

/** A clock that does not wait, and tells what it was asked to wait. */
function patientClock() {
  const slept: number[] = []
  let now = 1_700_000_000_000
  const sleep = async (milliseconds: number) => {
    slept.push(milliseconds)
    now += milliseconds
  }
  return { slept, clock: { now: () => now, sleep } }
}

describe("what passes is waited for, a bounded number of times", () => {
  it.each([
    ["500", reply(500)],
    ["503", reply(503, "busy")],
    ["a closed connection", (response: ServerResponse) => response.socket?.destroy()],
    [
      "a body cut short",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "10" }).write("1")
        setTimeout(() => response.socket?.destroy(), 5)
      },
    ],
  ])("%s", (_, how) =>
    withExplorer(async (explorer, open) => {
      spoil(explorer, 3, how)
      expect((await open()).horizon.height).toBe(13)
      const asked = explorer.asked.length
      spoil(explorer, 9, how)
      expect((await faultOf(open())).reason).toBe("unreachable")
      expect(explorer.asked.length - asked).toBe(4)
    }),
  )

  it("429: as long as Retry-After asks, in seconds or to a date, else doubling", () =>
    withExplorer(async (explorer, open) => {
      const { slept, clock } = patientClock()
      const date = new Date(clock.now() + 9_000).toUTCString()
      const asks = [{ "retry-after": "7" }, {}, { "retry-after": "soon" }]
      spoil(explorer, 3, response => reply(429, "slow down", asks.shift() ?? {})(response))
      expect((await open({ clock, backOffMs: 1_000 })).horizon.height).toBe(13)
      expect(slept.filter(wait => wait > 1)).toEqual([7_000, 2_000, 4_000])
      spoil(explorer, 1, reply(429, "", { "retry-after": date }))
      const later = patientClock()
      await open({ clock: later.clock, backOffMs: 1_000 })
      expect(later.slept.filter(wait => wait > 1)).toEqual([9_000])
    }))

  it("429 for longer than a minute is said at once, and for ever in the end", () =>
    withExplorer(async (explorer, open) => {
      spoil(explorer, 1, reply(429, "", { "retry-after": "3600" }))
      expect(await faultOf(open())).toMatchObject({ reason: "rate-limited", path: TIP, said: "status 429" })
      expect(explorer.asked).toEqual([TIP])
      spoil(explorer, 99, reply(429))
      expect((await faultOf(open())).reason).toBe("rate-limited")
      expect(explorer.asked).toHaveLength(5)
    }))

  it("an explorer that hangs, before its answer or in the middle of it", () =>
    withExplorer(async (explorer, open) => {
      spoil(explorer, 99, () => {})
      expect((await faultOf(open({ timeoutMs: 40, retries: 1 }))).reason).toBe("timed-out")
      expect(explorer.asked).toHaveLength(2)
      spoil(explorer, 99, response => response.writeHead(200).write("1"))
      expect((await faultOf(open({ timeoutMs: 40, retries: 0 }))).reason).toBe("timed-out")
    }))

  it("nobody there", async () => {
    const url = await withExplorer(async explorer => explorer.url)
    const usual = {
      network: "regtest" as const,
      toHeight: null,
      asset: COIN,
      subsidyAt: null,
      cacheFolder: null,
      retries: 1,
      backOffMs: 1,
    }
    expect(await faultOf(openEsploraSource({ url, ...usual }))).toMatchObject({ reason: "unreachable" })
  })
})

describe("what does not pass is said at once", () => {
  it.each([
    ["401", reply(401), "unauthorised", "status 401"],
    ["403", reply(403), "unauthorised", "status 403"],
    ["404", reply(404), "not-found", "status 404"],
    ["400", reply(400), "nonsense", "status 400"],
    ["204, which has no body", reply(204), "nonsense", "status 204"],
    ["a web page", reply(200, "<!doctype html>"), "nonsense", "not a height"],
    ["a height below zero", reply(200, "-1"), "nonsense", "not a height"],
    [
      "bytes that are no text",
      (r: ServerResponse) => r.end(Buffer.from([0xff, 0xfe])),
      "nonsense",
      "not UTF-8",
    ],
    [
      "a huge body",
      (r: ServerResponse) => r.end(Buffer.alloc(5000, "1")),
      "too-large",
      "more than 4000 bytes",
    ],
    ["another host", reply(302, "", { location: "http://localhost:9/" }), "redirected", "http://localhost:9"],
    [
      "another port",
      reply(301, "", { location: "http://127.0.0.1:9/x" }),
      "redirected",
      "http://127.0.0.1:9",
    ],
    ["https of it", reply(307, "", { location: "https://127.0.0.1/x" }), "redirected", "https://127.0.0.1"],
    ["nowhere", reply(302), "redirected", "status 302"],
    ["round and round", reply(302, "", { location: TIP }), "redirected", "round and round"],
  ] as const)("%s", (_, how, reason, said) =>
    withExplorer(async (explorer, open) => {
      explorer.mischief = (_path, response) => {
        how(response)
        return true
      }
      expect(await faultOf(open({ maxBytes: 4000 }))).toMatchObject({ reason, path: TIP, said })
      expect(explorer.asked.length).toBe(said === "round and round" ? 4 : 1)
    }),
  )

  it.each([
    ["{", "not JSON"],
    ["[]", "answer: not an object"],
    ["null", "answer: not an object"],
    ['{"__proto__": {"txid": "x"}}', "txid: not text"],
  ])("JSON that is none, or not what was asked for: %s", (body, said) =>
    withExplorer(async (explorer, open) => {
      const source = await open()
      explorer.mischief = (_path, response) => {
        response.end(body)
        return true
      }
      const path = `/tx/${LATE}`
      expect(await faultOf(answerTo(source, `${LATE}:0`))).toMatchObject({ reason: "nonsense", path, said })
    }),
  )

  it("after a fault no further need is asked for", () =>
    withExplorer(async (explorer, open) => {
      const source = await open()
      const before = explorer.asked.length
      explorer.mischief = (_path, response) => {
        reply(401)(response)
        return true
      }
      const refs = Array.from({ length: 50 }, (_, n) => `${n.toString(16).padStart(64, "0")}:0`)
      await faultOf(Promise.resolve(source.answer(refs.map(ref => ({ what: "theft", ref })))))
      expect(explorer.asked.length - before).toBeLessThanOrEqual(2)
    }))
})

describe("the host that the user named, and no other", () => {
  it("follows a redirect within it", () =>
    withExplorer(async (explorer, open) => {
      spoil(explorer, 1, reply(301, "", { location: `/api${TIP}` }))
      expect((await open()).horizon.height).toBe(13)
    }))

  it("never sends a request to where a redirect points", async () => {
    let visits = 0
    const other = createServer((_, response) => {
      visits++
      response.end("13")
    })
    await new Promise<void>(resolve => {
      other.listen(0, "127.0.0.1", resolve)
    })
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
    await withExplorer(async (explorer, open) => {
      spoil(explorer, 9, reply(302, "", { location }))
      await faultOf(open())
    })
    await new Promise(resolve => {
      other.close(resolve)
    })
    expect(visits).toBe(0)
  })

  it.each(["ftp://host/", "file:///etc/passwd", "blockstream.info/api", "", "javascript:0"])(
    "not %s",
    url => {
      expect(() => new PoliteClient({ url, cacheFolder: null })).toThrow("not an http or https address")
    },
  )

  it("sends user and password as a header, and shows them nowhere", () =>
    withExplorer(async (explorer, open) => {
      const seen: (string | undefined)[] = []
      explorer.mischief = (_path, response, request) => {
        seen.push(request.headers.authorization)
        reply(401)(response)
        return true
      }
      const fault = await faultOf(open({ url: explorer.url.replace("//", "//me:s%25cret@") }))
      expect(seen).toEqual([`Basic ${Buffer.from("me:s%cret").toString("base64")}`])
      expect(`${fault.message} ${fault.stack}`).not.toContain("cret")
    }))
})
