import { request } from "node:http"
import { describe, expect, it } from "vitest"
import { serveMetrics } from "../../src/alarms/metrics-server.ts"
import { type FollowFigures, metricsText } from "../../src/alarms/metrics-text.ts"

const FIGURES: FollowFigures = {
  blocksSeen: 12_345,
  blocksUndone: 3,
  alarms: { outflow: 2, label: 1 },
  withdrawn: 1,
  unknown: 0,
  lastHeight: 840_000,
  lastTime: Date.parse("2024-04-20T00:09:27Z"),
  receivers: [
    { name: "stdout", delivered: 3, failures: 0, waiting: 0, lastFault: null },
    { name: 'odd "name"\\ of\ntwo lines', delivered: 1, failures: 7, waiting: 2, lastFault: "status 503" },
  ],
}

interface Family {
  readonly type: string
  readonly samples: Map<string, number>
}

/**
 * The grammar of the text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats): lines end in \n, HELP and
 * TYPE once for each family and before its samples, names and label names by their expressions, values as Go's
 * ParseFloat reads them, label values with \\, \" and \n escaped, no sample twice, families not mixed.
 */
function parseMetrics(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>()
  if (!text.endsWith("\n")) throw new Error("no line feed at the end")
  let helped = ""
  let current = ""
  for (const line of text.slice(0, -1).split("\n")) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)*$/.exec(line)
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line)
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*",?)*\})? ([-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)|NaN)(?: -?\d+)?$/.exec(
        line,
      )
    if (help) helped = help[1] ?? ""
    else if (type) {
      current = type[1] ?? ""
      if (helped !== current || families.has(current)) throw new Error(`TYPE out of place: ${line}`)
      families.set(current, { type: type[2] ?? "", samples: new Map() })
    } else if (sample) {
      const [, name = "", labels = "", value = ""] = sample
      const samples = families.get(name)?.samples
      if (name !== current || samples === undefined || samples.has(labels))
        throw new Error(`out of place: ${line}`)
      samples.set(labels, Number(value))
    } else throw new Error(`not of the format: ${line}`)
  }
  return families
}

describe("/metrics", () => {
  it("keeps to the grammar of the text format", () => {
    const families = parseMetrics(metricsText(FIGURES))
    expect([...(families.get("ashiato_alarms_total")?.samples ?? [])]).toEqual([
      ['{kind="outflow"}', 2],
      ['{kind="arrival"}', 0],
      ['{kind="moved"}', 0],
      ['{kind="label"}', 1],
    ])
    expect(families.get("ashiato_last_block_time_seconds")?.samples.get("")).toBe(1_713_571_767)
    expect([...(families.get("ashiato_delivery_failures_total")?.samples.values() ?? [])]).toEqual([0, 7])
    for (const [name, { type }] of families) expect(name.endsWith("_total")).toBe(type === "counter")
  })

  it("has no sample for what is not known", () => {
    const families = parseMetrics(
      metricsText({ ...FIGURES, lastHeight: null, lastTime: null, receivers: [] }),
    )
    expect(families.get("ashiato_last_block_height")?.samples.size).toBe(0)
  })

  it("would notice: text that breaks the format is refused", () => {
    const text = metricsText(FIGURES)
    const broken = [
      text.slice(0, -1),
      text.replace(" 12345", " many"),
      text.replace("# TYPE", "# KIND"),
      `${text}a 1\n`,
    ]
    for (const one of broken) expect(() => parseMetrics(one)).toThrow()
  })

  it("is answered on this machine only, to GET, under its path, and to no foreign host name", async () => {
    let height = 1
    const { url, close } = await serveMetrics(0, () => ({ ...FIGURES, lastHeight: height }))
    try {
      height = 2
      const response = await fetch(url)
      expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8")
      expect(
        parseMetrics(await response.text())
          .get("ashiato_last_block_height")
          ?.samples.get(""),
      ).toBe(2)
      expect((await fetch(url.replace("metrics", "other"))).status).toBe(404)
      expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(405)
      expect(new URL(url).hostname).toBe("127.0.0.1")
      const status = await new Promise(resolve => {
        request(url, { headers: { host: "attacker.example" } }, answer => resolve(answer.statusCode)).end()
      })
      expect(status).toBe(403)
    } finally {
      await close()
    }
  })
})
