import type { CaseFile } from "../../casefile/case.ts"
import type { PassedServices } from "../../cases/services-passed.ts"
import type { TraceDocument } from "../../contracts/trace.ts"
import type { Grade } from "../../ledger/grade.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import { textMessages } from "../../messages/text.ts"
import { formatAmount } from "../../units/amount.ts"
import { MOST_ROWS } from "./asset-page.ts"
import { assetText } from "./asset-text.ts"
import { boundsText, gapsText } from "./beside-text.ts"
import { ratesLines } from "./rates-text.ts"
import { printable } from "./table.ts"
import { timeText } from "./time-text.ts"

export interface TextInput {
  readonly document: TraceDocument
  readonly caseFile: CaseFile | null
  readonly grades: ReadonlyMap<string, Grade>
  /** The services that following went through; null where it was to stop at them. */
  readonly passed: PassedServices | null
}

/** The answer for a person at a terminal: what was declared stolen, where it is, and what is not known. */
export function traceText(input: TextInput, language: Language, width: number): string {
  const { document, caseFile } = input
  const say = textMessages(language)
  const lines = [...headText(input, language), ""]
  lines.push(...declaredText(input, language))
  for (const answer of document.answers) lines.push("", ...assetText(answer, input, language, width))
  if (caseFile !== null && caseFile.bounds.length > 0) lines.push("", ...boundsText(caseFile, language))
  if (caseFile !== null && caseFile.disagreements.length > 0) {
    lines.push("", say.sourcesDisagree(caseFile.disagreements.length))
  }
  if (document.rates !== undefined) {
    lines.push("", ...ratesLines(document.rates, clusterMessages(language)).map(printable))
  }
  lines.push("", ...gapsText(document, language), "", say.gradesExplained, say.nobodyAccused)
  return `${lines.join("\n")}\n`
}

function declaredText({ document, caseFile }: TextInput, language: Language): string[] {
  const say = textMessages(language)
  const lines = document.answers.flatMap(({ asset, decimals, thefts }) =>
    thefts.map(({ id, refs, declared }) => {
      const claimant = caseFile?.thefts.find(theft => theft.id === id)?.claimant[language]
      const word = claimant === undefined ? [] : [say.byWord(printable(claimant))]
      const about = [printable(id), say.credits(refs.length), ...word].join(say.comma)
      return `${say.declaredStolen}: ${formatAmount(BigInt(declared), decimals)} ${asset}  (${about})`
    }),
  )
  return lines.length > MOST_ROWS ? [...lines.slice(0, MOST_ROWS), say.more(lines.length - MOST_ROWS)] : lines
}

function headText({ document, caseFile }: TextInput, language: Language): string[] {
  const say = textMessages(language)
  const { height, hash, time } = document.horizon
  const horizon = [height === null ? null : say.height(height), hash, timeText(time, language)].filter(
    part => part !== null,
  )
  const title = caseFile === null ? [] : [printable(`${caseFile.id}: ${caseFile.title[language]}`)]
  return [
    ...title,
    `${say.chain}: ${document.chain ?? say.opaqueChain}`,
    `${say.horizon}: ${horizon.length === 0 ? say.unknown : horizon.join(say.comma)}`,
  ]
}
