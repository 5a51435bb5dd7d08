import { stringify } from "yaml"
import type { LabelActor } from "../ports/label-actor.ts"

type Written = string | boolean | readonly string[] | Readonly<Record<string, unknown>>

/** Actors of one list as a GraphSense ActorPack. A licence has no field there; what was withdrawn is not in it. */
export function actorPackText(list: string, creator: string | null, actors: Iterable<LabelActor>): string {
  return stringify(
    { title: list, creator: creator ?? "unknown", actors: [...actors].map(fieldsOf) },
    { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
  )
}

function fieldsOf(actor: LabelActor): Record<string, Written> {
  const { id, label, uri, categories, jurisdictions, context, seen } = actor
  const fields = contextFields(context)
  const inContext = fields === null || !Array.isArray(fields.aliases) ? [] : fields.aliases
  const aliases = actor.aliases.filter(alias => !inContext.includes(alias))
  return {
    id,
    label,
    ...(uri === null ? {} : { uri }),
    categories,
    jurisdictions,
    ...(aliases.length > 0 ? { aliases } : {}),
    lastmod: seen,
    ...(context === null ? {} : { context: fields === null ? context : truthsIn(fields) }),
  }
}

/** Null for a context that was written as a text. */
function contextFields(context: string | null): Record<string, unknown> | null {
  if (context === null) return null
  try {
    const fields: unknown = JSON.parse(context)
    return typeof fields === "object" && fields !== null && !Array.isArray(fields)
      ? (fields as Record<string, unknown>)
      : null
  } catch {
    // Words, not JSON: they are written as they are.
    return null
  }
}

/** `active: false` is a truth to other readers; here it was kept as the text that it is. */
function truthsIn(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value === "true" ? true : value === "false" ? false : value,
    ]),
  )
}
