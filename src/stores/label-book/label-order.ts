import type { Label } from "../../ports/label-book.ts"
import { TEXT_FIELDS } from "./label-record.ts"

/**
 * Labels of one address by their days, then by what they say: the same order whatever was imported first. Two spans of
 * one label on one day stay as they are, the newer one last.
 */
export function inOrder(labels: readonly Label[]): readonly Label[] {
  return labels.length < 2 ? labels : labels.toSorted(byDayThenWords)
}

function byDayThenWords(a: Label, b: Label): number {
  if (a.seen !== b.seen) return a.seen < b.seen ? -1 : 1
  const [left, right] = [wordsOf(a), wordsOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function wordsOf(label: Label): string {
  return JSON.stringify([
    label.list,
    label.creator,
    ...TEXT_FIELDS.map(field => label[field]),
    label.checked,
    label.definesCluster,
  ])
}
