import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv2020 } from "ajv/dist/2020.js"
import { beforeAll, describe, expect, it } from "vitest"
import type { ScreenAnswer, ScreenDocument } from "../../src/contracts/screen.ts"
import { addressOf, type MinedChain } from "../../testing/explorers/mined-chain.ts"
import { ashiato } from "./run-cli.ts"
import { stageClusters } from "./staged-clusters.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const SIDES = join(ROOT, "examples/policy/sides.yaml")
const PAGE = readFileSync(join(ROOT, "docs/screening.md"), "utf8")
const schema = JSON.parse(readFileSync(join(ROOT, "src/contracts/screen.schema.json"), "utf8")) as object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ScreenDocument>(schema)

let folder = ""
let chain: MinedChain

beforeAll(() => {
  const staged = stageClusters()
  folder = staged.folder
  chain = staged.chain
  const sanctioned = ["bob", "payer", "shop"].map(name => `${addressOf(name)},regtest,on the list,sanction\n`)
  writeFileSync(join(folder, "sdn.csv"), `address,network,label,abuse\n${sanctioned.join("")}`)
  const imported = ashiato(["labels", "import", "sdn.csv", "--labels", "sanctions"], folder)
  expect(imported).toMatchObject({ code: 0, err: "" })
}, 60_000)

function screened(ref: string, ...args: readonly string[]): ScreenAnswer {
  const asked = ["screen", ref, "--labels", "sanctions", "--policy", SIDES, ...args]
  const { out, err, code } = ashiato([...asked, "--json"], folder)
  expect(err).toBe("")
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  const [answer] = document.answers
  expect(code).toBe(answer?.verdict?.verdict === "refuse" ? 1 : 0)
  return answer as ScreenAnswer
}

