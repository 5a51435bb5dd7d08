import { clusterMessages } from "../../messages/cluster.ts"
import { ratesLines } from "../text/rates-text.ts"
import type { Context } from "./context.ts"
import { type Html, html } from "./markup.ts"

/** How often the patterns by which following stopped were right, where the truth is known. */
export function ratesList({ input, language }: Context): Html | null {
  const [head, ...lines] = ratesLines(input.trace.rates ?? [], clusterMessages(language))
  if (head === undefined) return null
  return html`\n<p class="note">${head}</p>\n<ul>${lines.map(line => html`<li>${line.replace(/^- /, "")}</li>\n`)}</ul>`
}
