import type { FollowFrom } from "../cases/follow-from.ts"
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
  nis: { type: "string" },
  "chain-id": { type: "string" },
  "up-to": { type: "string" },
  "check-tokens": { type: "string" },
  "from-height": { type: "string" },
  thefts: { type: "string" },
  services: { type: "string" },
  rule: { type: "string" },
  fees: { type: "string" },
  alarms: { type: "string" },
  labels: { type: "string" },
  metrics: { type: "string" },
  poll: { type: "string" },
  "until-height": { type: "string" },
  once: { type: "boolean" },
} as const

const CHAINS = ["bitcoin", "ethereum", "nem"] as const
/** Which options say where blocks come from, chain by chain. */
const OF_CHAIN = {
  bitcoin: ["rpc", "rpc-cookie", "network"],
  ethereum: ["rpc", "chain-id", "up-to", "check-tokens", "from-height"],
  nem: ["nis", "from-height"],
} as const

/** A tenth of Litecoin's blocks' two and a half minutes, and less. */
const POLL_SECONDS = 5

export interface FollowOptions {
  readonly json: boolean
  readonly folder: string
  readonly from: FollowFrom
  readonly theftsFile: string | null
  readonly servicesFile: string | null
  readonly alarmsFile: string | null
  /** Where the label book is; null for the default folder. */
  readonly labels: string | null
  readonly metricsPort: number | null
  readonly rules: readonly RuleName[]
  /** Whether that is what "all" means, and not a choice. */
  readonly allRules: boolean
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
  const chain = oneOf("follow", what ?? "", CHAINS)
  if (extra !== undefined) throw new Problem("option-conflict", { a: "follow", b: extra })
  for (const name of ["services", "rule", "fees"] as const) {
    if (values[name] !== undefined && values.thefts === undefined)
      throw new Problem("option-needs-option", { a: `--${name}`, b: "--thefts" })
  }
  if (values.labels !== undefined && values.alarms === undefined)
    throw new Problem("option-needs-option", { a: "--labels", b: "--alarms" })
  const untilHeight = values["until-height"]
  if (untilHeight !== undefined && values.once === true)
    throw new Problem("option-conflict", { a: "--until-height", b: "--once" })
  return {
    json: values.json ?? false,
    folder: values.ledger ?? DEFAULT_LEDGER,
    from: fromOf(chain, values),
    theftsFile: values.thefts ?? null,
    servicesFile: values.services ?? null,
    alarmsFile: values.alarms ?? null,
    labels: values.labels ?? null,
    metricsPort: values.metrics === undefined ? null : portOf(values.metrics),
    rules: rulesOf(values.rule ?? "all"),
    allRules: (values.rule ?? "all") === "all",
    fees: oneOf("--fees", values.fees ?? "drop", ["drop", "follow"] as const),
    pollSeconds: values.poll === undefined ? POLL_SECONDS : Math.max(1, wholeNumber("--poll", values.poll)),
    untilHeight: untilHeight === undefined ? null : wholeNumber("--until-height", untilHeight),
    once: values.once ?? false,
  }
}

type Values = Readonly<
  Partial<
    Record<
      "rpc" | "rpc-cookie" | "network" | "nis" | "chain-id" | "up-to" | "check-tokens" | "from-height",
      string
    >
  >
>

function fromOf(chain: (typeof CHAINS)[number], values: Values): FollowFrom {
  const own: readonly string[] = OF_CHAIN[chain]
  for (const name of new Set(Object.values(OF_CHAIN).flat())) {
    if (values[name] !== undefined && !own.includes(name))
      throw new Problem("option-conflict", { a: `follow ${chain}`, b: `--${name}` })
  }
  const url = chain === "nem" ? values.nis : values.rpc
  if (url === undefined)
    throw new Problem("ingest-missing-source", { what: chain, options: chain === "nem" ? "--nis" : "--rpc" })
  const from = values["from-height"]
  const fromHeight = from === undefined ? null : wholeNumber("--from-height", from)
  switch (chain) {
    case "bitcoin": {
      const network = networkOf(values.network ?? "mainnet")
      return { kind: chain, network, url, cookieFile: values["rpc-cookie"] ?? null }
    }
    case "ethereum": {
      const chainId = wholeNumber("--chain-id", values["chain-id"] ?? "1")
      // Alarms are for what happens now: what the chain leaves again is undone.
      const upTo = oneOf("--up-to", values["up-to"] ?? "latest", ["finalized", "latest"] as const)
      const checkTokens = oneOf("--check-tokens", values["check-tokens"] ?? "yes", ["yes", "no"]) === "yes"
      return { kind: chain, url, chainId, upTo, checkTokens, fromHeight }
    }
    case "nem":
      return { kind: chain, url, fromHeight }
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
