import { rulesAsked } from "./claim.ts"
import type { Context } from "./context.ts"
import { type Html, html } from "./markup.ts"
import { table } from "./table.ts"

/** The rules that were applied, in plain words, with the authority for each and where it holds. */
export function rulesSection(context: Context): Html {
  const { text } = context
  const rows = rulesAsked(context).map(rule => {
    const { what, authority, holds } = text.rules.explained[rule]
    return [html`${text.rules.names[rule]}`, what, authority, holds]
  })
  const columns = [text.columns.rule, text.rules.what, text.rules.authority, text.rules.holds].map(head => ({
    head,
  }))
  return html`<p>${text.rules.lead}</p>\n${table(text.rules.caption, columns, [{ rows }])}`
}
