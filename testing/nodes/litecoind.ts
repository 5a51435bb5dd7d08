import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import { Program } from "./program.ts"
import { type RpcCaller, rpcCaller } from "./rpc-caller.ts"

const ADVICE = "apt-get install -y litecoind"
const START_MS = 60_000
const STOP_MS = 20_000
const USER = "u"
const PASSWORD = "p"

export interface LitecoindOptions {
  /** Without user and password: the node writes a cookie file. */
  readonly cookie?: boolean
  /** Further arguments, "-prune=1" and the like. */
  readonly more?: readonly string[]
}

/** A litecoind of its own on regtest, listening to this machine only, in a folder of its own. */
export class Litecoind {
  readonly folder: string
  readonly port: number
  #program: Program
  #rpc: RpcCaller
  #options: LitecoindOptions

  private constructor(folder: string, port: number, program: Program, options: LitecoindOptions) {
    this.folder = folder
    this.port = port
    this.#program = program
    this.#options = options
    this.#rpc = rpcCaller(this.address, USER, PASSWORD)
  }

  /** Starts one and waits until it answers. */
  static async start(options: LitecoindOptions = {}): Promise<Litecoind> {
    const folder = await mkdtemp(join(tmpdir(), "ashiato-litecoind-"))
    const port = await freePort()
    try {
      const node = new Litecoind(folder, port, await launch(folder, port, options), options)
      await node.#untilItAnswers()
      return node
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  }

  /** Without user and password. */
  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** With user and password, as one would write it behind `--rpc`. */
  get url(): string {
    return `http://${USER}:${PASSWORD}@127.0.0.1:${this.port}`
  }

  get cookieFile(): string {
    return join(this.folder, "regtest", ".cookie")
  }

  /** Where the `blk*.dat` are. */
  get blocksFolder(): string {
    return join(this.folder, "regtest", "blocks")
  }

  get rpc(): RpcCaller {
    return this.#rpc
  }

  /** Starts it again in the same folder, at the same port, after it was stopped or killed. */
  async startAgain(options: LitecoindOptions = this.#options): Promise<void> {
    this.#options = options
    this.#program = await launch(this.folder, this.port, options)
    await this.#untilItAnswers()
  }

  /** Its block files are whole and written to the end after this. */
  async stop(): Promise<void> {
    await this.#program.end(STOP_MS)
  }

  async kill(): Promise<void> {
    await this.#program.kill()
  }

  /** Stops it and removes its folder. */
  async remove(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #untilItAnswers(): Promise<void> {
    for (const until = Date.now() + START_MS; ; await sleep(100)) {
      if (this.#program.hasEnded) throw new Error(`litecoind ended at its start: ${this.#program.said}`)
      try {
        if (this.#options.cookie === true) await this.#readCookie()
        await this.#rpc("getblockchaininfo")
        return
      } catch (error) {
        if (Date.now() < until) continue
        await this.kill()
        throw new Error(`litecoind does not answer within ${START_MS} ms: ${this.#program.said}`, {
          cause: error,
        })
      }
    }
  }

  async #readCookie(): Promise<void> {
    const [user = "", password = ""] = (await readFile(this.cookieFile, "utf8")).split(":")
    this.#rpc = rpcCaller(this.address, user, password)
  }
}

function launch(folder: string, port: number, { cookie, more }: LitecoindOptions): Promise<Program> {
  const args = [
    "-regtest",
    `-datadir=${folder}`,
    `-rpcport=${port}`,
    ...(cookie === true ? [] : [`-rpcuser=${USER}`, `-rpcpassword=${PASSWORD}`]),
    "-listen=0",
    "-fallbackfee=0.0002",
    "-txindex=1",
    "-server=1",
    // Its extension blocks are put off: the node cannot mine them from height 432 on.
    "-vbparams=mweb:4000000000:4100000000",
    ...(more ?? []),
  ]
  return Program.start("litecoind", args, ADVICE)
}

/** Lends a node, and takes it away whatever happens. */
export async function withLitecoind<Result>(
  work: (node: Litecoind) => Promise<Result>,
  options: LitecoindOptions = {},
): Promise<Result> {
  const node = await Litecoind.start(options)
  try {
    return await work(node)
  } finally {
    await node.remove()
  }
}
