import type { PassedCount, PassedServices } from "../../cases/services-passed.ts"
import type { AssetAnswer } from "../../contracts/trace.ts"
import type { Grade } from "../../ledger/grade.ts"
import type { Language } from "../../messages/language.ts"
import type { TextMessages } from "../../messages/text.en.ts"
import { textMessages } from "../../messages/text.ts"
import { formatAmount } from "../../units/amount.ts"
import { type RuleGroup, ruleGroups } from "./rule-groups.ts"
import type { Column } from "./table.ts"

/** Rows of a list printed for a person; JSON has them all. */
export const MOST_ROWS = 24

/** Conserving rules on an account chain; on UTXO chains there is one more. */
const EVERY_CONSERVING_RULE = 5

/** What a trace tells beside its document, which every asset's page needs. */
export interface TracedBeside {
  readonly grades: ReadonlyMap<string, Grade>
  readonly passed: PassedServices | null
}

/** What every part of an asset's page needs: the answer by groups of rules, and how to write it. */
export class AssetPage {
  readonly answer: AssetAnswer
  readonly groups: readonly RuleGroup[]
  readonly language: Language
  readonly say: TextMessages
  readonly width: number
  /** The services that value of this asset came to and went on from; null where following was to stop. */
  readonly passed: PassedCount | null
  readonly #grades: ReadonlyMap<string, Grade>

  constructor(answer: AssetAnswer, { grades, passed }: TracedBeside, language: Language, width: number) {
    this.answer = answer
    this.groups = ruleGroups(answer)
    this.language = language
    this.say = textMessages(language)
    this.width = width
    this.passed = passed?.of(answer.asset) ?? null
    this.#grades = grades
  }

  amount(text: string | null): string {
    return text === null ? "" : formatAmount(BigInt(text), this.answer.decimals)
  }

  grade(key: string): string {
    const grade = this.#grades.get(key)
    return grade === undefined ? "" : this.say.grades[grade]
  }

  /** One column a group of rules. */
  ruleColumns(): Column[] {
    const conserving = this.groups.filter(({ conserves }) => conserves)
    return this.groups.map(({ rules, conserves }) => {
      const isAll = conserves && conserving.length === 1 && rules.length >= EVERY_CONSERVING_RULE
      const name = isAll ? this.say.allConserving : this.say.rulesOf(rules)
      return { head: conserves ? name : `${name} (${this.say.reach})`, align: "right" }
    })
  }

  more(count: number): string[] {
    return count > MOST_ROWS ? [this.say.more(count - MOST_ROWS)] : []
  }
}
