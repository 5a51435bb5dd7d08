import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect } from "vitest"
import { blocksOf, FIRST_BLOCKS, itReads } from "../chains/bitcoin/real-bytes.ts"
import { GENESIS } from "../readers/blocks/made-chain.ts"
import { records, writeFolder } from "../readers/blocks/written-folder.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const README = fileURLToPath(new URL("../../README.md", import.meta.url))

/** The commands of the README's walk along a real chain, each with the lines that it shows. */
function walk(): { readonly args: readonly string[]; readonly lines: readonly string[] }[] {
  const text = /```text\n(\$ ashiato [\s\S]*?)```/.exec(readFileSync(README, "utf8"))?.[1] ?? ""
  return text
    .split("$ ashiato ")
    .slice(1)
    .map(part => {
      const [command = "", ...lines] = part.trimEnd().split("\n")
      return { args: command.replace("~/.bitcoin/blocks", "blocks").split(" "), lines }
    })
}

describe("the first coins that Bitcoin moved, from real block files", () => {
  itReads("are traced as the README shows", [FIRST_BLOCKS], async ([file]) => {
    const folder = newFolder()
    mkdirSync(join(folder, "blocks"))
    writeFolder(join(folder, "blocks"), {
      files: { 0: records([GENESIS.mainnet, ...blocksOf(file as Uint8Array)], "mainnet") },
    })
    const steps = walk()
    expect(steps).toHaveLength(3)
    for (const { args, lines } of steps) {
      const { code, out, err } = ashiato(args, folder)
      expect(err).toBe("")
      expect(code).toBe(0)
      const printed = out.split("\n")
      let at = 0
      for (const line of lines.filter(shown => shown !== "...")) {
        const wanted = line.endsWith("...") ? line.slice(0, -3) : line
        const found = printed.findIndex((other, index) => index >= at && other.startsWith(wanted))
        expect(found, `"${line}" in this order`).toBeGreaterThanOrEqual(0)
        at = found + 1
      }
    }
  })

  itReads("gave nothing to anybody from the first block of all", [FIRST_BLOCKS], async ([file]) => {
    const folder = newFolder()
    mkdirSync(join(folder, "blocks"))
    writeFolder(join(folder, "blocks"), {
      files: { 0: records([GENESIS.mainnet, ...blocksOf(file as Uint8Array)], "mainnet") },
    })
    expect(ashiato(["ingest", "bitcoin", "--blocks", "blocks"], folder).code).toBe(0)
    const coinbase = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b:0"
    const answer = JSON.parse(ashiato(["trace", "--theft", coinbase, "--rule", "fifo", "--json"], folder).out)
    expect(answer.answers[0].rules.fifo.total).toMatchObject({
      declared: "5000000000",
      burned: "5000000000",
      held: "0",
    })
  })
})
