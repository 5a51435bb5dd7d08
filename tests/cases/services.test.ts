import { describe, expect, it } from "vitest"
import { type ServiceSources, serviceBook } from "../../src/cases/services-book.ts"
import { FOLLOWED, isServiceLabel, OF_THE_THIEF, STOPPING } from "../../src/cases/services-categories.ts"
import type { KnownService } from "../../src/cases/services-known.ts"
import type { AnchorAt, Recogniser } from "../../src/cases/services-recogniser.ts"
import { bookOf, label } from "./label-books.ts"

const NOBODY = new Set<string>()

const bookWith = (some: Partial<ServiceSources>) =>
  serviceBook({
    stated: new Map(),
    labels: null,
    chain: "bitcoin",
    thieves: NOBODY,
    declared: NOBODY,
    isLedger: false,
    recogniser: null,
    ...some,
  })

describe("the categories at which following stops", () => {
  it.each([...STOPPING.keys()])("%s is a service", category => {
    expect(isServiceLabel(label("a", { category }))).toBe(true)
    expect(isServiceLabel(label("a", { category, abuse: "sanction" }))).toBe(true)
    for (const abuse of OF_THE_THIEF) expect(isServiceLabel(label("a", { category, abuse }))).toBe(false)
  })

  it.each([...FOLLOWED, "a word that no table has", "__proto__"])("%s is followed", category => {
    expect(STOPPING.has(category)).toBe(false)
    expect(isServiceLabel(label("a", { category }))).toBe(false)
  })

  it("takes no label without a category for a service's, whatever it is called", () => {
    expect(isServiceLabel(label("a", { category: null, label: "Mt. Gox Exchange" }))).toBe(false)
  })

  it("reads a category as lists write it", () => {
    for (const category of ["Mixing Service", "mixing-service", " EXCHANGE "]) {
      expect(isServiceLabel(label("a", { category }))).toBe(true)
    }
  })
})

describe("where following stops by labels", () => {
  const stops = (labels: ReturnType<typeof label>[], asOf?: string) =>
    bookWith({ labels: bookOf(labels, asOf) }).serviceAt("a")

  it("says by which label: list, source and day", () => {
    const one = label("a", { label: "binance reserve wallets", actor: "binance", confidence: "service_data" })
    expect(stops([one])).toMatchObject({
      service: "binance",
      by: {
        kind: "label",
        disagree: false,
        labels: [
          {
            label: "binance reserve wallets",
            list: "a list",
            source: "https://example.org/wallets",
            seen: "2020-01-01",
            category: "exchange",
          },
        ],
      },
    })
  })

  it("stops where two lists name two owners, and says both", () => {
    const labels = [label("a", { label: "Zaif", list: "x" }), label("a", { label: "Bittrex", list: "y" })]
    const stop = stops(labels)
    expect(stop?.service).toBe("Bittrex / Zaif")
    expect(stop?.by).toMatchObject({ disagree: true, labels: [{ label: "Bittrex" }, { label: "Zaif" }] })
    expect(stops(labels.reverse())).toEqual(stop)
  })

  it.each([
    ["Huobi.com", "huobi", true],
    ["Blender.io", "blenderio", true],
    ["tornado.cash", "Tornado", true],
    ["Bit", "Bitstamp", false],
    ["huobi", "huobi2", false],
  ])("%s and %s are one owner: %s", (one, other, isOne) => {
    const stop = stops([label("a", { label: one }), label("a", { label: "whatever", actor: other })])
    expect(stop?.by).toMatchObject({ disagree: !isOne })
    expect(stop?.service.includes(" / ")).toBe(!isOne)
  })

  it("stops where one list says exchange and another user, and says that they disagree", () => {
    const stop = stops([label("a", { label: "Bob", category: "user" }), label("a", { label: "Exch" })])
    expect(stop).toMatchObject({ service: "Exch", by: { disagree: true } })
    expect(stop?.by).toMatchObject({ labels: [{ label: "Exch" }, { label: "Bob" }] })
  })

  it("takes a sanction for no contradiction: a sanctioned mixer is a mixer", () => {
    const sanction = label("a", { label: "SDN", category: "user", abuse: "sanction", list: "OFAC" })
    const stop = stops([sanction, label("a", { label: "tornado.cash", category: "mixing_service" })])
    expect(stop).toMatchObject({ service: "tornado.cash", by: { disagree: false } })
    expect(stop?.by).toMatchObject({ labels: [{ label: "tornado.cash" }, { label: "SDN" }] })
  })

  it.each([
    ["a user", { category: "user" }],
    ["a thief, by a list of hacks", { category: null, abuse: "service_hack" }],
    ["a hack of an exchange", { category: "exchange", abuse: "service_hack" }],
    ["a black list", { category: "black_list" }],
    ["a sanction alone", { category: "user", abuse: "sanction" }],
    ["another network's exchange", { network: "litecoin" }],
  ])("goes on at %s", (_, some) => expect(stops([label("a", some)])).toBeNull())

  it("answers what was known on a day: not before it was seen, not after it was withdrawn", () => {
    const labels = [label("a", { seen: "2021-05-01", withdrawn: "2023-05-01" })]
    expect(stops(labels, "2021-04-30")).toBeNull()
    expect(stops(labels, "2021-05-01")).not.toBeNull()
    expect(stops(labels, "2023-04-30")).not.toBeNull()
    expect(stops(labels, "2023-05-01")).toBeNull()
  })

  it("tells eight labels of an address, and how many more there are", () => {
    const labels = Array.from({ length: 11 }, (_, n) => label("a", { list: `list ${10 + n}` }))
    expect(stops(labels)?.by).toMatchObject({ labelsLeftOut: 3, disagree: false })
  })

  it("leaves out no sanction for labels that are none, and keeps the service's own first", () => {
    const labels = Array.from({ length: 11 }, (_, n) => label("a", { list: `list ${10 + n}` }))
    const sanction = label("a", { label: "SDN", category: "user", abuse: "sanction", list: "zz" })
    const by = stops([...labels, sanction])?.by
    const told = by?.kind === "label" ? by.labels.map(one => [one.list, one.sanction]) : []
    expect(told).toEqual([...Array.from({ length: 7 }, (_, n) => [`list ${10 + n}`, false]), ["zz", true]])
    expect(by).toMatchObject({ labelsLeftOut: 4 })
  })
})

