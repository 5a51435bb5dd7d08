import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { newFolder } from "./run-cli.ts"

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))

/** Runs the built program while a server in this process goes on answering it. */
export function ashiatoBeside(
  args: readonly string[],
  folder = newFolder(),
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: "C", LANG: "C" }
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env })
    const said = { out: "", err: "" }
    child.stdout.setEncoding("utf8").on("data", text => {
      said.out += text
    })
    child.stderr.setEncoding("utf8").on("data", text => {
      said.err += text
    })
    child.on("error", reject)
    child.on("close", code => resolve({ code, ...said }))
  })
}
