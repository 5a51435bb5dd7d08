import type { Alarm, AlarmNotice, LabelAlarm, LabelFound } from "../contracts/alarm.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"
import { baseOf } from "./alarm-key.ts"
import { makeNotice } from "./notice.ts"

const MOST_WORDS = 1000

/**
 * Labels of watched addresses that stand in `after` and did not in `before`. A list that says the same again on a
 * later day says nothing new. No block undoes a label: these notices are not withdrawn.
 */
export function newLabels(
  chain: string,
  alarms: readonly Alarm[],
  before: Pick<LabelBook, "labelsOf">,
  after: Pick<LabelBook, "labelsOf">,
): readonly AlarmNotice[] {
  return alarms
    .filter((alarm): alarm is LabelAlarm => alarm.kind === "label")
    .flatMap(alarm => alarm.addresses.flatMap(address => newOf(chain, alarm, address, before, after)))
}

function newOf(
  chain: string,
  alarm: LabelAlarm,
  address: string,
  before: Pick<LabelBook, "labelsOf">,
  after: Pick<LabelBook, "labelsOf">,
): readonly AlarmNotice[] {
  const seen = new Set(before.labelsOf(address).map(claimOf))
  return after.labelsOf(address).flatMap(label => {
    const claim = claimOf(label)
    if (seen.has(claim)) return []
    seen.add(claim)
    const base = baseOf(chain, alarm, label.seen, claim)
    return [
      makeNotice(chain, alarm, base, "raised", 1, { kind: "label", block: null, found: foundOf(label) }),
    ]
  })
}

/** What is said, of whom and by whom; the day and the note are not part of it. */
function claimOf({ address, network, label, actor, category, abuse, list, source }: Label): string {
  return JSON.stringify([address, network, label, actor, category, abuse, list, source])
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
