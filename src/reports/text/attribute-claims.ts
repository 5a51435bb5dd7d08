import { ASPECTS } from "../../attribution/claim.ts"
import type { AttributeDocument, ShownClaim } from "../../contracts/attribute.ts"
import { attributeMessages } from "../../messages/attribute.ts"
import type { Language } from "../../messages/language.ts"

/** Every claim under its root, aspect by aspect, with all that its record holds. */
export function claimLines(
  { claims, derivations }: AttributeDocument,
  language: Language,
): readonly string[] {
  const say = attributeMessages(language)
  const lines = [say.headClaims]
  const copiesOf = (root: string): readonly ShownClaim[] =>
    claims.filter(({ roots, isCopy }) => isCopy && roots.includes(root))
  for (const aspect of ASPECTS) {
    const roots = claims.filter(claim => claim.aspect === aspect && !claim.isCopy)
    if (roots.length === 0) continue
    lines.push("", say.aspects[aspect])
    for (const root of roots) {
      lines.push(...claimOf(root, "  ", language))
      for (const copy of copiesOf(root.id)) lines.push(...claimOf(copy, "      ", language))
    }
  }
  lines.push("", say.headDerivations)
  for (const { copy, of, how, extent, verified, restsOn, holds, id } of derivations) {
    const told = say.derivation(copy, say.sureness[how], of, extent === "part")
    const state = [verified ? say.verified : say.unverified, ...(holds ? [] : [say.derivationOut])]
    lines.push(`  ${told} [${state.join(say.comma)}] (${id})`, `    ${say.restsOn(restsOn[language])}`)
  }
  return lines
}

function claimOf(claim: ShownClaim, indent: string, language: Language): readonly string[] {
  const say = attributeMessages(language)
  const { id, claimant, date, published, hypothesis, stance, grade, sources, isCopy, removed } = claim
  const originals = claim.derivedFrom.map(({ claim: original }) => original).join(say.comma)
  const head = [
    id,
    `[${grade}]`,
    published === undefined ? date : `${date} (${say.published(published)})`,
    stance === undefined ? "" : `${hypothesis ?? ""} ${say.stances[stance]}`,
    isCopy ? `<- ${say.copyOf(originals)}` : originals === "" ? "" : `<- ${say.partOf(originals)}`,
    removed ? `(${say.removed})` : "",
    `{${sources.join(" ")}}`,
  ]
  const lines = [head.filter(part => part !== "").join("  "), `  ${say.says(claimant, claim.says[language])}`]
  const add = (label: string, text: string | undefined): void => {
    if (text !== undefined) lines.push(`  ${label}${say.colon}${text}`)
  }
  add(say.values, valuesText(claim, language))
  add(say.inItsWords, claim.certainty === undefined ? undefined : say.quote(claim.certainty, null))
  if (claim.quote !== undefined) lines.push(`  ${say.quote(claim.quote.text, claim.quote.via ?? null)}`)
  if (claim.revises.length > 0) lines.push(`  ${say.revises(claim.revises.join(say.comma))}`)
  if (claim.disputes.length > 0) lines.push(`  ${say.disputes(claim.disputes.join(say.comma))}`)
  for (const { verbatim, instead, why } of claim.corrections)
    lines.push(`  ${say.correction(verbatim, instead, why[language])}`)
  add(say.note, claim.note?.[language])
  add(say.unverified, claim.unverified?.[language])
  return lines.map(line => indent + line)
}

function valuesText({ values }: ShownClaim, language: Language): string | undefined {
  const say = attributeMessages(language)
  return values
    ?.map(({ amount, unit, of, approximate, priceDate }) => {
      const [whole = "", decimals] = amount.split(".")
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
      const price =
        priceDate === undefined
          ? ""
          : ` (${priceDate === null ? say.priceDateUnknown : say.priceDate(priceDate)})`
      const what = of === undefined ? "" : `${of[language]}${say.colon}`
      const number = decimals === undefined ? grouped : `${grouped}.${decimals}`
      return `${what}${approximate === true ? `${say.approximate} ` : ""}${number} ${unit}${price}`
    })
    .join(say.semicolon)
}
