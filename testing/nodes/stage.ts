import { inCoins } from "./exact-json.ts"
import { type Paid, unsigned } from "./raw-transaction.ts"
import type { RpcCaller } from "./rpc-caller.ts"
import { type Key, payToWitnessKeyHash } from "./scripts.ts"

/** An output that somebody on the stage can spend. */
export interface Coin extends Paid {
  readonly txid: string
  readonly vout: number
  readonly keys: readonly Key[]
  /** The script behind the hash, where the output is paid to one. */
  readonly redeem?: string
}

/** To whom an output is to be paid. */
export interface Payee {
  readonly script: string
  readonly keys: readonly Key[]
  readonly redeem?: string
}

const FIRST_TIME = 1_600_000_000
const BLOCK_SECONDS = 150

/** Mines and pays on a regtest node with made-up time and fixed keys: each run makes the same blocks, byte for byte. */
export class Stage {
  readonly #rpc: RpcCaller
  #time = FIRST_TIME

  constructor(rpc: RpcCaller) {
    this.#rpc = rpc
  }

  /** One block with all that was paid before; its coinbase as a coin. */
  async mine(payee: Payee): Promise<Coin> {
    await this.#tick()
    const [hash] = (await this.#rpc("generatetodescriptor", 1, await this.#descriptor(payee))) as string[]
    return this.#coinbase(hash, payee)
  }

  /** One block with these transactions and no others, whose coinbase leaves their fees to nobody. */
  async mineWithoutFees(payee: Payee, signed: readonly string[]): Promise<Coin> {
    await this.#tick()
    const { hash } = (await this.#rpc("generateblock", await this.#descriptor(payee), signed)) as {
      hash: string
    }
    return this.#coinbase(hash, payee)
  }

  /** Signs and sends; the outputs as coins. */
  async pay(coins: readonly Coin[], payees: readonly (readonly [Payee, bigint])[]): Promise<Coin[]> {
    const { signed, made } = await this.sign(coins, payees)
    // No limit to the fee: a wallet's guard against a slip of the pen would refuse the heavy one.
    await this.#rpc("sendrawtransaction", signed, 0)
    return made
  }

  async sign(
    coins: readonly Coin[],
    payees: readonly (readonly [Payee, bigint])[],
  ): Promise<{ signed: string; made: Coin[] }> {
    const outputs = payees.map(([payee, value]) => ({ ...payee, value }))
    const spent = coins.map(({ txid, vout, script, value, redeem }) => {
      const form =
        redeem === undefined ? {} : { [script.startsWith("0020") ? "witnessScript" : "redeemScript"]: redeem }
      return { txid, vout, scriptPubKey: script, amount: inCoins(value), ...form }
    })
    const keys = coins.flatMap(coin => coin.keys.map(({ wif }) => wif))
    const done = await this.#rpc("signrawtransactionwithkey", unsigned(coins, outputs), keys, spent)
    const { hex, complete } = done as { hex: string; complete: boolean }
    if (!complete) throw new Error(`not signed: ${JSON.stringify(done)}`)
    const { txid } = (await this.#rpc("decoderawtransaction", hex)) as { txid: string }
    return { signed: hex, made: outputs.map((output, vout) => ({ ...output, txid, vout })) }
  }

  /** The address of a script by the node's own words. */
  async addressOf({ script }: Payee): Promise<string> {
    const { addresses } = (await this.#rpc("decodescript", script)) as { addresses?: string[] }
    const [address] = addresses ?? []
    if (address === undefined || addresses?.length !== 1) throw new Error(`no address for ${script}`)
    return address
  }

  async #tick(): Promise<void> {
    this.#time += BLOCK_SECONDS
    await this.#rpc("setmocktime", this.#time)
  }

  async #descriptor({ script }: Payee): Promise<string> {
    const { descriptor } = (await this.#rpc("getdescriptorinfo", `raw(${script})`)) as { descriptor: string }
    return descriptor
  }

  async #coinbase(hash: unknown, payee: Payee): Promise<Coin> {
    const { tx } = (await this.#rpc("getblock", hash, 2)) as {
      tx: { txid: string; vout: { value: string }[] }[]
    }
    const [coinbase] = tx
    const value = coinbase?.vout[0]?.value
    if (coinbase === undefined || value === undefined) throw new Error("a block without coinbase")
    return { ...payee, txid: coinbase.txid, vout: 0, value: BigInt(value.replace(".", "")) }
  }
}

export const owner = (key: Key): Payee => ({ script: payToWitnessKeyHash(key), keys: [key] })
