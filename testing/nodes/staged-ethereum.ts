import type { Hex } from "viem"
import { privateKeyToAccount } from "viem/accounts"
import type { Anvil } from "./anvil.ts"
import {
  BORROWER,
  FACTORY,
  FEE_TOKEN,
  MORTAL,
  PAYER,
  RELAY,
  REVERTER,
  SPLITTER,
  STILLBORN,
  STILLBORN_GIVING_BACK,
  TOKEN,
  WRAPPED_ETHER,
} from "./ethereum-contracts.ts"

/** Before and after London (the base fee burned) and Cancun (self-destruction); delegated accounts came with Prague. */
export const RULES = ["berlin", "shanghai", "prague"] as const
export type Rules = (typeof RULES)[number]

export interface StagedEthereum {
  readonly producer: Hex
  /** The chain's first owners, by whom everything is sent. */
  readonly people: readonly Hex[]
  readonly contracts: Readonly<
    Record<"token" | "feeToken" | "wrapped" | "splitter" | "relay" | "mortal", Hex>
  >
  /** The transactions that a test asks for, by what they are. */
  readonly txs: Readonly<Record<string, Hex>>
  readonly height: number
}

interface Sent {
  readonly to?: Hex
  readonly value?: number | bigint
  readonly data?: string
  readonly from?: Hex
  readonly gas?: number
  readonly gasPrice?: number
  readonly accessList?: readonly unknown[]
}

const PRODUCER: Hex = "0x00000000000000000000000000000000000c0ffe"
/** An account of nobody, to send to. */
const STRANGER: Hex = "0x00000000000000000000000000000000000000aa"
/** The key of the second owner: everybody's, being that of anvil's published test phrase. */
const SECOND_KEY: Hex = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"
const ETHER = 10n ** 18n

/**
 * Has a node go through what moves value on Ethereum: plain transfers, calls within calls, reverted ones, a failed
 * transaction, delegate calls, contracts that destroy themselves, honest tokens and others. Under older rules the same
 * script has other results, and the node knows which.
 */
