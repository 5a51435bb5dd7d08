import {
  compare,
  type Fraction,
  fractionText,
  ONE,
  parseDecimal,
  plus,
  ZERO,
} from "../attribution/fraction.ts"
import type { AttributionFile } from "../casefile/attribution-file.ts"
import { attributeMessages } from "../messages/attribute.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { oneOf, parseOptions } from "./option-values.ts"
import { writeJson } from "./write-json.ts"
import { writeWhole } from "./write-whole.ts"

const ATTRIBUTE_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  names: { type: "string" },
  posterior: { type: "boolean" },
  prior: { type: "string" },
  without: { type: "string", multiple: true },
  stix: { type: "string" },
  misp: { type: "string" },
  csv: { type: "string" },
} as const

/** `ashiato attribute`: what is said of who did it, weighed in the open. */
export async function attributeCommand(args: readonly string[], language: Language): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(attributeMessages(language).help)
    return 0
  }
  const { values, positionals } = parseOptions("attribute", args, ATTRIBUTE_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const [name, extra] = positionals
  const beside = name ?? ["without", "posterior", "prior"].find(option => Object.hasOwn(values, option))
  if (values.names !== undefined) {
    if (beside !== undefined) throw new Problem("option-conflict", { a: "--names", b: beside })
    return names(values.names, values.json ?? false, language)
  }
  if (name === undefined) throw await noCase()
  if (extra !== undefined) throw new Problem("option-conflict", { a: name, b: extra })
  const { prior, posterior = false } = values
  if (posterior && prior === undefined)
    throw new Problem("option-needs-option", { a: "--posterior", b: "--prior" })
  if (prior !== undefined && !posterior)
    throw new Problem("option-needs-option", { a: "--prior", b: "--posterior" })
  const { loadAttribution } = await import("../readers/attribution-file.ts")
  const { attributeCase } = await import("../cases/attribute-case.ts")
  const { file, name: fileName, sha256 } = await loadAttribution(name)
  const document = attributeCase({
    file,
    input: { name: fileName, sha256 },
    without: (values.without ?? []).flatMap(list => list.split(",")).map(id => id.trim()),
    priors:
      prior === undefined
        ? null
        : priorsOf(
            prior,
            file.hypotheses.map(({ id }) => id),
          ),
    method: attributeMessages(language).method,
  })
  await exportTo(values, file, language)
  if (values.json === true) await writeJson(process.stdout, document)
  else {
    const { attributeText } = await import("../reports/text/attribute-text.ts")
    process.stdout.write(attributeText(document, language, process.stdout.columns ?? 110))
  }
  return 0
}

/** The claims for other programs: STIX 2.1, MISP, CSV. */
async function exportTo(
  { stix, misp, csv }: { readonly stix?: string; readonly misp?: string; readonly csv?: string },
  file: AttributionFile,
  language: Language,
): Promise<void> {
  if (stix === undefined && misp === undefined && csv === undefined) return
  const { loadRegister } = await import("../readers/incident-files.ts")
  const incidents = (await loadRegister()).incidents.filter(incident => incident.case === file.case)
  if (stix !== undefined) {
    const { bundledCases, loadCase } = await import("../readers/case-file.ts")
    const { writeStix } = await import("../reports/stix/write-stix.ts")
    const cases = bundledCases().includes(file.case) ? [(await loadCase(file.case)).caseFile] : []
    writeWhole(stix, writeStix({ incidents, cases, attributions: [file] }))
  }
  if (misp !== undefined) {
    const { writeMisp } = await import("../reports/misp/write-misp.ts")
    writeWhole(misp, writeMisp({ incidents, attributions: [file] }))
  }
  if (csv !== undefined) {
    const { attributionCsv } = await import("../cases/incidents-attribution-csv.ts")
    writeWhole(csv, attributionCsv(file, language))
  }
}

async function names(wanted: string, json: boolean, language: Language): Promise<number> {
  const { loadActors } = await import("../readers/attribution-file.ts")
  const { namesCalled } = await import("../attribution/names.ts")
  const actors = loadActors()
  const entries = namesCalled(wanted, actors.names, actors.overlaps)
  if (json) {
    const { about, read, conflicts } = actors
    await writeJson(process.stdout, {
      schema: "ashiato/names/1",
      about,
      read,
      wanted,
      names: entries,
      conflicts,
    })
  } else {
    const { namesText } = await import("../reports/text/attribute-names.ts")
    process.stdout.write(namesText(wanted, entries, actors, language))
  }
  return 0
}

async function noCase(): Promise<Problem> {
  const { bundledCases } = await import("../readers/case-file.ts")
  return new Problem("case-unknown", { name: "", known: bundledCases().join(", ") })
}

/** @throws Problem `option-value` for what is no H=decimal of every hypothesis once, `priors-sum` where they miss 1 */
function priorsOf(text: string, hypotheses: readonly string[]): ReadonlyMap<string, Fraction> {
  const expected = hypotheses.map(id => `${id}=0.1`).join(",")
  const wrong = (): Problem => new Problem("option-value", { option: "--prior", value: text, expected })
  const given = new Map<string, Fraction>()
  for (const part of text.split(",")) {
    const [id = "", decimal = ""] = part.trim().split("=", 2)
    const value = parseDecimal(decimal)
    if (value === null || !hypotheses.includes(id) || given.has(id)) throw wrong()
    given.set(id, value)
  }
  if (given.size !== hypotheses.length) throw wrong()
  const sum = [...given.values()].reduce(plus, ZERO)
  if (compare(sum, ONE) !== 0) throw new Problem("priors-sum", { sum: fractionText(sum) })
  return new Map(hypotheses.map(id => [id, given.get(id) ?? ZERO]))
}
