import { existsSync, readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { claimsOf, type Words } from "../../src/attribution/incident.ts"
import { readIncident, readPublishedSum } from "../../src/casefile/incident-check.ts"
import { loadChain } from "../../src/chains/chain.ts"
import { incidentFiles, incidentOf, ROOT, registerSchema, sumFiles, textOf } from "./register.ts"

const FACTS = new URL("../shared/facts/", ROOT)
const NO_FACTS = !existsSync(FACTS)
const incidents = incidentFiles().map(name => incidentOf(name.replace(".json", "")))
const factsOf = (path: string) => JSON.parse(readFileSync(new URL(path, FACTS), "utf8"))

describe("the bundled register", () => {
  it("has a schema that holds under strict rules", () => {
    const complain = (message: string) => {
      throw new Error(message)
    }
    const logger = { log: () => {}, warn: complain, error: complain }
    expect(new Ajv2020({ strict: true, strictTypes: false, logger }).compile(registerSchema())).toBeTypeOf(
      "function",
    )
  })

  it.each(incidentFiles())(
    "%s is of the published form, its references hold, and its name is its id",
    name => {
      expect(readIncident(textOf(name), kind("incident")).id).toBe(name.replace(".json", ""))
    },
  )

  it.each(sumFiles())("sums/%s is of the published form and names what the register has", name => {
    expect(readPublishedSum(textOf(`sums/${name}`), kind("sum"), incidents).id).toBe(
      name.replace(".json", ""),
    )
  })

  it("has the thefts of the founding article, and the large ones since", () => {
    const ids = new Set(incidents.map(({ id }) => id))
    const wanted = [
      "coincheck-2018-01",
      "yapizon-2017-04",
      "youbit-2017-12",
      "bithumb-2018-06",
      "coinis-2017-09",
    ]
    const later = [
      "ronin-2022-03",
      "harmony-2022-06",
      "atomic-wallet-2023-06",
      "stake-2023-09",
      "coinex-2023-09",
    ]
    const last = ["alphapo-2023-07", "dmm-bitcoin-2024-05", "wazirx-2024-07", "bybit-2025-02"]
    expect([...wanted, ...later, ...last].filter(id => !ids.has(id))).toEqual([])
  })

  it("uses every source that it lists", () => {
    const idle = incidents.flatMap(incident => {
      const used = new Set([
        ...incident.date.sources,
        ...claimsOf(incident).flatMap(({ claim }) => claim.sources),
      ])
      return incident.sources.filter(({ id }) => !used.has(id)).map(({ id }) => `${incident.id}/${id}`)
    })
    expect(idle).toEqual([])
  })

  it("says everything in both languages", () => {
    const wrong = incidents.flatMap(incident =>
      texts(incident).filter(
        ({ en, ja }) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(en) || !/[\u3040-\u30ff\u4e00-\u9fff]/.test(ja),
      ),
    )
    expect(wrong).toEqual([])
  })

  it("keeps unverified what the record of facts says was not verified", () => {
    const unread = (id: string, claim: string) => {
      const { values, actors } = incidentOf(id)
      return [...values, ...actors].find(one => one.id === claim)?.verified
    }
    expect(unread("yapizon-2017-04", "usd-gib")).toBe(false)
    expect(unread("bithumb-2018-06", "usd-gib")).toBe(false)
    for (const id of [
      "yapizon-2017-04",
      "coinis-2017-09",
      "youbit-2017-12",
      "bithumb-2018-06",
      "coincheck-2018-01",
    ])
      expect(unread(id, "un171")).toBe(false)
  })

  it("has addresses that pass the checks of their chains", async () => {
    for (const { traces } of incidents)
      for (const { chain, kind: what, value } of traces) {
        if (what !== "address") continue
        const { checkAddress } = await loadChain(chain)
        expect(() => checkAddress(value)).not.toThrow()
      }
  })

  it.skipIf(NO_FACTS)("agrees with ../shared/facts: the FBI's eleven addresses of Harmony", () => {
    const listed: string[] = factsOf("attribution/addresses.json").harmony2022.addresses
    expect(incidentOf("harmony-2022-06").traces.map(({ value }) => value)).toEqual(listed)
  })

  it.skipIf(NO_FACTS)("agrees with ../shared/facts: losses that DN Institute lists", () => {
    const rows: { file: string; loss: string }[] = factsOf("incidents/dn-institute-incidents.json")
    const loss = new Map(rows.map(row => [row.file, row.loss]))
    const compared = incidents.flatMap(({ values, sources }) => {
      const file = sources.find(({ id }) => id === "dn")?.title.replace("DN Institute: ", "") ?? ""
      const said = values.find(({ id }) => id === "usd-dn")
      return said === undefined || !loss.has(file) ? [] : [[file, said.amount, loss.get(file)]]
    })
    expect(compared.length).toBeGreaterThan(10)
    expect(compared.filter(([, ours, theirs]) => ours !== theirs)).toEqual([])
  })

  it.skipIf(NO_FACTS)(
    "agrees with ../shared/facts: what is published of Coincheck's worth in dollars",
    () => {
      const { claims } = factsOf("attribution/claims.json") as { claims: Fact[] }
      const facts = claims.filter(({ id }) => /^CC-U\d$/.test(id)).map(({ value }) => String(value?.USD))
      const ours = incidentOf("coincheck-2018-01").values.filter(({ currency }) => currency === "USD")
      expect(ours.map(({ amount }) => amount).sort()).toEqual(facts.sort())
    },
  )
})

interface Fact {
  readonly id: string
  readonly value?: { readonly USD?: number }
}

function kind(name: "incident" | "sum"): object {
  const { $defs } = registerSchema() as { readonly $defs: object }
  return { $ref: `#/$defs/${name}`, $defs }
}

function texts(value: unknown): readonly Words[] {
  if (typeof value !== "object" || value === null) return []
  if ("en" in value && "ja" in value) return [value as Words]
  return Object.values(value).flatMap(texts)
}