export async function stageEthereum(node: Anvil, rules: Rules): Promise<StagedEthereum> {
  const people = (await node.call("eth_accounts")) as Hex[]
  const [first, second, third] = people as [Hex, Hex, Hex]
  await node.call("anvil_setCoinbase", PRODUCER)
  const txs: Record<string, Hex> = {}
  const mine = (): Promise<unknown> => node.call("evm_mine")

  const send = async (
    name: string,
    { from = first, value = 0, gas = 1_000_000, ...rest }: Sent,
  ): Promise<Hex> => {
    const quantity = (number: number | bigint): Hex => `0x${number.toString(16)}`
    // Before London there is but one kind of price.
    const price = rest.gasPrice ?? (rules === "berlin" ? 2_000_000_000 : undefined)
    const gasPrice = price === undefined ? {} : { gasPrice: quantity(price) }
    const transaction = { from, ...rest, value: quantity(value), gas: quantity(gas), ...gasPrice }
    const hash = (await node.call("eth_sendTransaction", transaction)) as Hex
    txs[name] = hash
    return hash
  }
  const deploy = async (code: Hex): Promise<Hex> => {
    const hash = await send(`deploy ${Object.keys(txs).length}`, { data: code, gas: 3_000_000 })
    await mine()
    const { contractAddress } = (await node.call("eth_getTransactionReceipt", hash)) as {
      contractAddress: Hex
    }
    return contractAddress
  }

  const token = await deploy(TOKEN)
  const feeToken = await deploy(FEE_TOKEN)
  const wrapped = await deploy(WRAPPED_ETHER)
  const splitter = await deploy(SPLITTER)
  const relay = await deploy(RELAY)
  const reverter = await deploy(REVERTER)
  const payer = await deploy(PAYER)
  const borrower = await deploy(BORROWER)
  const mortal = await deploy(MORTAL)
  const mortalToo = await deploy(MORTAL)
  const factory = await deploy(FACTORY)

  // Several transactions of every kind in one block, so that their indexes and those of their logs differ.
  await send("plain", { to: second, value: ETHER })
  await send("plain, old price", {
    from: second,
    to: third,
    value: 12_345,
    gasPrice: 3_000_000_000,
    gas: 21_000,
  })
  await send("with access list", {
    to: STRANGER,
    value: 1,
    gasPrice: 3_000_000_000,
    accessList: [{ address: token, storageKeys: [`0x${"0".repeat(63)}1`] }],
  })
  await send("to oneself", { to: first, value: 5 })
  await send("split", { to: splitter, value: 1_001, data: `0x${word(second)}${word(STRANGER)}` })
  await send("split below", {
    to: relay,
    value: 2_003,
    data: `0x${word(relay)}${word(splitter)}${word(third)}${word(STRANGER)}`,
  })
  await send("inner revert", { to: relay, value: 77, data: `0x${word(reverter)}${word(STRANGER)}` })
  await send("failed", { to: reverter, value: 99, data: `0x${word(STRANGER)}` })
  await send("out of gas", { to: splitter, value: 100, data: `0x${word(second)}${word(third)}`, gas: 22_000 })
  await mine()

  await send("fund borrower", { to: borrower, value: 50_000, data: `0x${word(STRANGER)}` })
  await send("borrow", { to: borrower, data: `0x${word(payer)}${word(third)}` })
  await send("fund mortal", { to: mortal, value: 300 })
  await send("destroy", { to: mortal, value: 20, data: `0x${word(STRANGER)}` })
  await send("after its death", { to: mortal, value: 4 })
  await send("fund mortal too", { to: mortalToo, value: 600 })
  await send("destroy to itself", { to: mortalToo, value: 6, data: `0x${word(mortalToo)}` })
  await send("stillborn", { to: factory, value: 1_000, data: STILLBORN })
  await send("stillborn, giving back", { to: factory, value: 3_000, data: STILLBORN_GIVING_BACK })
  await send("create with value", { data: "0x00", value: 42, gas: 100_000 })
  await mine()

  await send("mint", { to: token, data: call("40c10f19", first, 1_000_000n) })
  await send("transfer", { to: token, data: call("a9059cbb", second, 250_000n) })
  await send("transfer too much", { to: token, from: third, data: call("a9059cbb", second, 1n) })
  await send("burn", { to: token, data: `0x42966c68${word(1_000n)}` })
  await send("mint with fee", { to: feeToken, data: call("40c10f19", first, 1_000_000n) })
  await send("transfer with fee", { to: feeToken, data: call("a9059cbb", second, 500_000n) })
  await send("wrap", { to: wrapped, value: 9_000 })
  await send("move wrapped", { to: wrapped, data: call("a9059cbb", second, 4_000n) })
  await send("unwrap", { to: wrapped, data: `0x2e1a7d4d${word(1_500n)}` })
  await mine()

  if (rules === "prague") {
    txs.delegated = await sendDelegated(node, second, payer, word(STRANGER))
    await mine()
  }
  const height = Number(await node.call("eth_blockNumber"))
  const contracts = { token, feeToken, wrapped, splitter, relay, mortal }
  return { producer: PRODUCER, people, contracts, txs, height }
}

/** EIP-7702: an owner has a contract's code run in place of his account, which pays out of his own balance. */
async function sendDelegated(node: Anvil, owner: Hex, code: Hex, data: string): Promise<Hex> {
  const account = privateKeyToAccount(SECOND_KEY)
  const nonce = Number(await node.call("eth_getTransactionCount", owner, "pending"))
  const chainId = Number(await node.call("eth_chainId"))
  const authorization = await account.signAuthorization({ address: code, chainId, nonce: nonce + 1 })
  const signed = await account.signTransaction({
    type: "eip7702",
    chainId,
    nonce,
    gas: 500_000n,
    maxFeePerGas: 5_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    to: owner,
    value: 3n,
    data: `0x${data}`,
    authorizationList: [authorization],
  })
  return (await node.call("eth_sendRawTransaction", signed)) as Hex
}

/** A call's data: the function's first four bytes, an account and an amount. */
function call(selector: string, account: Hex, amount: bigint): string {
  return `0x${selector}${word(account)}${word(amount)}`
}

function word(value: Hex | bigint): string {
  return (typeof value === "bigint" ? value.toString(16) : value.slice(2)).padStart(64, "0")
}
