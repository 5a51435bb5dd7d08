import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { ashiato } from "./run-cli.ts"

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Each `console` block: the command, and the lines it shows; "..." stands for what is left out. */
function shownIn(file: string): { readonly command: string; readonly lines: readonly string[] }[] {
  const blocks = [...readFileSync(root(file), "utf8").matchAll(/```console\n\$ ashiato (.*)\n([\s\S]*?)```/g)]
  return blocks.map(([, command = "", text = ""]) => ({ command, lines: text.trimEnd().split("\n") }))
}

const FOLDERS: Readonly<Record<string, string>> = {
  "--transfers": "examples/exchange-deposit",
  "--outputs": "examples/peel-chain",
}

function folderOf(command: string): string {
  const option = Object.keys(FOLDERS).find(name => command.includes(name))
  return root(option === undefined ? "." : (FOLDERS[option] as string))
}

describe.each(["README.md", "README.ja.md"])("%s shows what the program prints", file => {
  it.each(shownIn(file))("$command", ({ command, lines }) => {
    const { code, out } = ashiato(command.split(" "), folderOf(command))
    expect(code).toBe(0)
    const printed = out.split("\n")
    let at = 0
    for (const line of lines) {
      if (line === "...") continue
      const wanted = line.endsWith("...") ? line.slice(0, -3) : line
      const found = printed.findIndex(
        (other, index) => index >= at && (line === wanted ? other === line : other.startsWith(wanted)),
      )
      expect(found, `"${line}" in this order`).toBeGreaterThanOrEqual(0)
      at = found + 1
    }
  })

  it("has blocks to check", () => expect(shownIn(file).length).toBeGreaterThan(0))
})
