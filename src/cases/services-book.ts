import type { LabelBook } from "../ports/label-book.ts"
import type { KnownService } from "./services-known.ts"
import { labelsOn, serviceByLabels } from "./services-labelled.ts"
import type { Anchor, Recogniser } from "./services-recogniser.ts"

/** Where following stops. Asked once for every traced credit, so each address is looked up once and remembered. */
export interface ServiceBook {
  serviceAt(address: string): KnownService | null
  /** The labels that were asked; null for none. */
  readonly labels: { readonly asOf: string; readonly count: number } | null
  /** Why not every address was looked at for patterns; null where there was nothing to look for, or all was. */
  unlooked(): Unlooked | null
}

export interface Unlooked {
  /**
   * `no-ledger`: the records are not a ledger; `no-owners`: they are one that does not tell who spends with whom;
   * `limits`: so many addresses have done too much to be looked through.
   */
  readonly reason: "no-ledger" | "no-owners" | "limits"
  readonly addresses: number
}

export interface ServiceSources {
  /** By the services file, the case and the chain: these go before any label. */
  readonly stated: ReadonlyMap<string, KnownService>
  readonly labels: LabelBook | null
  readonly chain: string | null
  /** Addresses that the case calls the thief's: no list and no pattern makes them a service. */
  readonly thieves: ReadonlySet<string>
  /** Receivers of declared credits: no pattern makes them a service, a label does. */
  readonly declared: ReadonlySet<string>
  readonly isLedger: boolean
  /** Null where the records do not tell what an address has done. */
  readonly recogniser: Recogniser | null
}

/** File, case and chain first; then labels; then what an address's own record shows. */
export function serviceBook(sources: ServiceSources): ServiceBook {
  const { stated, labels, chain, thieves, declared, isLedger, recogniser } = sources
  const found = new Map<string, KnownService | null>()
  const byLabel = (address: string): Anchor | null => {
    return labels === null || thieves.has(address) ? null : serviceByLabels(labels, address, chain)
  }
  /** A labelled service, under the name that the user's file or the case gives it. */
  const anchorAt = (address: string): Anchor | null => {
    const labelled = byLabel(address)
    return labelled === null
      ? null
      : { ...labelled, service: stated.get(address)?.service ?? labelled.service }
  }
  const recognised = (address: string): KnownService | null => {
    if (labels === null || recogniser === null || thieves.has(address) || declared.has(address)) return null
    // Whoever a list calls something else is not made a service by a pattern.
    return labelsOn(labels, address, chain).length > 0 ? null : recogniser.recognise(address, anchorAt)
  }
  return {
    labels: labels === null ? null : { asOf: labels.asOf, count: labels.count },
    serviceAt(address) {
      const before = found.get(address)
      if (before !== undefined) return before
      const known = stated.get(address) ?? byLabel(address) ?? recognised(address)
      found.set(address, known)
      return known
    },
    unlooked() {
      if (labels === null) return null
      if (recogniser === null) return { reason: isLedger ? "no-owners" : "no-ledger", addresses: 0 }
      return recogniser.passedOver > 0 ? { reason: "limits", addresses: recogniser.passedOver } : null
    },
  }
}

/** Services by name alone. */
export function namedBook(services: ReadonlyMap<string, string>): ServiceBook {
  return {
    labels: null,
    serviceAt(address) {
      const service = services.get(address)
      return service === undefined ? null : { service, by: null }
    },
    unlooked: () => null,
  }
}
