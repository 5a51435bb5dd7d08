import { LANGUAGES } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { oneOf, parseOptions } from "./option-values.ts"

const TABLE = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  labels: { type: "string" },
  "as-of": { type: "string" },
  ledger: { type: "string" },
  list: { type: "string" },
  category: { type: "string" },
  seen: { type: "string" },
  complete: { type: "boolean" },
  licence: { type: "string" },
  source: { type: "string" },
  strict: { type: "boolean" },
  actors: { type: "boolean" },
} as const

/** Which options each task takes, besides those that all take. */
const OF_TASK: Readonly<Record<Task, readonly string[]>> = {
  import: ["list", "seen", "complete", "licence", "source", "strict"],
  list: ["as-of", "list", "category"],
  why: ["as-of", "ledger"],
  export: ["list", "actors"],
}
const OF_ALL = ["help", "json", "lang", "labels"]
const TASKS = ["import", "list", "why", "export"] as const
type Task = (typeof TASKS)[number]

export function parseLabelOptions(args: readonly string[]) {
  const { values, positionals } = parseOptions("labels", args, TABLE)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const [what, ...rest] = positionals
  const task = TASKS.find(one => one === what)
  if (task === undefined) throw new Problem("labels-task", { value: what ?? "", known: TASKS.join(" / ") })
  for (const option of Object.keys(values)) {
    if (OF_ALL.includes(option) || OF_TASK[task].includes(option)) continue
    throw new Problem("option-conflict", { a: `labels ${task}`, b: `--${option}` })
  }
  const most = task === "import" ? Number.POSITIVE_INFINITY : task === "list" ? 0 : 1
  const surplus = rest[most]
  if (surplus !== undefined) throw new Problem("option-conflict", { a: `labels ${task}`, b: surplus })
  return { task, values, rest }
}

export type LabelValues = ReturnType<typeof parseLabelOptions>["values"]
