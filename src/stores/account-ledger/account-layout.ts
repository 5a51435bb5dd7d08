import { Problem } from "../../units/problem.ts"
import type { Manifest } from "../columns/manifest.ts"
import type { TextForm } from "./texts.ts"

/** Of the columns of an account chain; raised whenever they change. */
export const LAYOUT = "account/1"

/** Lists of texts among the columns. */
export const TEXTS = [
  "block-hash",
  "tx-id",
  "named-tx",
  "row-ref",
  "source",
  "account",
  "asset",
  "notice",
] as const
export type TextName = (typeof TEXTS)[number]

export interface Origin {
  readonly from: number
  readonly to: number
  readonly source: string
  readonly at: string
}

/** What `extra` of the manifest says of an account chain's columns. */
export interface AccountLayout {
  readonly layout: typeof LAYOUT
  readonly forms: Readonly<Record<TextName, TextForm>>
  readonly provenance: readonly Origin[]
}

/** @throws Problem `ledger-other-version` */
export function layoutOf({ shape, extra }: Manifest): AccountLayout {
  const { layout, forms, provenance } = extra
  const fits =
    shape === "account" &&
    layout === LAYOUT &&
    typeof forms === "object" &&
    forms !== null &&
    Array.isArray(provenance)
  if (!fits) throw new Problem("ledger-other-version", { found: String(layout ?? shape), expected: LAYOUT })
  // The manifest's checksum holds: what is of this layout was written by `publishAccountColumns`.
  return { layout: LAYOUT, forms: forms as AccountLayout["forms"], provenance }
}
