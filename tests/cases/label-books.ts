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

/** The newest day of a list or of the user. */
export function newestOf(labels: readonly Label[]): string | null {
  const dated = labels.filter(({ seenFrom }) => seenFrom !== "import")
  return (
    dated
      .map(({ seen }) => seen)
      .sort()
      .at(-1) ?? null
  )
}

/** A book in memory, as of a day. */
export function bookOf(labels: readonly Label[], asOf = "2026-01-01"): LabelBook {
  const of = (address: string) => labels.filter(one => one.address === address)
  return {
    asOf,
    count: labels.filter(one => one.seen <= asOf).length,
    newest: newestOf(labels.filter(one => one.seen <= asOf)),
    labelsOf: address => of(address).filter(one => stoodOn(one, asOf)),
    withdrawnOf: address => of(address).filter(({ withdrawn }) => withdrawn !== null && withdrawn <= asOf),
    laterOf: address => of(address).filter(one => one.seen > asOf),
    hasList: title => labels.some(one => one.list.toLowerCase() === title.toLowerCase()),
    lookAlikesOf: () => [],
  }
}
