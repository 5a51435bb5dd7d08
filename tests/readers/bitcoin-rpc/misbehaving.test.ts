import type { ServerResponse } from "node:http"
import { describe, expect, it } from "vitest"
import type { Json } from "./fake-node.ts"
import { type Call, hashOf } from "./fake-node.ts"
import { blocksOf, problemOf, withNode } from "./with-node.ts"

const error = (code: number, message: string, id: unknown = null): string =>
  JSON.stringify({ result: null, error: { code, message }, id })

const reply =
  (status: number, body = "") =>
  (response: ServerResponse) => {
    response.writeHead(status).end(body)
  }

/** A clock that does not wait, and tells how long it was asked to wait in all. */
function patientClock() {
  let now = 1_700_000_000_000
  const waits: number[] = []
  const sleep = async (milliseconds: number) => {
    waits.push(milliseconds)
    now += milliseconds
  }
  return { waits, clock: { now: () => now, sleep } }
}

describe("a node that is starting is waited for", () => {
  it.each([
    ["500, as version 1 has it", (_: readonly Call[]) => [500, error(-28, "Loading block index...")]],
    ["503", (_: readonly Call[]) => [503, error(-28, "Loading block index...")]],
    [
      "200, each question for itself",
      (calls: readonly Call[]) => {
        const each = calls.map(({ id }) => ({
          jsonrpc: "2.0",
          error: { code: -28, message: "Rescanning..." },
          id,
        }))
        return [200, JSON.stringify(each)]
      },
    ],
  ] as const)("answering %s", (_, answer) =>
    withNode(async (node, open) => {
      let left = 6
      node.mischief = (calls, response) => {
        if (left-- <= 0) return false
        const [status, body] = answer(calls)
        reply(Number(status), String(body))(response)
        return true
      }
      const { waits, clock } = patientClock()
      expect((await open({ clock, backOffMs: 500, requestsPerSecond: 1e9 })).tip.height).toBe(29)
      expect(waits.filter(wait => wait > 1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000])
    }),
  )

  it("but not for ever: then its own words are told", () =>
    withNode(async (node, open) => {
      node.mischief = (_, response) => {
        reply(500, error(-28, "Verifying blocks..."))(response)
        return true
      }
      const { clock } = patientClock()
      expect(await problemOf(open({ clock, backOffMs: 500, warmUpMs: 60_000 }))).toMatchObject({
        code: "remote-unreachable",
        detail: { path: "getblockchaininfo and 1 more", said: "error -28: Verifying blocks..." },
        where: { file: node.url },
      })
      expect(node.requests.length).toBeLessThan(15)
    }))
})

describe("what may pass is tried again, and told in the end", () => {
  it.each([
    ["500 with words that are no JSON", reply(500, "Work queue depth exceeded"), "remote-unreachable"],
    ["503 of something before it", reply(503, "<html>Service Unavailable</html>"), "remote-unreachable"],
    ["502", reply(502, error(-1, "not the node's")), "remote-unreachable"],
    ["429", reply(429), "remote-rate-limited"],
    ["a closed connection", (response: ServerResponse) => response.socket?.destroy(), "remote-unreachable"],
    [
      "an answer cut short",
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "100" }).write("[")
        setTimeout(() => response.socket?.destroy(), 5)
      },
      "remote-unreachable",
    ],
    ["an endless error page", reply(500, "x".repeat(100_000)), "remote-unreachable"],
  ] as const)("%s", (_, how, code) =>
    withNode(async (node, open) => {
      let left = 2
      node.mischief = (_calls, response) => {
        if (left-- <= 0) return false
        how(response)
        return true
      }
      expect((await open()).tip.height).toBe(29)
      left = 99
      expect((await problemOf(open())).code).toBe(code)
      expect(left).toBe(99 - 3)
    }),
  )

  it("a node that hangs, before its answer or in the middle of it", () =>
    withNode(async (node, open) => {
      for (const how of [() => {}, (response: ServerResponse) => response.writeHead(200).write("[")]) {
        node.mischief = (_, response) => {
          how(response)
          return true
        }
        const asked = node.requests.length
        expect((await problemOf(open({ timeoutMs: 40, retries: 1 }))).code).toBe("remote-timed-out")
        expect(node.requests.length - asked).toBe(2)
      }
    }))

  it("nobody there", async () => {
    const [url, open] = await withNode(async (node, open) => [node.url, open] as const)
    expect(await problemOf(open({ url }))).toMatchObject({ code: "remote-unreachable", where: { file: url } })
  })
})

