import type { LabelledActor } from "../contracts/labels-why.ts"
import type { LabelMessages } from "../messages/labels.en.ts"
import type { LabelActor } from "../ports/label-actor.ts"
import type { Label } from "../ports/label-book.ts"

/** A label with everything that it says, a field a line. */
export function labelLines(label: Label, say: LabelMessages): string[] {
  const { fields } = say
  const cluster = label.definesCluster === null ? null : label.definesCluster ? fields.yes : fields.no
  const rows: readonly (readonly [string, string | null])[] = [
    [fields.list, label.list],
    [fields.creator, label.creator],
    [fields.network, label.checked ? label.network : `${label.network} (${fields.unchecked})`],
    [fields.actor, label.actor],
    [fields.category, label.category],
    [fields.abuse, label.abuse],
    [fields.confidence, label.confidence],
    [fields.cluster, cluster],
    [fields.source, label.source],
    [fields.licence, label.licence],
    [fields.note, label.note],
    [fields.seen, `${label.seen} (${say.dayFrom[label.seenFrom]})`],
    [fields.withdrawn, label.withdrawn],
  ]
  const told = rows.filter(([, value]) => value !== null && value !== "")
  return ["", `- ${label.label}`, ...told.map(([name, value]) => `    ${name}: ${value}`)]
}

/** An actor as one list describes it. */
export function actorLines(actor: LabelActor, say: LabelMessages): string[] {
  const { fields } = say
  const rows: readonly (readonly [string, string | null])[] = [
    [fields.list, actor.list],
    [fields.creator, actor.creator],
    [fields.uri, actor.uri],
    [fields.categories, actor.categories.join(", ")],
    [fields.jurisdictions, actor.jurisdictions.join(", ")],
    [fields.aliases, actor.aliases.join(", ")],
    [fields.context, actor.context],
    [fields.source, actor.source],
    [fields.licence, actor.licence],
    [fields.seen, `${actor.seen} (${say.dayFrom[actor.seenFrom]})`],
  ]
  const told = rows.filter(([, value]) => value !== null && value !== "")
  return ["", `- ${actor.id}: ${actor.label}`, ...told.map(([name, value]) => `    ${name}: ${value}`)]
}

/** What labels name an actor. */
export function labelledLines(found: LabelledActor, say: LabelMessages): string[] {
  const { labels, withdrawn, later, addresses, lists } = found
  return [
    say.labelledActor(labels, addresses.count),
    ...addresses.shown.map(address => `  ${address}`),
    ...(addresses.count > addresses.shown.length
      ? [`  ${say.moreOfActor(addresses.count - addresses.shown.length)}`]
      : []),
    ...lists.shown.map(({ list, labels: count }) => `  ${say.ofList(list, count)}`),
    ...(lists.count > lists.shown.length
      ? [`  ${say.moreListsOfActor(lists.count - lists.shown.length)}`]
      : []),
    ...(withdrawn > 0 ? [`  ${say.withdrawnOfActor(withdrawn)}`] : []),
    ...(later > 0 ? [`  ${say.later(later)}`] : []),
  ]
}