describe("who goes before whom", () => {
  const file: KnownService = { service: "by file", by: { kind: "file", list: "s.csv" } }
  const pattern: KnownService = { service: "by pattern", by: null }
  class Always implements Recogniser {
    readonly passedOver = 0
    readonly asked: string[] = []
    anchors: AnchorAt = () => null
    recognise(address: string, anchorAt: AnchorAt): KnownService {
      this.asked.push(address)
      this.anchors = anchorAt
      return pattern
    }
  }
  const labels = bookOf([label("a"), label("labelled"), label("hacker", { abuse: "service_hack" })])

  it("is file and case, then labels, then patterns; each address is looked up once", () => {
    const recogniser = new Always()
    const book = bookWith({ stated: new Map([["a", file]]), labels, recogniser })
    for (let n = 0; n < 3; n++) {
      expect(book.serviceAt("a")).toBe(file)
      expect(book.serviceAt("labelled")?.service).toBe("Exch")
      expect(book.serviceAt("other")).toBe(pattern)
    }
    expect(recogniser.asked).toEqual(["other"])
  })

  it("lets no list make the case's thief a service, and no pattern the receiver of a theft", () => {
    const recogniser = new Always()
    const book = bookWith({
      labels,
      recogniser,
      thieves: new Set(["labelled"]),
      declared: new Set(["first", "a"]),
    })
    expect(book.serviceAt("labelled")).toBeNull()
    expect(book.serviceAt("first")).toBeNull()
    expect(book.serviceAt("a")?.service).toBe("Exch")
    expect(recogniser.asked).toEqual([])
  })

  it("lets no pattern make a service of whom a list calls something else", () => {
    const recogniser = new Always()
    expect(bookWith({ labels, recogniser }).serviceAt("hacker")).toBeNull()
    expect(recogniser.asked).toEqual([])
  })

  it("leads patterns to labels, under the name that the user's file gives", () => {
    const recogniser = new Always()
    bookWith({ stated: new Map([["a", file]]), labels, recogniser }).serviceAt("other")
    expect(recogniser.anchors("a")?.service).toBe("by file")
    expect(recogniser.anchors("a")?.by.kind).toBe("label")
    expect(recogniser.anchors("labelled")?.service).toBe("Exch")
    expect(recogniser.anchors("other")).toBeNull()
  })

  it("says that patterns need a ledger, only where there are labels", () => {
    expect(bookWith({}).unlooked()).toBeNull()
    expect(bookWith({ labels }).unlooked()).toEqual({ reason: "no-ledger", addresses: 0 })
    expect(bookWith({ labels, isLedger: true }).unlooked()).toEqual({ reason: "no-owners", addresses: 0 })
    expect(bookWith({ labels, recogniser: new Always() }).unlooked()).toBeNull()
  })
})
