import { type ChildProcess, spawn } from "node:child_process"

/** A program that runs while a test does, and not a moment longer. */
export class Program {
  readonly #child: ChildProcess
  readonly #watchdog: ChildProcess
  readonly #ended: Promise<void>
  #hasEnded = false
  #said = ""

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child
    // The pipe closes when this process dies, of whatever, and then the program is killed.
    this.#watchdog = spawn("sh", ["-c", 'read -r _; kill -9 "$1" 2>/dev/null', "watchdog", String(pid)], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", chunk => {
        this.#said = `${this.#said}${String(chunk)}`.slice(-4_000)
      })
    }
    this.#ended = new Promise(resolve => {
      child.once("exit", () => {
        this.#hasEnded = true
        this.#watchdog.kill("SIGKILL")
        resolve()
      })
    })
  }

  /** `advice` is what to do where the program is not there. */
  static async start(command: string, args: readonly string[], advice: string): Promise<Program> {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve)
      child.once("error", error => {
        const isAbsent = "code" in error && error.code === "ENOENT"
        reject(isAbsent ? new Error(`${command} is not installed: ${advice}`) : error)
      })
    })
    if (child.pid === undefined) throw new Error(`${command} has no process number`)
    return new Program(child, child.pid)
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** The last that it printed. */
  get said(): string {
    return this.#said
  }

  /** Asks it to end, and makes sure of it after `patienceMs`. */
  async end(patienceMs: number): Promise<void> {
    if (this.#hasEnded) return
    this.#child.kill("SIGTERM")
    const impatient = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs)
    await this.#ended
    clearTimeout(impatient)
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return
    this.#child.kill("SIGKILL")
    await this.#ended
  }
}
