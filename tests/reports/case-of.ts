import type { CaseFile, Text } from "../../src/casefile/case.ts"

const said = (text: string): Text => ({ en: text, ja: text })

/** A case in which every text that a case file may hold is the same text. */
export function caseSaying(text: string, url: string | null = null): CaseFile {
  const evidence = { grade: "reported", sources: [text], note: said(text) } as const
  return {
    schema: "ashiato/case/1",
    id: text,
    title: said(text),
    summary: said(text),
    chain: text,
    assets: [{ asset: "XEM", unit: text, decimals: 6 }],
    horizon: { height: null, hash: text, time: text },
    sources: [{ id: text, title: text, url, published: text }],
    addresses: [
      { address: "a", role: "thief", name: said(text), active: { from: text, to: text }, ...evidence },
      { address: text, role: text as "other", name: said(text), ...evidence },
    ],
    services: [{ address: text, service: text, ...evidence }],
    transfers: [
      {
        id: text,
        tx: text,
        height: null,
        time: text,
        from: text,
        to: text,
        asset: "XEM",
        amount: "remainder",
        ...evidence,
      },
      {
        id: `${text}2`,
        tx: null,
        height: 1,
        time: null,
        from: "a",
        to: "?",
        asset: text,
        amount: text,
        ...evidence,
      },
      {
        id: `${text}3`,
        tx: null,
        height: 1,
        time: { from: text, to: text },
        to: "a",
        asset: "XEM",
        amount: "5",
        ...evidence,
      },
    ],
    thefts: [{ id: "theft", claim: said(text), claimant: said(text), transfers: [text], ...evidence }],
    bounds: [
      {
        id: text,
        statement: said(text),
        asset: "XEM",
        relation: "least",
        amount: "7",
        service: text,
        asOf: text,
        ...evidence,
      },
      {
        id: "b2",
        statement: said(text),
        asset: text,
        relation: "most",
        amount: "7",
        service: null,
        asOf: `${text}T`,
        ...evidence,
      },
    ],
    disagreements: [
      { id: text, topic: said(text), versions: [{ value: said(text), sources: [text] }], used: said(text) },
    ],
    prices: [
      {
        id: text,
        asset: "XEM",
        currency: "JPY",
        date: text,
        price: "88.549",
        sources: [text],
        note: said(text),
      },
      { id: "p2", asset: "XEM", currency: "USD", date: text, price: text, sources: [text], note: said(text) },
      {
        id: "p3",
        asset: "XEM",
        currency: "USD",
        date: text,
        total: "9",
        of: text,
        sources: [text],
        note: said(text),
      },
    ],
    events: [
      { id: text, time: text, text: said(text), ...evidence },
      {
        id: "e2",
        time: { from: "2018-01-26T00:02+09:00", to: "2018-01-26T08:26+09:00" },
        text: said(text),
        ...evidence,
      },
    ],
    lookalikes: [{ tx: text, contract: text, symbol: text, from: text, to: text, ...evidence }],
  }
}
