import type { LinkAmount, LinkFinding, LinkNothing, LinkPair, LinkTransaction } from "../contracts/links.ts"
import type { NothingReason, Pitfall } from "../ledger/link-words.ts"
import {
  type Between,
  byStrength,
  type Draft,
  type NothingDraft,
  type Use,
  type Worth,
} from "./link-pairs.ts"

/** The sentences of an answer, in the user's language. */
export interface LinkWords {
  pitfall(code: Pitfall): string
  nothing(reason: NothingReason): string
}

/** Listed of one pair, and transactions of one finding. */
const MOST_LISTED = 500
const MOST_TRANSACTIONS = 50

/** Spells out what was found between two thefts. */
export class LinkSpeller {
  readonly #thefts: readonly string[]
  readonly #words: LinkWords

  constructor(thefts: readonly string[], words: LinkWords) {
    this.#thefts = thefts
    this.#words = words
  }

  pair(
    a: number,
    b: number,
    { findings, nothing }: Between,
    sameCoins: ReadonlyMap<string, bigint>,
  ): LinkPair {
    const sorted = findings.toSorted(byStrength)
    const dismissed = nothing.toSorted(byReasonThenPlace)
    const same = [...sameCoins].sort(([x], [y]) => (x < y ? -1 : 1))
    return {
      thefts: [this.#id(a), this.#id(b)],
      sameCoins: same.map(([asset, amount]) => ({ asset, amount: amount.toString() })),
      findings: sorted.slice(0, MOST_LISTED).map(draft => this.#finding(draft)),
      findingsLeftOut: Math.max(0, sorted.length - MOST_LISTED),
      countsNothing: dismissed.slice(0, MOST_LISTED).map(draft => this.#nothing(draft)),
      countsNothingLeftOut: Math.max(0, dismissed.length - MOST_LISTED),
    }
  }

  #id(theft: number): string {
    return this.#thefts[theft] ?? ""
  }

  #finding(draft: Draft): LinkFinding {
    const { kind, place, service, uses, amounts, hops, grade, pitfalls } = draft
    const { alsoAt = [], funded, hours, nearestSeconds, interleaved, heuristics } = draft
    return {
      kind,
      place,
      service,
      ...this.#transactions(uses),
      amounts: this.#amounts(amounts),
      hops,
      grade,
      pitfalls: pitfalls.map(code => ({ code, text: this.#words.pitfall(code) })),
      ...restsOn(heuristics),
      ...(alsoAt.length === 0 ? {} : { alsoAt }),
      ...(funded === undefined ? {} : { funded }),
      ...(hours === undefined
        ? {}
        : { hours: hours.map(({ theft, byHour }) => ({ theft: this.#id(theft), byHour })) }),
      ...(nearestSeconds === undefined ? {} : { nearestSeconds }),
      ...(interleaved === undefined ? {} : { interleaved }),
    }
  }

  #nothing({ reason, place, service, uses, amounts, heuristics }: NothingDraft): LinkNothing {
    const text = this.#words.nothing(reason)
    const told = { ...this.#transactions(uses), amounts: this.#amounts(amounts), ...restsOn(heuristics) }
    return { reason, text, place, service, ...told }
  }

  #transactions(uses: readonly Use[]): Pick<LinkFinding, "transactions" | "transactionsLeftOut"> {
    const transactions = uses.slice(0, MOST_TRANSACTIONS).map(({ role, tx, thefts }): LinkTransaction => {
      const { id, height, time } = tx
      return { role, tx: id, height, time, thefts: thefts.map(theft => this.#id(theft)) }
    })
    return { transactions, transactionsLeftOut: uses.length - transactions.length }
  }

  #amounts(amounts: readonly Worth[]): readonly LinkAmount[] {
    return amounts.map(({ theft, asset, amount }) => {
      return { theft: this.#id(theft), asset, amount: amount.toString() }
    })
  }
}

function restsOn(heuristics: Draft["heuristics"] = []): Pick<LinkFinding, "heuristics"> {
  return heuristics.length === 0 ? {} : { heuristics: [...new Set(heuristics)] }
}

function byReasonThenPlace(x: NothingDraft, y: NothingDraft): number {
  const key = ({ reason, place, uses }: NothingDraft) =>
    `${reason} ${place ?? ""} ${`${uses[0]?.position ?? 0}`.padStart(17, "0")}`
  return key(x) < key(y) ? -1 : 1
}
