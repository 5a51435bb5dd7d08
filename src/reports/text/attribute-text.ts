import type { AttributeDocument, RatioSpan, ShownPair, SupportEnd } from "../../contracts/attribute.ts"
import { attributeMessages } from "../../messages/attribute.ts"
import type { Language } from "../../messages/language.ts"
import { claimLines } from "./attribute-claims.ts"
import { type Column, printable, tableText } from "./table.ts"

const left = (head: string): Column => ({ head, align: "left" })
const right = (head: string): Column => ({ head, align: "right" })

/** The whole answer: claims by root, the working, the ratios, and how they move. */
export function attributeText(document: AttributeDocument, language: Language, width: number): string {
  const say = attributeMessages(language)
  const { hypotheses, misleading, sources, input } = document
  const lines = [
    say.title(document.case),
    "",
    document.about[language],
    say.method.judgement,
    `${say.read(document.read)} ${input.name} sha256 ${input.sha256}`,
    ...(document.without.length === 0 ? [] : [`--without ${document.without.join(",")}`]),
    "",
    say.headHypotheses,
    ...hypotheses.map(
      ({ id, name, other }) => `  ${id}${say.colon}${name[language]}${other ? ` (${say.other})` : ""}`,
    ),
    "",
    ...claimLines(document, language),
    "",
    say.headMethod,
    ...Object.entries(document.method).flatMap(([key, text]) => (key === "judgement" ? [] : [`- ${text}`])),
    `- ${say.misleading(misleading.chance, misleading.most.shown)}${say.colon}${misleading.reason[language]}`,
    "",
    ...evidenceLines(document, language, width),
    ...document.pairs.flatMap(pair => ["", ...pairLines(pair, language, width)]),
    "",
    ...moveLines(document, language, width),
    "",
    ...matrixLines(document, language),
    ...posteriorLines(document, language, width),
    "",
    say.headSources,
    ...sources.map(({ id, title, url, date }) => `  ${id}  ${[title, url, date].filter(Boolean).join("  ")}`),
  ]
  return `${lines.map(printable).join("\n")}\n`
}

function evidenceLines(document: AttributeDocument, language: Language, width: number): readonly string[] {
  const say = attributeMessages(language)
  const { columns } = say
  const heads = [
    left(columns.item),
    left(columns.group),
    left(columns.grade),
    right(columns.reliability),
    right(columns.overlap),
    ...document.hypotheses.map(({ id }) => right(`P(E|${id})`)),
    left(columns.claims),
  ]
  const rows = document.evidence.map(({ id, group, grade, reliability, overlap, bands, claims, known }) => [
    id,
    group,
    grade,
    reliability.exact,
    overlap,
    ...document.hypotheses.map(hypothesis => (bands[hypothesis.id] ?? []).join("-")),
    known ? claims.join(" ") : `(${say.ifFound})`,
  ])
  const notes = document.evidence.flatMap(({ id, what, reason }) => [
    `  ${id}${say.colon}${what[language]}`,
    `    ${say.reason}${say.colon}${reason[language]}`,
  ])
  const groups = document.groups.map(({ id, what }) => `  ${id}${say.colon}${what[language]}`)
  return [say.headEvidence, ...tableText(heads, rows, width), ...notes, ...groups]
}

function pairLines(pair: ShownPair, language: Language, width: number): readonly string[] {
  const say = attributeMessages(language)
  const { columns } = say
  const heads = [
    left(columns.item),
    right(columns.raw),
    right(columns.discounted),
    left(columns.standing),
    right(columns.counted),
  ]
  const rows = pair.items.map(({ id, raw, discounted, standing, counted }) => [
    id,
    spanText(raw, language),
    spanText(discounted, language),
    say.standings[standing],
    spanText(counted, language),
  ])
  const end = ({ word, of }: SupportEnd): string => say.supportFor(say.supports[word], of)
  return [
    say.headPair(pair.for, pair.against),
    ...tableText(heads, rows, width),
    `${say.product}${say.colon}${spanText(pair.product, language)}`,
    `${say.afterCap}${say.colon}${spanText(pair.ratio, language)}${say.semicolon}${say.support(end(pair.support.low), end(pair.support.high))}`,
    ...(pair.leaning.ratio === null ? [say.undecided] : []),
  ]
}

function moveLines(document: AttributeDocument, language: Language, width: number): readonly string[] {
  const say = attributeMessages(language)
  const { pairs, moves, mostMoving } = document
  const heads = [
    left(say.columns.change),
    ...pairs.map(pair => right(`${pair.for}:${pair.against}`)),
    right(say.columns.factor),
  ]
  const rows = [
    [say.asItStands, ...pairs.map(({ ratio }) => spanText(ratio, language)), ""],
    ...moves.map(({ kind, id, ratios, factor }) => [
      [say.moves[kind], id].join(" ").trim(),
      ...ratios.map(ratio => spanText(ratio, language)),
      say.factor(factor.shown),
    ]),
  ]
  return [
    say.headMoves,
    ...tableText(heads, rows, width),
    mostMoving.known === null ? say.nothingMoves : say.mostKnown(mostMoving.known),
    ...(mostMoving.open === null ? [] : [say.mostOpen(mostMoving.open)]),
  ]
}

function matrixLines({ matrix, pairs, evidence }: AttributeDocument, language: Language): readonly string[] {
  const say = attributeMessages(language)
  const [first] = pairs
  const counting = new Set(
    first?.items
      .filter(({ standing }) => ["strongest", "overlapping"].includes(standing))
      .map(({ id }) => id),
  )
  const rows = evidence
    .filter(({ id }) => counting.has(id))
    .map(({ id, consistency }) => [id, ...matrix.map(({ hypothesis }) => consistency[hypothesis] ?? "")])
  const heads = [left(say.columns.item), ...matrix.map(({ hypothesis }) => left(hypothesis))]
  const sums = [say.columns.inconsistency, ...matrix.map(({ inconsistency }) => `${inconsistency}`)]
  return [
    say.headMatrix,
    ...tableText(heads, [...rows, sums], 200),
    ...pairs.map(({ for: one, against: other, leaning }) => {
      const told = say.matrixPair(one, other, leaning.matrix ?? say.neither, leaning.ratio ?? say.neither)
      return `  ${told}${leaning.opposed ? `${say.semicolon}${say.opposed}` : ""}`
    }),
  ]
}

function posteriorLines(
  { posterior }: AttributeDocument,
  language: Language,
  width: number,
): readonly string[] {
  if (posterior === null) return []
  const say = attributeMessages(language)
  const { hypothesis, prior, posterior: after, word } = say.columns
  const rows = posterior.map(row => [
    row.hypothesis,
    row.prior,
    say.span(row.low.shown, row.high.shown),
    say.posteriorRange(say.chances[row.lowWord], say.chances[row.highWord]),
  ])
  const heads = [left(hypothesis), right(prior), right(after), left(word)]
  return ["", say.headPosterior, ...tableText(heads, rows, width), say.posteriorNote]
}

function spanText({ low, high }: RatioSpan, language: Language): string {
  const say = attributeMessages(language)
  return say.span(low.shown, high === null ? say.noHigh : high.shown)
}
