import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Hex, keccak256 } from "viem"
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { SPLITTER, TOKEN } from "../../testing/nodes/ethereum-contracts.ts"
import { dice } from "./follow-stage.ts"

/** The key of the second owner: everybody's, being that of anvil's published test phrase. */
const SECOND_KEY: Hex = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
const ETHER = 10n ** 18n
const FORM = {
  type: "eip1559",
  chainId: 31_337,
  gas: 200_000n,
  maxFeePerGas: 50_000_000_000n,
  maxPriorityFeePerGas: 1_000_000_000n,
} as const
const quantity = (number: number | bigint): Hex => `0x${number.toString(16)}`
const word = (value: string | bigint) =>
  (typeof value === "bigint" ? value.toString(16) : value.slice(2)).padStart(64, "0")
/** Somebody whose key is a small number. The node's own way to send for anybody makes transactions without a true hash. */
const somebody = (number: number) =>
  privateKeyToAccount(`0x${(0xf0000 + number).toString(16).padStart(64, "0")}`)
const addressOf = (holder: PrivateKeyAccount) => holder.address.toLowerCase()

interface Sent {
  readonly from: string | PrivateKeyAccount
  readonly to?: string
  readonly value?: bigint
  readonly data?: string
}

/** Two thefts on anvil, one of ether and one of a token, whose loot moves on by chance while the chain is reorganised. */
export class FollowEthereumStage {
  readonly node: Anvil
  readonly deposit = addressOf(somebody(0))
  readonly victim: string
  token = ""
  asset = ""
  #splitter = ""
  #signed: Hex = "0x"
  #accounts = 0
  readonly #dice: (below: number) => number
  readonly #people: readonly string[]
  readonly #holders: PrivateKeyAccount[] = []
  /** Who has paid since the last block: the node weighs what one can pay against that block alone. */
  readonly #paid = new Set<PrivateKeyAccount>()

  private constructor(node: Anvil, people: readonly string[], seed: number) {
    this.node = node
    this.#people = people
    this.victim = (people[1] as string).toLowerCase()
    this.#dice = dice(seed)
  }

  /** Ether is stolen at once; the theft of tokens is signed. Writes thefts.csv and services.csv. */
  static async open(folder: string, seed: number): Promise<FollowEthereumStage> {
    const node = await startAnvil(["--hardfork", "prague"])
    const own = new FollowEthereumStage(node, (await node.call("eth_accounts")) as string[], seed)
    const [first] = own.#people as [string]
    own.token = await own.#deploy(TOKEN)
    own.asset = `erc20:${own.token}`
    own.#splitter = await own.#deploy(SPLITTER)
    const mint = `0x40c10f19${word(own.victim)}${word(1_000_000n)}`
    await own.#send({ from: first, to: own.token, data: mint })
    const thief = own.#holder()
    const ether = await own.#send({ from: first, to: thief, value: 30n * ETHER })
    await own.mine(1)
    const tokens = await own.#sign(`0xa9059cbb${word(thief)}${word(700_000n)}`)
    const rows = ["theft,ref", `ether,${ether}#value`, `tokens,${tokens}#log:0`]
    writeFileSync(join(folder, "thefts.csv"), `${rows.join("\n")}\n`)
    writeFileSync(join(folder, "services.csv"), `address,service\n${own.deposit},exchange\n`)
    return own
  }

