import { type NamedNetwork, NETWORK_NAMES, networkNamed } from "../chains/bitcoin/network-name.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { LANGUAGES } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions, wholeNumber } from "./option-values.ts"
import { rulesOf } from "./rule-option.ts"

const FOLLOW_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  ledger: { type: "string" },
  rpc: { type: "string" },
  "rpc-cookie": { type: "string" },
  network: { type: "string" },
  thefts: { type: "string" },
  services: { type: "string" },
  rule: { type: "string" },
  fees: { type: "string" },
  alarms: { type: "string" },
  metrics: { type: "string" },
  poll: { type: "string" },
  "until-height": { type: "string" },
  once: { type: "boolean" },
} as const

/** A tenth of Litecoin's blocks' two and a half minutes, and less. */
const POLL_SECONDS = 5

export interface FollowOptions {
  readonly json: boolean
  readonly folder: string
  readonly network: NamedNetwork
  readonly url: string
  readonly cookieFile: string | null
  readonly theftsFile: string | null
  readonly servicesFile: string | null
  readonly alarmsFile: string | null
  readonly metricsPort: number | null
  readonly rules: readonly RuleName[]
  readonly fees: "drop" | "follow"
  readonly pollSeconds: number
  readonly untilHeight: number | null
  readonly once: boolean
}

/** @throws Problem of the option that is wrong */
export function parseFollowOptions(args: readonly string[]): FollowOptions | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help"
  const { values, positionals } = parseOptions("follow", args, FOLLOW_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const [what, extra] = positionals
  oneOf("follow", what ?? "", ["bitcoin"])
  if (extra !== undefined) throw new Problem("option-conflict", { a: "follow", b: extra })
  if (values.rpc === undefined)
    throw new Problem("ingest-missing-source", { what: what ?? "", options: "--rpc" })
  for (const name of ["services", "rule", "fees"] as const) {
    if (values[name] !== undefined && values.thefts === undefined)
      throw new Problem("option-needs-option", { a: `--${name}`, b: "--thefts" })
  }
  const untilHeight = values["until-height"]
  if (untilHeight !== undefined && values.once === true)
    throw new Problem("option-conflict", { a: "--until-height", b: "--once" })
  return {
    json: values.json ?? false,
    folder: values.ledger ?? DEFAULT_LEDGER,
    network: networkOf(values.network ?? "mainnet"),
    url: values.rpc,
    cookieFile: values["rpc-cookie"] ?? null,
    theftsFile: values.thefts ?? null,
    servicesFile: values.services ?? null,
    alarmsFile: values.alarms ?? null,
    metricsPort: values.metrics === undefined ? null : portOf(values.metrics),
    rules: rulesOf(values.rule ?? "all"),
    fees: oneOf("--fees", values.fees ?? "drop", ["drop", "follow"] as const),
    pollSeconds: values.poll === undefined ? POLL_SECONDS : Math.max(1, wholeNumber("--poll", values.poll)),
    untilHeight: untilHeight === undefined ? null : wholeNumber("--until-height", untilHeight),
    once: values.once ?? false,
  }
}

function networkOf(value: string): NamedNetwork {
  const network = networkNamed(value)
  if (network !== null) return network
  throw new Problem("option-value", { option: "--network", value, expected: NETWORK_NAMES.join(" / ") })
}

function portOf(value: string): number {
  const port = wholeNumber("--metrics", value)
  if (port > 0 && port < 65_536) return port
  throw new Problem("option-value", { option: "--metrics", value, expected: "1 - 65535" })
}
