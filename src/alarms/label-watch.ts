import { createHash } from "node:crypto"
import type { AlarmNotice, LabelAlarm, LabelFound } from "../contracts/alarm.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"
import { baseOf } from "./alarm-key.ts"
import { makeNotice } from "./notice.ts"

const MOST_WORDS = 1000

/** What was said of an address when it was looked at last: a hash of each claim. */
export type KnownClaims = ReadonlySet<string>

export interface LabelsFound {
  readonly notices: readonly AlarmNotice[]
  readonly known: KnownClaims
}

/**
 * Labels of a watched address that stand in the book and did not when it was looked at last. A list that says the same
 * again on a later day says nothing new; what was withdrawn and is said anew is. No block undoes a label: these notices
 * are not withdrawn.
 *
 * @param known null for an address that was not looked at before: what is said of it by now is history
 */
export function newLabels(
  chain: string,
  alarm: LabelAlarm,
  address: string,
  known: KnownClaims | null,
  book: Pick<LabelBook, "labelsOf">,
): LabelsFound {
  const claims = new Map<string, Label>()
  for (const label of book.labelsOf(address)) {
    const claim = claimOf(label)
    if (!claims.has(claim)) claims.set(claim, label)
  }
  const notices = [...claims].flatMap(([claim, label]) => {
    if (known === null || known.has(hashOf(claim))) return []
    const base = baseOf(chain, alarm, label.seen, claim)
    return [
      makeNotice(chain, alarm, base, "raised", 1, { kind: "label", block: null, found: foundOf(label) }),
    ]
  })
  return { notices, known: new Set([...claims.keys()].map(hashOf)) }
}

/** What is said, of whom and by whom; the day and the note are not part of it. */
function claimOf({ address, network, label, actor, category, abuse, list, source }: Label): string {
  return JSON.stringify([address, network, label, actor, category, abuse, list, source])
}

function hashOf(claim: string): string {
  return createHash("sha256").update(claim).digest("hex")
}

function foundOf({ address, network, label, actor, category, abuse, list, source, seen }: Label): LabelFound {
  return {
    address,
    network,
    label: short(label),
    actor,
    category,
    abuse,
    list,
    source: source && short(source),
    seen,
  }
}

/** A list's words may be long; a notice has to fit into a request. */
const short = (text: string): string => (text.length > MOST_WORDS ? `${text.slice(0, MOST_WORDS)}...` : text)
