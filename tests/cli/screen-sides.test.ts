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

  it("says of an output that its spenders were not asked for, under a policy that asks, and under no other", () => {
    const ref = `${chain.txidOf("join1")}:1`
    const codes = (answer: ScreenAnswer) => answer.unknown.map(({ code }) => code)
    expect(codes(screened(ref))).toContain("spenders-not-asked")
    expect(codes(screened(chain.txidOf("join1")))).not.toContain("spenders-not-asked")
    const desk = join(ROOT, "examples/policy/desk.yaml")
    expect(codes(screened(ref, "--policy", desk))).not.toContain("spenders-not-asked")
    const japanese = ashiato(
      ["screen", ref, "--labels", "sanctions", "--policy", SIDES, "--lang", "ja"],
      folder,
    )
    expect(japanese.out).toContain("誰が支払ったかを調べません")
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