describe("what does not pass is told at once, in the node's words where it has any", () => {
  it.each([
    ["a web page", reply(200, "<!doctype html>"), "remote-nonsense", "not JSON"],
    ["403, as for a stranger", reply(403), "remote-unauthorised", "status 403"],
    ["404 without words", reply(404), "remote-not-found", "status 404"],
    ["400, of nginx", reply(400, "<html>"), "remote-nonsense", "status 400"],
    ["a redirect", reply(302), "remote-redirected", "status 302"],
    [
      "one answer to two questions",
      reply(200, '{"result": {}, "error": null, "id": 0}'),
      "remote-nonsense",
      "answer: not a list",
    ],
    ["null", reply(200, "null"), "remote-nonsense", "answer: not a list"],
    [
      "500: parse error",
      reply(500, error(-32700, "Parse error")),
      "remote-nonsense",
      "error -32700: Parse error",
    ],
    ["an error that is text", reply(200, '{"error": "no"}'), "remote-nonsense", 'error 0: "no"'],
    [
      "an error with colours",
      reply(500, error(-1, "\u001b[31mred\n\u0007")),
      "remote-nonsense",
      "error -1: [31mred",
    ],
    [
      "a body beyond the limit",
      (response: ServerResponse) => response.end(Buffer.alloc(5_000, " ")),
      "remote-too-large",
      "more than 4000 bytes",
    ],
  ] as const)("%s", (_, how, code, said) =>
    withNode(async (node, open) => {
      node.mischief = (_calls, response) => {
        how(response)
        return true
      }
      const problem = await problemOf(open({ maxBytes: 4_000 }))
      expect({ code: problem.code, said: problem.detail.said }).toEqual({ code, said })
      expect(node.requests).toHaveLength(1)
    }),
  )

  it("404 with the node's word for a method that it does not know", () =>
    withNode(async (node, open) => {
      node.mischief = (_, response) => {
        reply(404, error(-32601, "Method not found"))(response)
        return true
      }
      const problem = await problemOf(open())
      expect(problem.code).toBe("remote-not-found")
      expect(problem.detail.path).toBe("getblockchaininfo (error -32601: Method not found)")
    }))

  it("a block that a pruned node has thrown away", () =>
    withNode(async (node, open) => {
      const feed = await open()
      const hash = hashOf(node.blocks[3] as Buffer)
      node.forge = ({ params, id }, answer) => {
        const gone = { code: -1, message: "Block not available (pruned data)" }
        return params[0] === hash ? { result: null, error: gone, id } : answer
      }
      const problem = await problemOf(blocksOf(feed, 0))
      expect(problem.code).toBe("remote-not-found")
      expect(problem.detail.path).toBe(`getblock ${hash} 0 (error -1: Block not available (pruned data))`)
    }))
})

describe("an answer that is not what was asked for is nonsense, named by its place", () => {
  const of = (wanted: string, change: (answer: Json, call: Call) => Json) => (call: Call, answer: Json) =>
    call.method === wanted && Number(call.id) === 1 ? change(answer, call) : answer
  it.each([
    [
      "an id of nobody",
      of("getblockhash", answer => ({ ...answer, id: 99 })),
      "an id that was not asked for",
    ],
    [
      "an id that is text",
      of("getblockhash", answer => ({ ...answer, id: "1" })),
      "an id that was not asked for",
    ],
    ["an id twice", of("getblockhash", answer => ({ ...answer, id: 0 })), "an id answered twice"],
    ["a list in the list", of("getblockhash", () => [] as unknown as Json), "not an object"],
    ["neither result nor error", of("getblockhash", ({ id }) => ({ id })), "neither result nor error"],
    ["a hash that is none", of("getblockhash", answer => ({ ...answer, result: "ab" })), "not a hash"],
    ["a number for a hash", of("getblockhash", answer => ({ ...answer, result: 7 })), "not a hash"],
    [
      "hexadecimal that is none",
      of("getblock", answer => ({ ...answer, result: "zz".repeat(90) })),
      "not hexadecimal",
    ],
    [
      "half a byte",
      of("getblock", answer => ({ ...answer, result: `${String(answer.result)}0` })),
      "not hexadecimal",
    ],
    ["nothing", of("getblock", answer => ({ ...answer, result: "" })), "not hexadecimal"],
    ["an object for a block", of("getblock", answer => ({ ...answer, result: {} })), "not hexadecimal"],
    [
      "a header alone",
      of("getblock", answer => ({ ...answer, result: String(answer.result).slice(0, 160) })),
      "too short for a block",
    ],
    [
      "another block",
      of("getblock", answer => ({
        ...answer,
        result: `01${String(answer.result).slice(2).replace("0", "1")}`,
      })),
      "another block",
    ],
  ] as const)("%s", (_, forge, said) =>
    withNode(async (node, open) => {
      const feed = await open()
      node.forge = forge
      const problem = await problemOf(blocksOf(feed, 0))
      expect(problem.code).toBe("remote-nonsense")
      expect(problem.detail.said).toContain(said)
      expect(problem.detail.path).toMatch(/^getblock(hash)? [0-9a-f]+/)
      expect(problem.where.file).toBe(node.url)
    }),
  )

  it("an answer too few", () =>
    withNode(async (node, open) => {
      const feed = await open()
      node.mischief = ([, ...calls], response) => {
        response.end(JSON.stringify(calls.map(({ id }) => ({ id, result: "00" }))))
        return true
      }
      expect((await problemOf(blocksOf(feed, 0))).detail.said).toBe("question 0 is not answered")
    }))

  it("in any order they are taken for what they answer", () =>
    withNode(async (node, open) => {
      const feed = await open()
      const whole = await blocksOf(feed, 0)
      node.reversed = true
      expect(await blocksOf(feed, 0)).toEqual(whole)
    }))
})
