import { GROUPINGS } from "../attribution/incident-group.ts"
import { answerIncidents, answerSum } from "../cases/incidents-answer.ts"
import { incidentMessages } from "../messages/incidents.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { loadRegister, type Register } from "../readers/incident-files.ts"
import { Problem } from "../units/problem.ts"
import { oneOf, parseOptions } from "./option-values.ts"
import { writeJson } from "./write-json.ts"
import { writeWhole } from "./write-whole.ts"

const INCIDENTS_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  csv: { type: "boolean" },
  lang: { type: "string" },
  by: { type: "string" },
  actor: { type: "string" },
  year: { type: "string" },
  country: { type: "string" },
  sum: { type: "string" },
  register: { type: "string" },
  stix: { type: "string" },
  misp: { type: "string" },
} as const

type Values = ReturnType<typeof parseValues>

function parseValues(args: readonly string[]) {
  const { values, positionals } = parseOptions("incidents", args, INCIDENTS_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const [extra] = positionals
  if (extra !== undefined) throw new Problem("option-conflict", { a: "incidents", b: extra })
  if (values.json && values.csv) throw new Problem("option-conflict", { a: "--json", b: "--csv" })
  const beside = (["by", "actor", "year", "country", "csv", "stix", "misp"] as const).find(
    name => values[name] !== undefined,
  )
  if (values.sum !== undefined && beside !== undefined)
    throw new Problem("option-conflict", { a: "--sum", b: `--${beside}` })
  return values
}

/** `ashiato incidents`: lists, filters, groups and sums the register of thefts; exports it. */
export async function incidentsCommand(args: readonly string[], language: Language): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(incidentMessages(language).help)
    return 0
  }
  const values = parseValues(args)
  const register = await loadRegister(values.register ?? null)
  return values.sum === undefined
    ? list(register, values, language)
    : sum(register, values.sum, values.json ?? false, language)
}

async function list(register: Register, values: Values, language: Language): Promise<number> {
  const filter = {
    actor: values.actor ?? null,
    year: values.year === undefined ? null : matching("--year", values.year, /^\d{4}$/, "YYYY"),
    country:
      values.country === undefined
        ? null
        : matching("--country", values.country.toUpperCase(), /^[A-Z]{2}$/, "ISO 3166 (KR, JP)"),
  }
  const by = values.by === undefined ? null : oneOf("--by", values.by, GROUPINGS)
  const document = answerIncidents(register, filter, by)
  const records = document.incidents.map(({ record }) => record)
  if (values.stix !== undefined) {
    const { writeStix } = await import("../reports/stix/write-stix.ts")
    writeWhole(values.stix, writeStix({ incidents: records }))
  }
  if (values.misp !== undefined) {
    const { writeMisp } = await import("../reports/misp/write-misp.ts")
    writeWhole(values.misp, writeMisp({ incidents: records }))
  }
  if (values.csv) {
    const { claimsCsv } = await import("../cases/incidents-csv.ts")
    process.stdout.write(claimsCsv(records, language))
  } else if (values.json) await writeJson(process.stdout, document)
  else {
    const { incidentsText } = await import("../reports/text/incidents-text.ts")
    process.stdout.write(incidentsText(document, language))
  }
  return 0
}

async function sum(register: Register, id: string, json: boolean, language: Language): Promise<number> {
  const document = answerSum(register, id)
  if (document === null) {
    const expected = register.sums.map(one => one.id).join(" / ")
    throw new Problem("option-value", { option: "--sum", value: id, expected })
  }
  if (json) await writeJson(process.stdout, document)
  else {
    const { incidentSumText } = await import("../reports/text/incident-sum-text.ts")
    process.stdout.write(incidentSumText(document, language))
  }
  return 0
}

function matching(option: string, value: string, form: RegExp, expected: string): string {
  if (!form.test(value)) throw new Problem("option-value", { option, value, expected })
  return value
}
