import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { likeness } from "../../src/clustering/look-alike.ts"
import { makeWorld } from "../../testing/wallets/economy.ts"
import { addGroups, type Groups, honestPairs } from "../../testing/wallets/look-alike-groups.ts"
import { teller, unknownIn } from "../../testing/wallets/measure-address-look-alikes.ts"
import { poisonedWorld } from "../../testing/wallets/poisoned-world.ts"

const page = readFileSync(new URL("../../docs/clustering-error-rates.md", import.meta.url), "utf8")
/** In one line, wherever its lines end. */
const section = (page.split("\n## Look-alikes of Bitcoin's family\n")[1]?.split("\n## ")[0] ?? "").replaceAll(
  /\s+/g,
  " ",
)
const written = (n: number) => n.toLocaleString("en-US")

describe("look-alikes in all twenty worlds of wallets", () => {
  it("are told as the documentation says, by how they were ground and by kind, and by chance not once", () => {
    const groups: Groups = new Map()
    const pairs = new Map<string, number>()
    const strangers: string[] = []
    let [addresses, known, forged, again] = [0, 0, 0, 0]
    for (let seed = 1; seed <= 20; seed++) {
      const poisoned = poisonedWorld(makeWorld(seed))
      addGroups(groups, poisoned)
      for (const [kind, count] of honestPairs(poisoned)) pairs.set(kind, (pairs.get(kind) ?? 0) + count)
      addresses += poisoned.written.size
      known += poisoned.known.size
      forged += poisoned.forgeries.length
      const paid = new Map<unknown, number>()
      for (const { outputs } of poisoned.world.transactions) {
        for (const { address } of outputs) paid.set(address, (paid.get(address) ?? 0) + 1)
      }
      again += poisoned.forgeries.filter(({ imitates }) => (paid.get(imitates) ?? 0) > 1).length
      const ground = new Set(poisoned.ground.map(address => poisoned.written.get(address)))
      const isTold = teller(poisoned)
      for (const { text, isSo } of unknownIn(poisoned)) {
        if (!isSo && isTold(text) && !ground.has(text)) strangers.push(text)
      }
    }
    expect(section).toContain(`${written(addresses)} addresses, of which ${written(known)} are known`)
    expect(section).toContain(`${written(forged)} look-alikes, ${written(again)} of them`)
    const told = (key: string) => `${groups.get(key)?.told ?? 0} of ${groups.get(key)?.of ?? 0}`
    const ways = [...new Set([...groups.keys()].flatMap(key => key.split(" ")[1] ?? []))].sort()
    for (const way of ways) {
      const line = `| ${way.replace("+", " and ")} | ${["bech32", "base58"].map(form => told(`${form} ${way}`)).join(" | ")} |`
      expect(section).toContain(line.replaceAll("0 of 0", "-"))
    }
    const kinds = ["p2pkh", "p2sh", "p2wpkh", "p2wsh", "p2tr"]
    for (const kind of kinds) expect(section).toContain(`${kind} ${told(kind)}`)
    for (const form of ["bech32", "base58"]) {
      const own = [...groups].filter(([key]) => key.startsWith(`${form} `)).map(([, group]) => group)
      const sum = (of: (group: (typeof own)[number]) => number) => own.reduce((all, one) => all + of(one), 0)
      const fourAndFour = `${sum(({ fourAndFour: count }) => count)} of ${sum(({ of }) => of)} in ${form}`
      expect(section).toContain(fourAndFour)
    }
    const ofKnown = kinds.reduce((sum, kind) => sum + (groups.get(kind)?.of ?? 0), 0)
    expect(section).toContain(
      `of the ${written(forged)} look-alikes ${written(ofKnown)} imitate a known address`,
    )
    // Two and four characters of 32; of 58 the last four alone, since the version leaves the first few values.
    const among = (...of: string[]) => of.reduce((sum, kind) => sum + (pairs.get(kind) ?? 0), 0)
    const [bech32, base58] = [among("p2wpkh", "p2tr") / 32 ** 6, among("p2pkh", "p2sh") / 58 ** 4]
    expect(section).toContain(`${bech32.toFixed(2)} in bech32 and at most ${base58.toFixed(2)} in base58`)
    expect(strangers).toEqual([])
    // Of half a million labels of one kind: the second of six characters behind "1" has 23 values.
    const labels = 500_000
    expect(section).toContain(`one of ${written(Math.floor(32 ** 6 / labels))} does`)
    expect(section).toContain(`one of ${written(Math.round((23 * 58 ** 5) / labels / 1_000) * 1_000)}.`)
  })

  it("are told by their ends as when each of a world is compared with each", () => {
    const poisoned = poisonedWorld(makeWorld(8))
    const isTold = teller(poisoned)
    const known = [...poisoned.known].map(address => poisoned.written.get(address) ?? "")
    const texts = unknownIn(poisoned).map(({ text }) => text)
    expect(texts.filter(text => known.some(other => likeness(text, other) !== null))).toEqual(
      texts.filter(isTold),
    )
  })
})
