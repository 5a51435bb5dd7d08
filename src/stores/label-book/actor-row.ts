import type { LabelActor } from "../../ports/label-actor.ts"
import type { Label } from "../../ports/label-book.ts"

/**
 * Actors are kept as labels are: the same packs, days, withdrawals and index. The place of the address has the actor's
 * short name behind a word and a space; no address has a space.
 */
const BY_ID = "actor "
const BY_ALIAS = "alias "
/** In the place of the network. */
export const ACTOR_NETWORK = "actor"
export const ALIAS_NETWORK = "alias"

interface ActorWords {
  readonly uri: string | null
  readonly categories: readonly string[]
  readonly jurisdictions: readonly string[]
  readonly aliases: readonly string[]
  readonly context: string | null
}

export function actorPlace(id: string): string {
  return `${BY_ID}${id}`
}

export function aliasPlace(alias: string): string {
  return `${BY_ALIAS}${alias}`
}

/** Whether a row is no label of an address. */
export function isActorRow(address: string): boolean {
  return address.startsWith(BY_ID) || address.startsWith(BY_ALIAS)
}

/** A row by which an actor is found under another name: it counts for nothing. */
export function isAliasRow(address: string): boolean {
  return address.startsWith(BY_ALIAS)
}

/** The row of an actor, and one for each of its other names. */
export function rowsOfActor(actor: LabelActor): readonly Label[] {
  const { id, label, uri, categories, jurisdictions, aliases, context } = actor
  const { source, licence, list, creator, seen, seenFrom, withdrawn } = actor
  const words: ActorWords = { uri, categories, jurisdictions, aliases, context }
  const row = {
    checked: false,
    label,
    actor: id,
    category: null,
    abuse: null,
    confidence: null,
    definesCluster: null,
    source,
    licence,
    note: JSON.stringify(words),
    list,
    creator,
    seen,
    seenFrom,
    withdrawn,
  }
  return [
    { address: actorPlace(id), network: ACTOR_NETWORK, ...row },
    ...aliases.map(alias => ({ address: aliasPlace(alias), network: ALIAS_NETWORK, ...row })),
  ]
}

/** The actor that a row of `rowsOfActor` was written for. */
export function actorOfRow(row: Label): LabelActor {
  const { label, actor, note, source, licence, list, creator, seen, seenFrom, withdrawn } = row
  const words = JSON.parse(note ?? "{}") as ActorWords
  return {
    id: actor ?? "",
    label,
    ...words,
    source,
    licence,
    list,
    creator,
    seen,
    seenFrom,
    withdrawn,
  }
}
