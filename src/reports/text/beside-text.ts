import type { CaseFile } from "../../casefile/case.ts"
import type { TraceDocument } from "../../contracts/trace.ts"
import type { Language } from "../../messages/language.ts"
import { textMessages } from "../../messages/text.ts"
import { formatAmount } from "../../units/amount.ts"
import { printable } from "./table.ts"

/** Aggregates that sources report: beside the trace, never in it. */
export function boundsText({ bounds, assets }: CaseFile, language: Language): string[] {
  const say = textMessages(language)
  const lines = bounds.map(({ statement, asset, relation, amount, asOf, sources }) => {
    const decimals = assets.find(known => known.asset === asset)?.decimals ?? 0
    const figure = `${say.bound[relation]} ${formatAmount(BigInt(amount), decimals)} ${asset}`
    return printable(`- ${figure}, ${say.asOf(asOf)}: ${statement[language]} [${sources.join(" ")}]`)
  })
  return [say.bounds, ...lines]
}

/** Gap sentences that many pots share are said once, with the pots below them. */
const MOST_POTS = 12

export function gapsText({ gaps, answers, complete }: TraceDocument, language: Language): string[] {
  const say = textMessages(language)
  const bySentence = new Map<string, string[]>()
  for (const { text, pot, amount } of gaps) {
    const pots = bySentence.get(text) ?? []
    if (pot !== null) pots.push(amount === null ? pot : `${pot}: ${amountOf(pot, amount, answers)}`)
    bySentence.set(text, pots)
  }
  const lines = [...bySentence].flatMap(([text, pots]) => [
    printable(`- ${text}`),
    ...pots.slice(0, MOST_POTS).map(pot => printable(`    ${pot}`)),
    ...(pots.length > MOST_POTS ? [`    ${say.more(pots.length - MOST_POTS)}`] : []),
  ])
  return [say.gaps, ...(lines.length === 0 ? [say.noGaps] : lines), complete ? say.complete : say.incomplete]
}

/** The pot of an account is `account/asset`; an output's asset is the only one there is. */
function amountOf(pot: string, amount: string, answers: TraceDocument["answers"]): string {
  const asset = answers.find(answer => pot.endsWith(`/${answer.asset}`)) ?? answers[0]
  if (asset === undefined) return amount
  return `${formatAmount(BigInt(amount), asset.decimals)} ${asset.asset}`
}