describe("the worked example of a policy on sides", () => {
  it("is printed in the documentation as the example's file has it", () => {
    const file = readFileSync(SIDES, "utf8")
    const blocks = [...PAGE.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text)
    expect(blocks).toContain(file.slice(file.indexOf("schema:")))
  })

  it("gives the verdicts that the documentation has, of a staged chain", () => {
    const tx = (name: string): string => chain.txidOf(name)
    const refs = new Map([
      ["a transaction in which somebody under sanctions spends", tx("join2")],
      ["the same, with change back to the one who spends", tx("deposit1")],
      ["a transaction that only pays somebody under sanctions", tx("cb1")],
      ["the output of it that pays him", `${tx("cb1")}:4`],
      ["another output of it", `${tx("cb1")}:3`],
      ["a transaction with nobody under sanctions", tx("sweep1")],
      ["the address of somebody under sanctions", addressOf("shop")],
      ["an address that somebody under sanctions has paid", addressOf("dep")],
    ])
    const table = PAGE.slice(PAGE.indexOf("| screened | verdict | rule | side |")).split("\n\n")[0] ?? ""
    const rows = table.split("\n").slice(2)
    const told = rows.map(row =>
      row
        .split("|")
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
    expect(told.map(([what]) => what)).toEqual([...refs.keys()])
    for (const [what = "", ...verdict] of told) {
      const { verdict: given } = screened(refs.get(what) ?? "")
      expect([given?.verdict, given?.rule ?? "-", given?.side ?? "-"], what).toEqual(verdict)
    }
  })

  it("points to the sanction of the side, though both sides have one", () => {
    // bob spends in join1, and it pays the shop.
    const { verdict, sanctions } = screened(chain.txidOf("join1"))
    expect(sanctions.map(({ address }) => address)).toEqual([addressOf("shop"), addressOf("bob")])
    expect(verdict).toMatchObject({ rule: "sanctioned-sender", side: "spent", facts: ["/sanctions/1"] })
  })

  it("looks at who paid an output, as at who spent in its transaction", () => {
    const ref = `${chain.txidOf("join1")}:1`
    const { verdict, owners, sanctions, unknown, clusters } = screened(ref)
    expect(owners?.spent).toEqual([addressOf("ann"), addressOf("bob")])
    expect(verdict).toMatchObject({ verdict: "refuse", rule: "sanctioned-sender", side: "spent" })
    expect(sanctions.map(({ address }) => address)).toEqual([addressOf("bob")])
    expect(clusters.map(({ spent }) => spent)).toEqual([[addressOf("ann"), addressOf("bob")]])
    expect(unknown.map(({ code }) => code)).not.toContain("spenders-not-asked")
    // Without a side it fires for either.
    const desk = screened(ref, "--policy", join(ROOT, "examples/policy/desk.yaml"))
    expect(desk.verdict).toMatchObject({ verdict: "refuse", rule: "sanctioned" })
    const { out } = ashiato(["screen", ref, "--labels", "sanctions"], folder)
    expect(out).toContain(`paid by ${addressOf("ann")}, ${addressOf("bob")}\n`)
    expect(out).toMatch(/labelled "on the list" .*\(paid it\)/)
    expect(screened("ab".repeat(32).concat(":0")).unknown.map(({ code }) => code)).toContain(
      "spenders-not-asked",
    )
  })

  it("tells who paid an address under sanctions, one step before it, and refuses for it on that side alone", () => {
    // payer, who is on the list, paid dep in two transactions: 600 and 300 of the story's thousands.
    const dep = addressOf("dep")
    const { verdict, paidBy, sanctions } = screened(dep)
    expect(sanctions).toEqual([])
    expect(paidBy).toMatchObject({
      transactions: 2,
      leftOut: 0,
      payers: 1,
      payersLeftOut: 0,
      foundLeftOut: 0,
    })
    expect(paidBy?.found).toMatchObject([
      { address: addressOf("payer"), transactions: 2, amounts: [{ asset: "BTC", atMost: "900000" }] },
    ])
    expect(verdict).toMatchObject({ verdict: "refuse", facts: ["/paidBy/found/0/labels/0"] })
    // Anybody may send dust to anybody: without a side an address does not answer for it.
    const desk = screened(dep, "--policy", join(ROOT, "examples/policy/desk.yaml"))
    expect(desk.verdict?.rule).not.toBe("sanctioned")
    const { out } = ashiato(["screen", dep, "--labels", "sanctions", "--policy", SIDES], folder)
    expect(out).toMatch(/because: .*\(paid it\); paid it at most 0\.009 BTC in 2 transactions/)
    expect(out).toContain("one step before it")
  })

  it("tells a service's deposit address, with how often that was right", () => {
    const ask = (lang: string) => ashiato(["screen", addressOf("dep"), "--lang", lang], folder).out
    const { out } = ashiato(["screen", addressOf("dep"), "--json"], folder)
    const document = JSON.parse(out) as ScreenDocument
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    const sweeps = { count: 2, shown: [chain.txidOf("sweep1"), chain.txidOf("sweep2")] }
    expect(document.answers[0]?.deposit).toMatchObject({
      service: "exch",
      isWeak: false,
      grade: "inferred",
      sweeps,
    })
    expect(document.rates.map(({ heuristic }) => heuristic)).toContain("deposit-address")
    expect(ask("en")).toContain("Deposit address of exch by its record: it only forwards to it (inferred)")
    expect(ask("ja")).toContain("入金用アドレス（記録からの推定）")
    const ofOutput = ashiato(["screen", `${chain.txidOf("deposit1")}:0`, "--json"], folder).out
    expect((JSON.parse(ofOutput) as ScreenDocument).answers[0]?.deposit?.address).toBe(addressOf("dep"))
  })

  it("tells of a cluster what is not carried over, and never that nothing was found", () => {
    const screenOf = (name: string, csv: string, policy: string) => {
      writeFileSync(join(folder, `${name}.csv`), csv)
      expect(ashiato(["labels", "import", `${name}.csv`, "--labels", name], folder).err).toBe("")
      const { out } = ashiato(["screen", addressOf("ann"), "--labels", name, "--policy", policy], folder)
      expect(out).not.toContain("nothing found.")
      return out
    }
    const rule = "{id: n, when: {cluster: {notCarried: true, sanctioned: true}}, then: refuse}"
    writeFileSync(join(folder, "nc.yaml"), `schema: ashiato/policy/1\nrules:\n  - ${rule}\ndefault: pass\n`)
    const bob = addressOf("bob")
    const head = "address,network,label,actor,category,abuse,seen"
    const apart = `${head},is_cluster_definer\n${bob},regtest,Evil,evil,,sanction,2020-01-01,false\n`
    const alone = screenOf("apart", apart, "nc.yaml")
    expect(alone).toContain("Not carried over: by its list it holds for that address alone")
    expect(alone).toMatch(/REFUSE by rule "n"[^\n]*\n\s*because: .*"Evil".*\(not carried over/)
    const both = `${addressOf("ann")},regtest,Exch,exch,exchange,,2020-01-01\n${bob},regtest,Evil,evil,,sanction,2020-01-01\n`
    const held = screenOf("held", `${head}\n${both}`, "nc.yaml")
    expect(held).toContain("Held back by the guard, and not merged: labels name different owners")
    expect(held).toContain(`in ${chain.txidOf("join1")}, ${addressOf("ann")} spends together with ${bob}`)
    expect(held).toContain('REFUSE by rule "n"')
    const withdrawn = `${head},withdrawn\n${bob},regtest,Evil,evil,,sanction,2020-01-01,2021-01-01\n`
    expect(screenOf("past", withdrawn, "nc.yaml")).toContain("Withdrawn labels of other members")
  })

  it("says of what arrived at a service that nobody looked further, and does not pass it", () => {
    const held = "{id: h, when: {traced: {of: held, asset: BTC, atLeast: 599000}}, then: refuse}"
    writeFileSync(join(folder, "held.yaml"), `schema: ashiato/policy/1\nrules:\n  - ${held}\ndefault: pass\n`)
    const ref = `${chain.txidOf("join2")}:0`
    writeFileSync(join(folder, "thefts.csv"), `theft,ref\nheist,${chain.txidOf("cb1")}:2\n`)
    const asked = ["screen", ref, "--thefts", "thefts.csv", "--policy", "held.yaml"]
    const { out } = ashiato([...asked, "--json"], folder)
    const document = JSON.parse(out) as ScreenDocument
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    const [answer] = document.answers
    expect(answer?.traced[0]?.stops).toMatchObject([
      { service: "exch", by: "label", label: "Exch hot wallet" },
    ])
    expect(answer?.traced[0]?.range).toMatchObject({ arrived: { most: "1000000" }, held: null })
    expect(answer?.unknown.map(({ code }) => code)).toContain("stopped-at-service")
    expect(answer?.verdict).toMatchObject({ verdict: "refuse", rule: "h" })
    const text = ashiato(asked, folder).out
    expect(text).toContain("arrived at a service, not followed further")
    // The cluster of who paid it held what was declared stolen: that is followed, and is another matter.
    expect(text.split("\nLabels\n")[0]).not.toContain("held at the horizon")
  })

  it("is named by the text's verdict", () => {
    const { out } = ashiato(
      ["screen", chain.txidOf("join1"), "--labels", "sanctions", "--policy", SIDES],
      folder,
    )
    expect(out).toContain('REFUSE by rule "sanctioned-sender" of sides, on the side that spent\n')
    expect(out).toMatch(/because: \S+ labelled "on the list" .*\(spent in it\)/)
  })
})
