import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const SRC = new URL("../../src/", import.meta.url)

/** Some folders of `src` as JavaScript, so that a process of its own can run them and be killed. */
export function transpileTo(folder: string, parts: readonly string[]): void {
  const { ModuleKind, ScriptTarget } = ts
  const compilerOptions = {
    module: ModuleKind.ES2022,
    target: ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  }
  writeFileSync(join(folder, "package.json"), '{"type":"module"}')
  for (const part of parts) {
    mkdirSync(join(folder, part), { recursive: true })
    for (const file of readdirSync(new URL(part, SRC)).filter(name => name.endsWith(".ts"))) {
      const text = readFileSync(new URL(`${part}/${file}`, SRC), "utf8")
      const { outputText } = ts.transpileModule(text, { compilerOptions })
      writeFileSync(join(folder, part, file.replace(/\.ts$/, ".js")), outputText)
    }
  }
}
