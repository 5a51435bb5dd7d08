#!/usr/bin/env node
import { readFileSync } from "node:fs"

// Nothing is imported before it is known which command runs: `--version` must cost hardly more than Node itself.

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "--version" || args[0] === "-v") {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
    process.stdout.write(`ashiato ${version}\n`)
    return 0
  }
  const { runCommand } = await import("./run.ts")
  return runCommand(args)
}

process.exitCode = await main(process.argv.slice(2))
