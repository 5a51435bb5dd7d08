import { type ChildProcess, spawn } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))
const PATIENCE_MS = 180_000

export interface Notice {
  readonly key: string
  readonly base: string
  readonly round: number
  readonly alarm: string
  readonly kind: string
  readonly status: "raised" | "withdrawn" | "unknown"
  readonly block: { readonly hash: string } | null
  readonly found: { readonly tx: string; readonly asset: string }
}

export interface Line {
  readonly notice?: Notice
  readonly event: string
  readonly height: number
  readonly hash: string
  readonly traced?: readonly {
    readonly rule: string
    readonly theft: string
    readonly asset: string
    readonly spent: string
    readonly received: string
  }[]
}

/** A follower in the background, and what it has said. */
export class Background {
  readonly lines: Line[] = []
  #said = ""
  #err = ""
  readonly #child: ChildProcess
  readonly ended: Promise<number | null>

  /** @param args what comes after `ashiato follow` */
  constructor(folder: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [MAIN, "follow", ...args, "--json"], { cwd: folder })
    this.#child.stdout?.on("data", chunk => {
      const lines = `${this.#said}${chunk}`.split("\n")
      this.#said = lines.pop() ?? ""
      for (const line of lines) this.lines.push(JSON.parse(line))
    })
    this.#child.stderr?.on("data", chunk => {
      this.#err += chunk
    })
    this.ended = new Promise(resolve => this.#child.once("close", resolve))
  }

  get err(): string {
    return this.#err
  }

  signal(name: "SIGKILL" | "SIGINT"): Promise<number | null> {
    this.#child.kill(name)
    return this.ended
  }

  async until(what: (lines: readonly Line[]) => boolean): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !what(this.lines); await sleep(50)) {
      if (Date.now() > end || this.#child.exitCode !== null)
        throw new Error(`never said: ${JSON.stringify(this.lines.slice(-3))} ${this.err}`)
    }
  }

  async began(): Promise<void> {
    await this.until(lines => lines.some(({ event }) => event === "began"))
  }

  /** Told up to this block. */
  at(hash: string): Promise<void> {
    const isPlace = ({ event }: Line) => ["began", "block", "undone"].includes(event)
    return this.until(lines => {
      const last = lines.findLast(isPlace)
      return last?.event !== "undone" && last?.hash === hash
    })
  }
}
