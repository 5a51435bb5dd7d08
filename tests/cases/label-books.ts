import { type Label, type LabelBook, stoodOn } from "../../src/ports/label-book.ts"

export function label(address: string, some: Partial<Label> = {}): Label {
  return {
    address,
    network: "bitcoin",
    checked: true,
    label: "Exch",
    actor: null,
    category: "exchange",
    abuse: null,
    confidence: null,
    definesCluster: null,
    source: "https://example.org/wallets",
    licence: null,
    note: null,
    list: "a list",
    creator: null,
    seen: "2020-01-01",
    seenFrom: "list",
    withdrawn: null,
    ...some,
  }
}

/** A book in memory, as of a day. */
export function bookOf(labels: readonly Label[], asOf = "2026-01-01"): LabelBook {
  const of = (address: string) => labels.filter(one => one.address === address)
  return {
    asOf,
    count: labels.length,
    labelsOf: address => of(address).filter(one => stoodOn(one, asOf)),
    withdrawnOf: address => of(address).filter(({ withdrawn }) => withdrawn !== null && withdrawn <= asOf),
    lookAlikesOf: () => [],
  }
}
