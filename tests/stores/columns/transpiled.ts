import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const ROOT = fileURLToPath(new URL("../../../", import.meta.url))
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
}

/**
 * The named folders as JavaScript below `into`, for a process of its own that a test can kill: the lowest Node we
 * support runs no TypeScript, and what was built last need not be what is tested.
 */
export function transpile(folders: readonly string[], into: string): void {
  writeFileSync(join(into, "package.json"), '{ "type": "module" }')
  for (const folder of folders) {
    mkdirSync(join(into, folder), { recursive: true })
    for (const file of readdirSync(join(ROOT, folder)).filter(name => /(?<!\.test)\.ts$/.test(name))) {
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, folder, file), "utf8"), {
        compilerOptions: OPTIONS,
      })
      writeFileSync(join(into, folder, file.replace(/\.ts$/, ".js")), outputText)
    }
  }
}
