import { readFileSync } from "node:fs"
import { GUARD_CASES, GUARDS, type GuardCount, measureGuard } from "../../testing/wallets/measure-guard.ts"

const written = ({ meetings, others, wrong, missed }: GuardCount): string =>
  [`${meetings} + ${others}`, ...[wrong, missed].map(count => count.toLocaleString("en-US"))].join(" | ")

/** The guard's rows as the documentation has them. */
export function documentedRows(): readonly string[] {
  const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
  return page.split("\n").filter(line => line.startsWith("| guard: "))
}

export function measuredRows(): readonly string[] {
  return GUARD_CASES.map(one => {
    const counts = [GUARDS["as it comes"], GUARDS["in use"]].map(guard => written(measureGuard(one, guard)))
    return `| guard: ${one.name} | ${counts.join(" | ")} |`
  })
}
