import type { KnownService } from "./services-known.ts"

/** What an address's own record shows of whose it is: that it only forwards to a service, or spends with one. */
export interface Recogniser {
  /** @returns null where the record shows nothing, or is too large to be looked through */
  recognise(address: string, anchorAt: AnchorAt): KnownService | null
  /** Addresses that were not looked through: their record, or all that was looked at before, is too large. */
  readonly passedOver: number
}

/** A labelled service at an address. Patterns lead to labels, never to other patterns: doubts would add up unseen. */
export interface Anchor extends KnownService {
  readonly by: Extract<KnownService["by"], { readonly kind: "label" }>
  /** Whether a label lets it be carried over to the addresses that spend with it. */
  readonly ofCluster: boolean
}

export type AnchorAt = (address: string) => Anchor | null
