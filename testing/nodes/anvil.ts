import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Program } from "./program.ts"

/** An Ethereum node of its own, in memory: gone when it is stopped. */
export interface Anvil {
  readonly url: string
  /** One question, by code that the program's own client has no part in. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown>
  stop(): Promise<void>
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" }
const STARTS_WITHIN_MS = 30_000
const LOOKS_EVERY_MS = 20

/** The program as its package for this machine brings it: the wrapper around it needs an install script. */
export function anvilProgram(): string {
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
  return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil")
}

/** Starts one on a port that the system chooses. It mines when it is told to, in the order in which it is sent to. */
export async function startAnvil(more: readonly string[] = []): Promise<Anvil> {
  const options = ["--port", "0", "--no-mining", "--order", "fifo", "--timestamp", "1700000000", ...more]
  const program = await Program.start(anvilProgram(), options, "npm ci brings it")
  const url = await addressOf(program)
  return {
    url,
    call: (method, ...params) => callNode(url, method, params),
    stop: () => program.kill(),
  }
}

async function addressOf(program: Program): Promise<string> {
  for (let waited = 0; waited < STARTS_WITHIN_MS && !program.hasEnded; waited += LOOKS_EVERY_MS) {
    const address = /Listening on (\S+)\s/.exec(program.said)?.[1]
    if (address !== undefined) return `http://${address}`
    await sleep(LOOKS_EVERY_MS)
  }
  await program.kill()
  throw new Error(`anvil did not start: ${program.said}`)
}

async function callNode(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  })
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`)
  return answer.result
}
