import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { coins, FEE, name } from "../../testing/nodes/moves.ts"
import type { RpcCaller } from "../../testing/nodes/rpc-caller.ts"
import { note } from "../../testing/nodes/scripts.ts"
import { type Coin, type Payee, Stage } from "../../testing/nodes/stage.ts"

const MATURITY = 100

/** Numbers by chance that are the same for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A theft whose loot moves on by chance, on a chain that is reorganised. No coin is spent twice, on whatever branch. */
export class FollowStage {
  readonly rpc: RpcCaller
  readonly stage: Stage
  readonly #dice: (below: number) => number
  readonly deposit = name("deposit")
  readonly folder: string
  depositAddress = ""
  victimAddress = ""
  #signed: string[] = []
  #coins: Coin[] = []
  #clean: Coin[] = []
  #names = 0
  #miners = 0

  private constructor(rpc: RpcCaller, folder: string, seed: number) {
    this.rpc = rpc
    this.stage = new Stage(rpc)
    this.folder = folder
    this.#dice = dice(seed)
  }

  /** Mines until coins can be spent, and signs two thefts that are not sent yet; writes thefts.csv and services.csv. */
  static async open(rpc: RpcCaller, folder: string, seed: number): Promise<FollowStage> {
    const own = new FollowStage(rpc, folder, seed)
    const victims = [await own.stage.mine(name("victim 0")), await own.stage.mine(name("victim 1"))]
    for (let more = 0; more < 8; more++) own.#clean.push(await own.stage.mine(name(`clean ${more}`)))
    for (let more = 0; more < MATURITY; more++) await own.stage.mine(name("miner"))
    const rows = ["theft,ref"]
    for (const [at, victim] of victims.entries()) {
      const { signed, made } = await own.stage.sign(
        [victim],
        [
          [name(`thief ${at}`), coins(30)],
          [name(`partner ${at}`), victim.value - coins(30) - FEE],
        ],
      )
      own.#signed.push(signed)
      own.#coins.push(...made)
      for (const { txid, vout } of made) rows.push(`theft-${at},${txid}:${vout}`)
    }
    writeFileSync(join(folder, "thefts.csv"), `${rows.join("\n")}\n`)
    own.depositAddress = await own.stage.addressOf(own.deposit)
    own.victimAddress = await own.stage.addressOf(name("victim 0"))
    writeFileSync(join(folder, "services.csv"), `address,service\n${own.depositAddress},exchange\n`)
    return own
  }

  /** Sends what was signed. */
  async steal(): Promise<void> {
    for (const signed of this.#signed.splice(0)) await this.rpc("sendrawtransaction", signed, 0)
  }

  /** A few payments of the loot: peels, joins with clean coins, deposits, burned value; often two hops in one block. */
  async move(): Promise<void> {
    for (let left = 1 + this.#dice(3); left > 0; left--) {
      const coin = this.#coins.splice(this.#dice(this.#coins.length), 1)[0] as Coin
      const clean = this.#dice(4) === 0 ? this.#clean.splice(0, 1) : []
      const all = coin.value + clean.reduce((sum, { value }) => sum + value, 0n) - FEE
      if (all <= 10n * FEE) continue
      const [part, to] = [(all * BigInt(1 + this.#dice(8))) / 10n, this.#payee()]
      const [paid, rest] = await this.stage.pay(
        [coin, ...clean],
        [
          [to, part],
          [name(`hop ${this.#names++}`), all - part],
        ],
      )
      if (to.keys.length > 0 && to !== this.deposit) this.#coins.push(paid as Coin)
      this.#coins.push(rest as Coin)
    }
  }

  /** Part of the loot comes to the exchange. */
  async arrive(): Promise<string> {
    const coin = this.#coins.pop() as Coin
    const [paid, rest] = await this.stage.pay(
      [coin],
      [
        [this.deposit, coin.value / 4n],
        [name(`hop ${this.#names++}`), coin.value - coin.value / 4n - FEE],
      ],
    )
    this.#coins.push(rest as Coin)
    return (paid as Coin).txid
  }

  #payee(): Payee {
    const by = this.#dice(6)
    if (by === 0) return this.deposit
    if (by === 1) return { script: note("gone"), keys: [] }
    return name(`hop ${this.#names++}`)
  }

  async mine(count: number): Promise<void> {
    for (let left = count; left > 0; left--) await this.stage.mine(name(`miner ${this.#miners++}`))
  }

  /** Leaves the last so many blocks and mines another branch, longer by one; the hash of the first block that was left. */
  async reorganise(depth: number): Promise<string> {
    const height = Number(await this.rpc("getblockcount"))
    const lost = (await this.rpc("getblockhash", height - depth + 1)) as string
    await this.rpc("invalidateblock", lost)
    await this.mine(depth + 1)
    return lost
  }
}

/** An alarm of each kind: half of a victim's coins gone, loot at the exchange, loot on the move, something said of either. */
export function alarmsText(
  { victim, deposit }: { readonly victim: string; readonly deposit: string },
  deliver: object,
): string {
  return JSON.stringify({
    schema: "ashiato/alarms/1",
    chain: "litecoin-regtest",
    alarms: [
      {
        id: "left",
        kind: "outflow",
        addresses: [victim],
        asset: "LTC",
        percent: "50",
        window: { blocks: 6 },
      },
      { id: "arrived", kind: "arrival", addresses: [deposit], amount: "0" },
      { id: "moved", kind: "moved", amount: "0", rules: ["haircut"] },
      { id: "said", kind: "label", addresses: [victim, deposit] },
    ],
    deliver,
  })
}
