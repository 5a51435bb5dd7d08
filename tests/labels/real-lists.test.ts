import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { tagPackText } from "../../src/labels/tag-pack-writer.ts"
import { fileOf, readFile } from "./reading.ts"

const LISTS = fileURLToPath(new URL("../../../shared/data/labels/", import.meta.url))
const OURS = fileURLToPath(new URL("../../cases/labels/", import.meta.url))
const there = existsSync(LISTS)
const named = (name: string) => (there ? name : `${name} (skipped: ../shared/data/labels is absent)`)

const PACKS: Readonly<Record<string, number>> = {
  "binance_hack.yaml": 44,
  "blender_io.yaml": 45,
  "exchange-wallets-binance.yaml": 86,
  "exchange-wallets-bybit.yaml": 8,
  "exchange-wallets-huobi.yaml": 58,
  "exchange-wallets-kucoin.yaml": 59,
  "exchange-wallets-okx.yaml": 36,
  "hacks.yaml": 608,
  "lazarus.yaml": 21,
  "lazarus2.yaml": 6,
  "ofac.yaml": 570,
  "ronin_bridge.yaml": 6,
  "sinbad_io.yaml": 2,
  "tornado_cash.yaml": 39,
  "usdt_blacklist.yaml": 774,
  "walletexplorer.yaml": 386,
}
const OFAC: Readonly<Record<string, number>> = {
  ARB: 1,
  BCH: 7,
  BSC: 1,
  BSV: 1,
  BTG: 1,
  DASH: 3,
  ETC: 1,
  ETH: 152,
  LTC: 10,
  TRX: 6,
  USDC: 2,
  USDT: 26,
  XBT: 435,
  XMR: 3,
  XRP: 1,
  XVG: 1,
  ZEC: 3,
}
/** An address of Tron that OFAC's list, and what was made of it, calls Bitcoin's. */
const TRON_AS_BITCOIN = "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq"
const taken = (line: number) =>
  `line ${line}: ${TRON_AS_BITCOIN} is listed as an address of bitcoin; by its checksum it is one of tron, and taken as that`
/** Two addresses of Monero that the pack has cut to 67 of their 95 characters. */
const CUT_MONERO = [
  "884Bz8UH63aYsjVdkfWfScRYWZGGNbjFL7pztqvWNSrtYT4reFSwyvkCj9KEGUtheHh",
  "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZ",
]

