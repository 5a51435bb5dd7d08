import { Address as Oracle } from "@scure/btc-signer"
import { describe, expect, it } from "vitest"
import { likeness } from "../../src/clustering/look-alike.ts"
import { openLabelColumns } from "../../src/stores/label-book/label-columns.ts"
import type { World } from "../../testing/wallets/economy.ts"
import { makeWorld } from "../../testing/wallets/economy.ts"
import { isAddress, prefixOf } from "../../testing/wallets/in-form-only.ts"
import { teller, unknownIn } from "../../testing/wallets/measure-address-look-alikes.ts"
import { type PoisonedWorld, poisonedWorld } from "../../testing/wallets/poisoned-world.ts"
import { importLists, labelOf, newBook } from "../stores/label-book/book.ts"

/** What can be told of it without its objects. */
const written = ({ written: texts, forgeries }: PoisonedWorld) => [
  ...texts.values(),
  ...forgeries.map(({ text, head, tail }) => `${text} ${head}+${tail}`),
]

const rows = ({ transactions }: World) =>
  transactions.map(({ height, doing, inputs, outputs }) =>
    [
      height,
      doing,
      ...[...inputs, ...outputs].map(({ address, value }) => `${address.name} ${address.kind} ${value}`),
    ].join(" "),
  )

/** How another library reads an address; null where it reads none. */
function kindOf(text: string): string | null {
  try {
    return Oracle().decode(text).type
  } catch {
    return null
  }
}

const ORACLE_KINDS: Readonly<Record<string, string>> = {
  p2pkh: "pkh",
  p2sh: "sh",
  p2wpkh: "wpkh",
  p2wsh: "wsh",
  p2tr: "tr",
}

// Of these one has a holder who grinds, the other sellers with a word.
const worlds = [4, 2].map(seed => poisonedWorld(makeWorld(seed)))
const textsOf = (poisoned: PoisonedWorld, addresses: PoisonedWorld["ground"]) =>
  addresses.map(address => poisoned.written.get(address) ?? "")

describe("a world of wallets with poisoners", () => {
  it("is the same for the same seed, and leaves the world as it is", () => {
    const world = makeWorld(4)
    const [before, poisoned] = [rows(world), poisonedWorld(world)]
    expect(written(poisoned)).toEqual(written(worlds[0] as PoisonedWorld))
    expect(rows(world)).toEqual(before)
    expect(written(poisonedWorld(makeWorld(3)))).not.toEqual(written(poisoned))
  })

  it("writes each address once, true by two libraries, but for those that a holder would have ground", () => {
    for (const { written: texts, ground } of worlds) {
      expect(new Set(texts.values()).size).toBe(texts.size)
      const unlike = [...texts].filter(([address]) => !ground.slice(1).includes(address))
      expect(unlike.filter(([, text]) => !isAddress(text))).toEqual([])
      const sample = unlike.filter((_, n) => n % 20 === 0)
      // A key of taproot is a point, and of random ones every other is none: the library asks for one.
      const read = sample.filter(([{ kind }]) => kind !== "p2tr")
      expect(read.map(([, text]) => kindOf(text))).toEqual(read.map(([{ kind }]) => ORACLE_KINDS[kind]))
    }
  })

  it("has look-alikes in the form only: as long, as alike as they were ground, and no address to either library", () => {
    for (const { written: texts, forgeries } of worlds) {
      expect(forgeries.length).toBeGreaterThan(100)
      for (const { text, imitates, head, tail } of forgeries) {
        const real = texts.get(imitates) ?? ""
        const prefix = prefixOf(real)
        expect(text.length).toBe(real.length)
        expect(text.slice(0, prefix.length + head)).toBe(real.slice(0, prefix.length + head))
        expect(text.slice(-tail)).toBe(real.slice(-tail))
        expect([text !== real, isAddress(text), kindOf(text)]).toEqual([true, false, null])
      }
    }
  })

  it("has mostly those imitated who are paid again", () => {
    for (const { world, forgeries } of worlds) {
      const payments = new Map<unknown, number>()
      for (const { outputs } of world.transactions) {
        for (const { address } of outputs) payments.set(address, (payments.get(address) ?? 0) + 1)
      }
      const again = forgeries.filter(({ imitates }) => (payments.get(imitates) ?? 0) > 1)
      expect(again.length / forgeries.length).toBeGreaterThan(0.5)
    }
  })

  it("has own addresses that begin and end alike told, and those with the same first word not", () => {
    const [grinder, seller] = worlds as [PoisonedWorld, PoisonedWorld]
    const [ground, words] = [textsOf(grinder, grinder.ground), textsOf(seller, seller.words)]
    expect(ground.map(teller(grinder))).toEqual([true, true, true].map((_, n) => n > 0))
    expect(words).toHaveLength(8)
    expect(words.every(text => /^1Shop|^bc1qsh0p/.test(text))).toBe(true)
    expect(words.filter(teller(seller))).toEqual([])
  })

  it("is told by the ends as when each is compared with each, and as the label book tells", async () => {
    const [poisoned] = worlds as [PoisonedWorld]
    const known = textsOf(poisoned, [...poisoned.known])
    const ground = new Set(textsOf(poisoned, poisoned.ground))
    // All that can be told, and every twentieth of the others; `look-alikes.fuzz.ts` compares all of a world.
    const asked = unknownIn(poisoned).filter(
      ({ text, forgery }, n) => forgery !== null || ground.has(text) || n % 20 === 0,
    )
    const told = asked.map(({ text }) => text).filter(teller(poisoned))
    expect(told.length).toBeGreaterThan(30)
    const compared = asked
      .map(({ text }) => text)
      .filter(text => known.some(other => likeness(text, other) !== null))
    expect(compared).toEqual(told)
    const folder = newBook()
    const labels = known.map(address => labelOf(address, { network: "bitcoin", seen: "2024-01-02" }))
    await importLists(folder, [{ list: "list", day: "2024-01-02", complete: false, labels }])
    const book = openLabelColumns(folder, "2024-01-02")
    expect(asked.map(({ text }) => text).filter(text => book.lookAlikesOf(text).length > 0)).toEqual(told)
    book.close()
  }, 120_000)
})
