import { type NamedNetwork, NETWORK_NAMES, networkNamed } from "../chains/bitcoin/network-name.ts"
import { LANGUAGES } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions, wholeNumber } from "./option-values.ts"

const INGEST_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  ledger: { type: "string" },
  blocks: { type: "string" },
  rpc: { type: "string" },
  "rpc-cookie": { type: "string" },
  nis: { type: "string" },
  export: { type: "string" },
  network: { type: "string" },
  chain: { type: "string" },
  "from-height": { type: "string" },
  "to-height": { type: "string" },
  "chain-id": { type: "string" },
  "up-to": { type: "string" },
  "check-tokens": { type: "string" },
} as const

const UP_TO = ["finalized", "latest"] as const
const WHAT = ["bitcoin", "ethereum", "nem", "transfers"] as const

/** Where blocks come from. */
export type IngestFrom =
  | { readonly what: "bitcoin"; readonly network: NamedNetwork; readonly blocks: string }
  | {
      readonly what: "bitcoin"
      readonly network: NamedNetwork
      readonly rpc: string
      readonly cookieFile: string | null
    }
  | {
      readonly what: "ethereum"
      readonly rpc: string
      readonly chainId: number
      readonly upTo: (typeof UP_TO)[number]
      readonly checkTokens: boolean
    }
  | { readonly what: "ethereum"; readonly export: string; readonly chainId: number }
  | { readonly what: "nem"; readonly nis: string }
  | { readonly what: "transfers"; readonly file: string; readonly chain: string | null }

export interface IngestOptions {
  readonly json: boolean
  readonly folder: string
  readonly from: IngestFrom
  /** Account chains only: where an empty ledger begins. */
  readonly fromHeight: number | null
  readonly toHeight: number | null
}

/** @throws Problem of the option that is wrong */
export function parseIngestOptions(args: readonly string[]): IngestOptions | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help"
  const { values, positionals } = parseOptions("ingest", args, INGEST_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const height = (name: "from-height" | "to-height"): number | null => {
    const value = values[name]
    return value === undefined ? null : wholeNumber(`--${name}`, value)
  }
  const options = {
    json: values.json ?? false,
    folder: values.ledger ?? DEFAULT_LEDGER,
    from: fromOf(values, positionals),
    fromHeight: height("from-height"),
    toHeight: height("to-height"),
  }
  const { what } = options.from
  if (options.fromHeight !== null && (what === "bitcoin" || what === "transfers")) {
    throw new Problem("option-conflict", { a: what, b: "--from-height" })
  }
  return options
}

type Values = Partial<Record<keyof typeof INGEST_OPTIONS, string | boolean>>

function fromOf(values: Values, [first, file, ...more]: readonly string[]): IngestFrom {
  const text = (name: keyof typeof INGEST_OPTIONS): string | null => {
    const value = values[name]
    return typeof value === "string" ? value : null
  }
  const what = oneOf("ingest", first ?? "", WHAT)
  const allow = (...allowed: (keyof typeof INGEST_OPTIONS)[]): void => {
    for (const name of [
      "blocks",
      "rpc",
      "rpc-cookie",
      "nis",
      "export",
      "network",
      "chain",
      "chain-id",
      "up-to",
      "check-tokens",
    ] as const) {
      if (values[name] === undefined || allowed.includes(name)) continue
      throw new Problem("option-conflict", { a: `ingest ${what}`, b: `--${name}` })
    }
    const extra = what === "transfers" ? more[0] : file
    if (extra !== undefined) throw new Problem("option-conflict", { a: `ingest ${what}`, b: extra })
  }
  switch (what) {
    case "bitcoin": {
      allow("blocks", "rpc", "rpc-cookie", "network")
      const network = networkOf(text("network") ?? "mainnet")
      const source = oneSource(what, { "--blocks": text("blocks"), "--rpc": text("rpc") })
      if (source.option === "--rpc") {
        return { what, network, rpc: source.value, cookieFile: text("rpc-cookie") }
      }
      if (values["rpc-cookie"] !== undefined) {
        throw new Problem("option-conflict", { a: "--blocks", b: "--rpc-cookie" })
      }
      return { what, network, blocks: source.value }
    }
    case "ethereum": {
      allow("rpc", "export", "chain-id", "up-to", "check-tokens")
      const source = oneSource(what, { "--rpc": text("rpc"), "--export": text("export") })
      const chainId = wholeNumber("--chain-id", text("chain-id") ?? "1")
      if (source.option === "--export") {
        for (const name of ["up-to", "check-tokens"] as const) {
          if (values[name] !== undefined)
            throw new Problem("option-conflict", { a: "--export", b: `--${name}` })
        }
        return { what, chainId, export: source.value }
      }
      const upTo = oneOf("--up-to", text("up-to") ?? "finalized", UP_TO)
      const checkTokens = oneOf("--check-tokens", text("check-tokens") ?? "yes", ["yes", "no"]) === "yes"
      return { what, chainId, rpc: source.value, upTo, checkTokens }
    }
    case "nem":
      allow("nis")
      return { what, nis: oneSource(what, { "--nis": text("nis") }).value }
    case "transfers":
      allow("chain")
      if (file === undefined) throw new Problem("ingest-missing-source", { what, options: "FILE" })
      return { what, file, chain: text("chain") }
  }
}

function oneSource(
  what: string,
  options: Readonly<Record<string, string | null>>,
): { readonly option: string; readonly value: string } {
  const given = Object.entries(options).filter((entry): entry is [string, string] => entry[1] !== null)
  const [first, second] = given
  if (first === undefined) {
    throw new Problem("ingest-missing-source", { what, options: Object.keys(options).join(" / ") })
  }
  if (second !== undefined) throw new Problem("option-conflict", { a: first[0], b: second[0] })
  return { option: first[0], value: first[1] }
}

function networkOf(value: string): NamedNetwork {
  const network = networkNamed(value)
  if (network !== null) return network
  throw new Problem("option-value", { option: "--network", value, expected: NETWORK_NAMES.join(" / ") })
}
