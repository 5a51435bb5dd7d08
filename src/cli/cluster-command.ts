import { clusterAnswer } from "../cases/cluster-answer.ts"
import { DEFAULT_LIMITS } from "../clustering/cluster-around.ts"
import { clusterMessages } from "../messages/cluster.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions } from "./option-values.ts"
import { writeJson } from "./write-json.ts"

const CLUSTER_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  ledger: { type: "string" },
  labels: { type: "string" },
  "as-of": { type: "string" },
  most: { type: "string" },
} as const

const DEFAULT_MOST = 20

/** `ashiato cluster`: all references are answered, or none where one is wrong. */
export async function clusterCommand(args: readonly string[], language: Language): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(clusterMessages(language).help)
    return 0
  }
  const { values, positionals } = parseOptions("cluster", args, CLUSTER_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const refs = positionals.map(ref => ref.trim()).filter(ref => ref !== "")
  if (refs.length === 0) throw new Problem("cluster-missing-ref")
  const document = await clusterAnswer({
    refs,
    ledger: values.ledger ?? DEFAULT_LEDGER,
    labels: values.labels ?? null,
    asOf: values["as-of"] ?? null,
    most: mostOf(values.most ?? String(DEFAULT_MOST)),
  })
  if (values.json) await writeJson(process.stdout, document)
  else {
    const { clusterText } = await import("../reports/text/cluster-text.ts")
    process.stdout.write(clusterText(document, language))
  }
  return 0
}

/** No list is longer than what is looked through. */
function mostOf(text: string): number {
  const most = DEFAULT_LIMITS.owners
  if (/^(0|[1-9]\d{0,5})$/.test(text) && Number(text) <= most) return Number(text)
  throw new Problem("option-value", { option: "--most", value: text, expected: `0 - ${most}` })
}
