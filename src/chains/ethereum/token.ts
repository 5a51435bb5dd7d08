import type { Hex } from "viem"
import type { Log } from "./receipt.ts"

/** keccak256("Transfer(address,address,uint256)"), which ERC-20 and ERC-721 share. */
const TRANSFER: Hex = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
/** keccak256("Deposit(address,uint256)") and keccak256("Withdrawal(address,uint256)"), of wrapped ether (WETH9). */
const DEPOSIT: Hex = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c"
const WITHDRAWAL: Hex = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65"
const WORD = 2 + 64
const TOPIC_OF_ADDRESS = /^0x0{24}[0-9a-f]{40}$/
const NOBODY: Hex = `0x${"0".repeat(40)}`

/** A token's transfer as its contract says it. Null is the zero address: from it tokens are made, to it destroyed. */
export interface TokenTransfer {
  readonly token: Hex
  readonly from: Hex | null
  readonly to: Hex | null
  readonly amount: bigint
  readonly index: number
}

/** What of a token's events does not tell what was moved. */
export interface TokenDoubt {
  readonly token: Hex
  readonly reason: "deposits and withdrawals without transfers" | "transfers that are not of ERC-20's form"
}

/** A token is named by its contract: symbols are chosen freely, and many tokens have the same. */
export function assetOfToken(token: Hex): string {
  return `erc20:${token}`
}

/**
 * What the logs of one transaction say of ERC-20 tokens. An ERC-721 transfer has its number as a fourth topic and is no
 * amount: it is left out. Transfers of another form (old tokens that index nothing) are left out and doubted.
 *
 * WETH9 makes and destroys tokens with events of its own and no transfer. So do contracts that are no token at all, so
 * that nothing is taken from such an event: the token's record is doubted, unless it says the same by a transfer.
 */
export function tokensOf(logs: readonly Log[]): {
  readonly transfers: readonly TokenTransfer[]
  readonly doubts: readonly TokenDoubt[]
} {
  const transfers: TokenTransfer[] = []
  const doubts: TokenDoubt[] = []
  for (const log of logs) {
    if (log.topics[0] !== TRANSFER || log.topics.length === 4) continue
    const transfer = transferOf(log)
    if (transfer !== null) transfers.push(transfer)
    else doubts.push({ token: log.address, reason: "transfers that are not of ERC-20's form" })
  }
  for (const log of logs) {
    const wrap = wrapOf(log)
    if (wrap === null || transfers.some(transfer => isSame(transfer, wrap))) continue
    doubts.push({ token: log.address, reason: "deposits and withdrawals without transfers" })
  }
  return { transfers, doubts }
}

function transferOf({ address, topics, data, index }: Log): TokenTransfer | null {
  const [, from, to] = topics
  if (topics.length !== 3 || data.length !== WORD || from === undefined || to === undefined) return null
  if (!TOPIC_OF_ADDRESS.test(from) || !TOPIC_OF_ADDRESS.test(to)) return null
  return { token: address, from: endOf(from), to: endOf(to), amount: BigInt(data), index }
}

/** A deposit or withdrawal, as the transfer that would have said it. */
function wrapOf({ address, topics, data, index }: Log): TokenTransfer | null {
  const [event, whose] = topics
  if ((event !== DEPOSIT && event !== WITHDRAWAL) || topics.length !== 2 || whose === undefined) return null
  if (data.length !== WORD || !TOPIC_OF_ADDRESS.test(whose)) return null
  const account = endOf(whose)
  const [from, to] = event === DEPOSIT ? [null, account] : [account, null]
  return { token: address, from, to, amount: BigInt(data), index }
}

function isSame(a: TokenTransfer, b: TokenTransfer): boolean {
  return a.token === b.token && a.from === b.from && a.to === b.to && a.amount === b.amount
}

function endOf(topic: Hex): Hex | null {
  const address: Hex = `0x${topic.slice(-40)}`
  return address === NOBODY ? null : address
}
