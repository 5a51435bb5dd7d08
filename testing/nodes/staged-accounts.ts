import { createHash } from "node:crypto"
import type { Hex } from "viem"
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts"
import type { AccountBook, StagedAccount } from "../accounts/account-book.ts"
import { ETHER } from "../accounts/ethereum-accounts.ts"
import type { Anvil } from "./anvil.ts"
import { FORGER, TOKEN } from "./ethereum-contracts.ts"

const CHAIN_ID = 31_337
const GAS = { ether: 21_000n, token: 65_000n }
const PRICE = 1_000_000_000n

const hashOf = (text: string): Hex => `0x${createHash("sha256").update(text).digest("hex")}`
const keyOf = (name: string): PrivateKeyAccount => privateKeyToAccount(hashOf(`staged ${name}`))
const quantity = (number: bigint): Hex => `0x${number.toString(16)}`
const word = (value: string | bigint): string =>
  (typeof value === "bigint" ? value.toString(16) : value.slice(2)).padStart(64, "0")

/** What a node's chain has of a staged world. */
export interface Replayed {
  /** Of each transfer that was lived through, by its place in the world's. */
  readonly txs: ReadonlyMap<number, string>
  readonly addressOf: (account: StagedAccount) => Hex
}

/**
 * Has a node live through a staged account world, a block for each transaction, everybody signing with a key of its own.
 * Keys to look-alikes would have to be ground for: they have addresses that nobody signs for, alike as the staged ones
 * are, and what they send is left out. Forged rows are the logs of a contract that writes what it is told to.
 */
export async function replayAccounts(node: Anvil, book: AccountBook): Promise<Replayed> {
  const keys = new Map(book.accounts.map(account => [account, keyOf(account.address)]))
  const addressOf = (account: StagedAccount): Hex => {
    const own = keys.get(account)?.address.toLowerCase() as Hex
    return account.imitates === null
      ? own
      : alike(account, account.imitates, own, addressOf(account.imitates))
  }
  const founder = keyOf("founder")
  await node.call("anvil_setBalance", founder.address, quantity(10n ** 24n))
  const sender = new Sender(node)
  const contracts = new Map<string, Hex>()
  const contractOf = async (asset: string, isForged: boolean): Promise<Hex> => {
    const known = contracts.get(asset)
    if (known !== undefined) return known
    const code = isForged ? FORGER : TOKEN
    const { contractAddress } = await sender.send(founder, { data: code, gas: 3_000_000n, gasPrice: PRICE })
    contracts.set(asset, contractAddress)
    return contractAddress
  }
  for (const { to, asset, amount } of book.endowments) {
    if (asset === ETHER) await node.call("anvil_setBalance", addressOf(to), quantity(amount))
    else {
      const data: Hex = `0x40c10f19${word(addressOf(to))}${word(amount)}`
      await sender.send(founder, { to: await contractOf(asset, false), data, gas: 100_000n, gasPrice: PRICE })
    }
  }
  const txs = new Map<number, string>()
  for (const [n, { from, to, asset, amount, payer, fee }] of book.transfers.entries()) {
    const key = keys.get(payer ?? from)
    if (key === undefined || (payer ?? from).use === "forged") continue
    const gas = asset === ETHER ? GAS.ether : GAS.token
    const price = { gas, gasPrice: payer === null ? 0n : fee / gas }
    if (asset === ETHER) {
      txs.set(n, (await sender.send(key, { to: addressOf(to), value: amount, ...price })).transactionHash)
      continue
    }
    const isForged = payer !== null && payer !== from
    // What a token does when nothing is moved in another's name, the forger does for it.
    const contract = await contractOf(isForged && amount === 0n ? "erc20:forged" : asset, isForged)
    const data: Hex = isForged
      ? `0x00000000${word(addressOf(from))}${word(addressOf(to))}${word(amount)}`
      : `0xa9059cbb${word(addressOf(to))}${word(amount)}`
    txs.set(n, (await sender.send(key, { to: contract, data, ...price })).transactionHash)
  }
  return { txs, addressOf }
}

interface Sending {
  readonly to?: Hex
  readonly value?: bigint
  readonly data?: Hex
  readonly gas: bigint
  readonly gasPrice: bigint
}

interface Receipt {
  readonly status: string
  readonly contractAddress: Hex
  readonly transactionHash: string
}

/** Signs, sends and has it mined at once. */
class Sender {
  readonly #node: Anvil
  readonly #nonces = new Map<string, number>()

  constructor(node: Anvil) {
    this.#node = node
  }

  async send(from: PrivateKeyAccount, sending: Sending): Promise<Receipt> {
    const nonce = this.#nonces.get(from.address) ?? 0
    this.#nonces.set(from.address, nonce + 1)
    const signed = await from.signTransaction({ type: "legacy", chainId: CHAIN_ID, nonce, ...sending })
    const hash = await this.#node.call("eth_sendRawTransaction", signed)
    await this.#node.call("evm_mine")
    const receipt = (await this.#node.call("eth_getTransactionReceipt", hash)) as Receipt
    if (receipt.status !== "0x1") throw new Error(`${from.address} to ${sending.to}: the transaction failed`)
    return receipt
  }
}

/** As many first and last digits of the target's address as the staged ones share. */
function alike(staged: StagedAccount, target: StagedAccount, own: Hex, real: Hex): Hex {
  const [a, b] = [staged.address.slice(2), target.address.slice(2)]
  let [head, tail] = [0, 0]
  while (a[head] === b[head]) head++
  while (a.at(-1 - tail) === b.at(-1 - tail)) tail++
  return `0x${real.slice(2, 2 + head)}${own.slice(2 + head, -tail)}${real.slice(-tail)}`
}

/** Those to whom or from whom something moved. */
export function activeIn(book: AccountBook): readonly StagedAccount[] {
  return book.accounts.filter(({ address }) =>
    book.movesOf(address).some(({ counterparty }) => counterparty !== null),
  )
}