describe.skipIf(!there)(named("the public lists"), () => {
  it("has all 16 packs here", () => {
    expect(readdirSync(`${LISTS}tagpacks`).filter(name => name.endsWith(".yaml"))).toEqual(Object.keys(PACKS))
  })

  it.each(Object.entries(PACKS))(
    "reads %s: %i labels, and every other tag is a reject",
    async (name, count) => {
      const { labels, rejects, notes } = await readFile(`${LISTS}tagpacks/${name}`)
      const tags = readFileSync(`${LISTS}tagpacks/${name}`, "utf8").match(/^- address:/gm)?.length
      expect(labels.length).toBe(count)
      expect(labels.length + rejects.length).toBe(tags)
      expect(notes).toEqual(name === "ofac.yaml" ? [taken(1069)] : [])
      expect(rejects.map(({ address }) => address)).toEqual(name === "ofac.yaml" ? CUT_MONERO : [])
    },
  )

  it("names each reject's line and reason, and takes the address of Tron as one", async () => {
    const { labels, rejects } = await readFile(`${LISTS}tagpacks/ofac.yaml`)
    const lines = readFileSync(`${LISTS}tagpacks/ofac.yaml`, "utf8").split("\n")
    expect(rejects).toEqual(
      CUT_MONERO.map((address, n) => ({
        line: 801 + 2 * n,
        address,
        network: "monero",
        reason: "wrong length",
      })),
    )
    expect([lines[800], lines[802], lines[1068]].join()).toMatch(/884Bz8.*49Hqit.*TUCs/)
    expect(labels.find(({ address }) => address === TRON_AS_BITCOIN)).toMatchObject({
      network: "tron",
      checked: true,
    })
  })

  it("holds, of GraphSense's 572 tags of OFAC's list, the 570 that stand in the other extract of it", async () => {
    const written = readdirSync(`${LISTS}ofac`)
      .filter(name => name.endsWith(".json"))
      .flatMap(name => JSON.parse(readFileSync(`${LISTS}ofac/${name}`, "utf8")) as string[])
    const other = new Set(written.map(address => address.toLowerCase()))
    const { labels } = await readFile(`${LISTS}tagpacks/ofac.yaml`)
    expect(labels.filter(({ address }) => other.has(address.toLowerCase())).length).toBe(570)
    expect(CUT_MONERO.every(cut => written.some(whole => whole.startsWith(cut) && whole.length === 95))).toBe(
      true,
    )
  })

  it.each(Object.keys(PACKS))("writes %s and reads the same labels again", async name => {
    const { labels, list } = await readFile(`${LISTS}tagpacks/${name}`)
    const text = tagPackText(list?.list ?? "", list?.creator ?? null, labels)
    const again = await readFile(fileOf("again.yaml", text))
    expect(again.rejects).toEqual([])
    expect(again.labels).toEqual(labels.map(label => ({ ...label, seenFrom: "list" })))
  })

  it.each(Object.entries(OFAC))("reads OFAC's %s: %i addresses", async (currency, count) => {
    const file = `${LISTS}ofac/sanctioned_addresses_${currency}.json`
    const { labels, rejects, notes } = await readFile(file, { seen: "2024-09-10" })
    const written = JSON.parse(readFileSync(file, "utf8")).length
    expect(labels.length).toBe(count)
    expect(labels.length + rejects.length).toBe(written)
    expect(rejects).toEqual([])
    expect(notes).toEqual(currency === "XBT" ? [taken(356)] : [])
    expect(labels.every(label => label.abuse === "sanction" && label.seen === "2024-09-10")).toBe(true)
  })

  it("reads the named list", async () => {
    const { labels, rejects } = await readFile(`${LISTS}ofac/ethereum-named.csv`)
    expect([labels.length, rejects.length]).toEqual([97, 0])
    expect(labels[0]).toMatchObject({
      address: "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
      label: "LAZARUS GROUP",
      abuse: "sanction",
    })
  })

  it("tells the chain of a token's address by its form", async () => {
    const { labels } = await readFile(`${LISTS}ofac/sanctioned_addresses_USDT.json`)
    const forms = labels.map(({ address, network }) => `${address.slice(0, 1)} ${network}`)
    expect(new Set(forms)).toEqual(new Set(["0 ethereum", "T tron", "1 bitcoin", "3 bitcoin"]))
  })
})

describe("the project's own lists", () => {
  it.each([
    ["nem-exchanges.yaml", 7],
    ["fbi-bybit-2025.yaml", 51],
    ["fbi-harmony-2022.yaml", 11],
    ["ofac-tornado-cash.csv", 37],
  ])("%s holds %i labels, each with a source and a checked address", async (name, count) => {
    const { labels, rejects } = await readFile(`${OURS}${name}`)
    expect([labels.length, rejects]).toEqual([count, []])
    expect(new Set(labels.map(({ address }) => address)).size).toBe(count)
    expect(labels.every(({ checked, source }) => checked && source !== null)).toBe(true)
  })

  it("gives a bundled case's addresses and services as labels", async () => {
    const file = fileURLToPath(new URL("../../cases/coincheck-2018/case.json", import.meta.url))
    const document = JSON.parse(readFileSync(file, "utf8"))
    const { labels, rejects } = await readFile(file)
    expect(rejects).toEqual([])
    expect(labels.length).toBe(document.addresses.length + document.services.length)
    expect(labels.some(({ category }) => category === "exchange")).toBe(true)
  })
})