  async #deploy(code: Hex): Promise<string> {
    const hash = await this.#send({ from: this.#people[0] as string, data: code })
    await this.mine(1)
    const receipt = await this.node.call("eth_getTransactionReceipt", hash)
    return (receipt as { contractAddress: string }).contractAddress.toLowerCase()
  }

  async #sign(data: string): Promise<Hex> {
    const sent = { to: this.token as Hex, value: 0n, data: data as Hex, nonce: 0 }
    this.#signed = await privateKeyToAccount(SECOND_KEY).signTransaction({ ...FORM, ...sent })
    return keccak256(this.#signed)
  }

  async #send({ from, value = 0n, data, to }: Sent): Promise<Hex> {
    if (typeof from === "string") {
      const transaction = { from, to, data, value: quantity(value), gas: quantity(1_000_000) }
      return (await this.node.call("eth_sendTransaction", transaction)) as Hex
    }
    const nonce = Number(await this.node.call("eth_getTransactionCount", from.address, "pending"))
    const own = { to: to as Hex, value, nonce, ...(data === undefined ? {} : { data: data as Hex }) }
    const signed = await from.signTransaction({ ...FORM, ...own })
    return (await this.node.call("eth_sendRawTransaction", signed)) as Hex
  }

  #holder(): string {
    const made = somebody(++this.#accounts)
    this.#holders.push(made)
    return addressOf(made)
  }

  /** Sends what was signed. */
  async steal(): Promise<void> {
    await this.node.call("eth_sendRawTransaction", this.#signed)
  }

  /** A few payments by whoever has something: ether, ether through a contract, tokens; deposits among them. */
  async move(): Promise<void> {
    for (let left = 1 + this.#dice(3); left > 0; left--) {
      const from = this.#anyHolder()
      if (this.#paid.has(from)) continue
      const by = this.#dice(5)
      const to = by === 0 ? this.deposit : this.#payee()
      if (by < 3 && (await this.#moveTokens(from, to))) continue
      await this.#moveEther(from, to, by)
    }
  }

  #anyHolder(): PrivateKeyAccount {
    return this.#holders[this.#dice(this.#holders.length)] as PrivateKeyAccount
  }

  async #moveTokens(from: PrivateKeyAccount, to: string): Promise<boolean> {
    const held = await this.#tokensOf(from)
    if (held === 0n) return false
    if ((await this.#etherOf(from)) < ETHER / 20n) {
      // Clean coins, to pay for gas a block later.
      await this.#send({ from: this.#people[2] as string, to: from.address, value: ETHER / 10n })
      return true
    }
    const amount = (held * BigInt(1 + this.#dice(10))) / 10n
    await this.#send({ from, to: this.token, data: `0xa9059cbb${word(to)}${word(amount)}` })
    this.#paid.add(from)
    return true
  }

  async #moveEther(from: PrivateKeyAccount, to: string, by: number): Promise<void> {
    const held = await this.#etherOf(from)
    if (held < ETHER / 5n) return
    this.#paid.add(from)
    const value = ((held - ETHER / 10n) * BigInt(1 + this.#dice(8))) / 10n
    if (by !== 4) await this.#send({ from, to, value })
    else await this.#send({ from, to: this.#splitter, value, data: `0x${word(to)}${word(this.#payee())}` })
  }

  #payee(): string {
    return this.#dice(3) === 0 ? addressOf(this.#anyHolder()) : this.#holder()
  }

  async #tokensOf(holder: PrivateKeyAccount): Promise<bigint> {
    const data = `0x70a08231${word(holder.address)}`
    return BigInt((await this.node.call("eth_call", { to: this.token, data }, "latest")) as string)
  }

  async #etherOf(holder: PrivateKeyAccount): Promise<bigint> {
    return BigInt((await this.node.call("eth_getBalance", holder.address, "latest")) as string)
  }

  async mine(count: number): Promise<void> {
    for (let left = count; left > 0; left--) await this.node.call("evm_mine")
    this.#paid.clear()
  }

  /** Leaves the last so many blocks, as many others are mined, and one more. */
  async reorganise(depth: number): Promise<void> {
    await this.node.call("anvil_reorg", depth, [])
    this.#paid.clear()
    await this.mine(1)
  }

  /** Leaves the last so many blocks and stands there. */
  async fallBack(depth: number): Promise<void> {
    await this.node.call("anvil_rollback", depth)
  }

  async tip(): Promise<string> {
    const block = await this.node.call("eth_getBlockByNumber", "latest", false)
    return (block as { hash: string }).hash
  }

  async height(): Promise<number> {
    return Number(await this.node.call("eth_blockNumber"))
  }

  /** An alarm of each kind that looks at blocks. */
  alarmsText(deliver: object): string {
    const { victim, deposit, asset } = this
    return JSON.stringify({
      schema: "ashiato/alarms/1",
      chain: "ethereum",
      alarms: [
        {
          id: "tokens left",
          kind: "outflow",
          addresses: [victim],
          asset,
          percent: "50",
          window: { blocks: 6 },
        },
        { id: "ether left", kind: "outflow", addresses: [victim], percent: "1", window: { blocks: 6 } },
        { id: "arrived", kind: "arrival", addresses: [deposit], amount: "0" },
        { id: "moved", kind: "moved", amount: "0", rules: ["fifo"] },
      ],
      deliver,
    })
  }
}
