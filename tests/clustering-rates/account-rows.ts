import { readFileSync } from "node:fs"
import type { AccountChain } from "../../testing/accounts/account-chain.ts"
import { countKinds, type KindCounts, type Kinds } from "../../testing/accounts/account-kinds.ts"
import { ETHEREUM } from "../../testing/accounts/ethereum-accounts.ts"
import { measureAccounts } from "../../testing/accounts/measure-accounts.ts"
import type { DepositVariant } from "../../testing/accounts/measure-deposit-accounts.ts"
import { NEM } from "../../testing/accounts/nem-accounts.ts"
import { share } from "./documented-share.ts"

/** Told of, and those on which the rule was changed. */
const [UNSEEN, SEEN] = [[21, 40] as const, [1, 20] as const]
const CHAINS = [ETHEREUM, NEM]

const SWEPT_KINDS = ["prompt", "processor", "thrice-daily", "daily", "collecting", "collects"]
const OTHER_KINDS = [
  "forwards",
  "saves",
  "shop that forwards",
  "other person",
  "other shop",
  "passes orders on",
  "look-alike",
  "poisoner",
  "other",
]
const ALIKE_KINDS = ["of one holder", "made for such a one", "by chance"]
const RIGHT: readonly DepositVariant["name"][] = ["", "-one-sweep", "-two-days"]
const TOO_MUCH: readonly DepositVariant["name"][] = ["", "-one-sweep", "-two-days", "-half-labelled"]

/** What is told of accounts kind by kind, as the documentation has it. */
export function documentedAccountRows(): readonly string[] {
  const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
  return page.split("\n").filter(line => /^\| (?:staged|seen|swept|none|alike): /.test(line))
}

export function countedAccountRows(): readonly string[] {
  const counts = CHAINS.map(chain => countKinds(chain, ...UNSEEN))
  const table = (word: string, kinds: readonly string[], columns: readonly (Kinds | undefined)[]) => {
    const known = new Set([...SWEPT_KINDS, ...kinds])
    for (const column of columns) {
      for (const kind of column?.keys() ?? []) if (!known.has(kind)) throw new Error(`no row for "${kind}"`)
    }
    return kinds.flatMap(kind => {
      const cells = columns.map(column => column?.get(kind) ?? 0)
      return cells.every(cell => cell === 0) ? [] : [row(`${word}: ${kind}`, cells)]
    })
  }
  const each = (columnsOf: (one: KindCounts) => readonly (Kinds | undefined)[]) => counts.flatMap(columnsOf)
  return [
    ...counts.map(({ accounts, transfers }, n) =>
      row(`staged: \`${CHAINS[n]?.worlds}\``, [accounts, transfers]),
    ),
    ...CHAINS.flatMap(seenRows),
    ...table(
      "swept",
      SWEPT_KINDS,
      each(({ swept, right }) => [swept, ...RIGHT.map(name => right.get(name))]),
    ),
    ...table(
      "none",
      OTHER_KINDS,
      each(({ tooMuch }) => TOO_MUCH.map(name => tooMuch.get(name))),
    ),
    ...table(
      "alike",
      ALIKE_KINDS,
      each(({ alike }) => [alike]),
    ),
  ]
}

/** The main heuristics on the worlds on which the rule was changed. */
function seenRows(chain: AccountChain): readonly string[] {
  return [...measureAccounts(chain, ...SEEN)].flatMap(([heuristic, tally]) => {
    if (!/^(?:deposit-account|look-alike)(?:-nem)?$/.test(heuristic)) return []
    const { truePositives: right, falsePositives, falseNegatives } = tally
    const shares = [share(right, right + falsePositives), share(right, right + (falseNegatives ?? 0))]
    return [row(`seen: \`${heuristic}\``, [right, falsePositives, falseNegatives ?? 0], shares)]
  })
}

function row(name: string, cells: readonly number[], more: readonly string[] = []): string {
  return `| ${[name, ...cells.map(cell => cell.toLocaleString("en-US")), ...more].join(" | ")} |`
}
