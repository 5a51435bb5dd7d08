import type { Language } from "../../messages/language.ts"
import { arrivalsSection } from "./arrivals.ts"
import { boundsSection } from "./bounds.ts"
import { claimSection } from "./claim.ts"
import { type Context, contextOf, inLanguage } from "./context.ts"
import { figuresSection } from "./figures.ts"
import { flowSection } from "./flow-diagram.ts"
import { holdingsSection } from "./holdings.ts"
import type { ReportInput } from "./input.ts"
import { type Html, html, trusted } from "./markup.ts"
import { methodSection } from "./method.ts"
import { pricesSection } from "./prices.ts"
import { addressesSection, disagreementsSection, gapsSection, lookalikesSection } from "./record.ts"
import { rulesSection } from "./rules.ts"
import { saidBySection } from "./said-by.ts"
import { STYLE } from "./style.ts"
import { timelineSection } from "./timeline.ts"
import { transfersSection } from "./transfers.ts"

export type { ReportInput } from "./input.ts"

/** In the order in which they are printed; one that has nothing to say is left out. */
const SECTIONS = {
  claim: claimSection,
  figures: figuresSection,
  prices: pricesSection,
  flow: flowSection,
  timeline: timelineSection,
  arrivals: arrivalsSection,
  holdings: holdingsSection,
  bounds: boundsSection,
  transfers: transfersSection,
  disagreements: disagreementsSection,
  saidBy: saidBySection,
  lookalikes: lookalikesSection,
  addresses: addressesSection,
  rules: rulesSection,
  gaps: gapsSection,
  method: methodSection,
} as const satisfies Readonly<Record<string, (context: Context) => Html | null>>

/** Nothing is loaded and nothing runs, whatever a case file manages to put into the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** One page that stands for itself: no script, nothing from elsewhere, and for the same input the same bytes. */
export function renderReport(input: ReportInput, language: Language): string {
  const context = contextOf(input, language)
  const { text } = context
  const sections = Object.entries(SECTIONS).flatMap(([id, section]) => {
    const body = section(context)
    return body === null ? [] : [{ id, title: text.sections[id as keyof typeof SECTIONS], body }]
  })
  const title = titleOf(context)
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Ashiato ${input.version}">
<title>${title}${text.dash}${text.reportTitle}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><p class="kicker">${text.reportTitle}</p><h1>${title}</h1></header>
<nav aria-label="${text.contents}"><h2>${text.contents}</h2><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ol></nav>
<main>
${sections.map(
  (
    { id, title, body },
    index,
  ) => html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h"><span class="no">${index + 1}</span> ${title}</h2>
${body}</section>
`,
)}</main>
<footer><p>${text.footer}</p></footer>
</body>
</html>
`
  return page.markup
}

function titleOf(context: Context): string {
  const { input, text } = context
  if (input.caseFile !== null) return inLanguage(input.caseFile.title, context)
  const thefts = [...new Set(input.trace.answers.flatMap(({ thefts }) => thefts.map(({ id }) => id)))]
  return text.titleOfThefts(thefts.slice(0, 3).join(text.comma), Math.max(0, thefts.length - 3))
}
