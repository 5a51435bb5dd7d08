import { createHash } from "node:crypto"
import type { Dice } from "../generator/dice.ts"
import type { TransferRow } from "../oracle/rows.ts"
import type { Json, ServedCall, ServedEthereumBlock } from "./ethereum-server.ts"

/** A random ledger of Ethereum's shape, as a node would tell it and as rows in the order of execution. */
export interface EthereumLedger {
  readonly blocks: readonly ServedEthereumBlock[]
  readonly rows: readonly TransferRow[]
  /** What a row, by `txid#n`, is called on Ethereum: `txid#value`, `txid#call:0.1`, `txid#log:7`. */
  readonly refOf: ReadonlyMap<string, string>
  readonly accounts: readonly string[]
  /** Holds tips only. */
  readonly producer: string
  /** At the tip; token is null for ether. */
  balanceOf(account: string, token: string | null): bigint
}

const GWEI = 10n ** 9n
const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"

export const hashOf = (name: string): string => `0x${createHash("sha256").update(name).digest("hex")}`
export const addressOf = (name: string): string => hashOf(name).slice(0, 42)
const quantity = (value: number | bigint): string => `0x${value.toString(16)}`
const topicOf = (account: string | null): string => `0x${(account ?? "0x0").slice(2).padStart(64, "0")}`

export function makeEthereumLedger(dice: Dice): EthereumLedger {
  const accounts = Array.from({ length: dice.int(3, 7) }, (_, n) => addressOf(`account ${n}`))
  const tokens = [addressOf("token 0"), addressOf("token 1")]
  const producer = addressOf("producer")
  const balances = new Map<string, bigint>()
  const rows: TransferRow[] = []
  const refOf = new Map<string, string>()
  const blocks: ServedEthereumBlock[] = []
  let withdrawals = 0
  let nonce = 0

  const balance = (account: string, asset: string) => balances.get(`${account}/${asset}`) ?? 0n
  const pick = (): string => dice.pick(accounts) ?? producer
  const part = (amount: bigint): bigint =>
    dice.chance(0.25) ? amount : (amount * BigInt(dice.int(0, 100))) / 100n

  for (let height = 1, end = dice.int(4, 14); height <= end; height++) {
    const base = BigInt(dice.int(0, 3))
    const transactions: Json[] = []
    const receipts: Json[] = []
    const calls: ServedCall[] = []
    let logs = 0
    let gas = 0n
    const blockHash = hashOf(`block ${height}`)
    for (let index = 0, count = height === 1 ? 0 : dice.int(0, 4); index < count; index++) {
      const txid = hashOf(`tx ${height} ${index}`)
      let n = 0
      const tell = (
        at: string,
        from: string,
        to: string,
        asset: string,
        amount: bigint,
        kind: string,
      ): void => {
        if (amount === 0n) return
        if (from !== "") balances.set(`${from}/${asset}`, balance(from, asset) - amount)
        if (to !== "") balances.set(`${to}/${asset}`, balance(to, asset) + amount)
        rows.push({ txid, n, height, time: "", from, to, asset, amount, kind })
        refOf.set(`${txid}#${n++}`, `${txid}#${at}`)
      }
      const from = pick()
      const to = pick()
      const runsCode = dice.chance(0.6)
      const gasUsed = runsCode ? 30_000n : 21_000n
      const price = base + BigInt(dice.int(0, 2))
      if (balance(from, "ETH") < gasUsed * price) continue
      const failed = dice.chance(0.15)
      tell("fee", from, producer, "ETH", gasUsed * (price - base), "fee")
      tell("basefee", from, "", "ETH", gasUsed * base, "fee")
      const value = dice.chance(0.7) ? part(balance(from, "ETH")) : 0n
      if (!failed) tell("value", from, to, "ETH", value, "transfer")
      const receiptLogs: Json[] = []
      for (let call = 0, most = runsCode ? dice.int(0, 3) : 0; call < most; call++) {
        const [payer, payee] = [pick(), pick()]
        const path = dice.chance(0.5) ? `${call}` : `${call}.0.1`
        const isReverted = failed || dice.chance(0.2)
        const type = dice.pick(["call", "call", "create", "selfdestruct", "delegatecall"]) ?? "call"
        const amount = part(balance(payer, "ETH"))
        const isCall = type !== "delegatecall"
        calls.push({ txid, path, type, from: payer, to: payee, value: amount, failed: isReverted })
        if (!isReverted && isCall) tell(`call:${path}`, payer, payee, "ETH", amount, "transfer")
      }
      for (let log = 0, most = runsCode && !failed ? dice.int(0, 3) : 0; log < most; log++) {
        const token = dice.pick(tokens) ?? ""
        const isMint = dice.chance(0.3)
        const holder = pick()
        const [payer, payee] = isMint ? ["", holder] : [holder, dice.chance(0.1) ? "" : pick()]
        const asset = `erc20:${token}`
        const amount = isMint ? BigInt(dice.int(1, 5000)) : part(balance(payer, asset))
        const topics = [TRANSFER, topicOf(payer || null), topicOf(payee || null)]
        receiptLogs.push({
          address: token,
          topics,
          data: `0x${amount.toString(16).padStart(64, "0")}`,
          logIndex: quantity(logs),
        })
        const kind = isMint ? "issue" : payee === "" ? "burn" : "transfer"
        tell(`log:${logs++}`, payer, payee, asset, amount, kind)
      }
      gas += gasUsed
      const place = {
        blockHash,
        blockNumber: quantity(height),
        transactionIndex: quantity(transactions.length),
      }
      transactions.push({
        ...place,
        hash: txid,
        type: "0x0",
        from,
        to,
        value: quantity(value),
        nonce: quantity(nonce++),
        gas: quantity(gasUsed),
        gasPrice: quantity(price),
        input: "0x",
      })
      receipts.push({
        ...place,
        transactionHash: txid,
        type: "0x0",
        status: quantity(failed ? 0 : 1),
        gasUsed: quantity(gasUsed),
        cumulativeGasUsed: quantity(gas),
        effectiveGasPrice: quantity(price),
        contractAddress: null,
        logs: receiptLogs,
      })
    }
    const given: Json[] = []
    for (const account of height === 1 ? accounts : dice.chance(0.3) ? [pick()] : []) {
      const amount = BigInt(dice.int(1, 20)) * 100n
      const index = withdrawals++
      given.push({
        index: quantity(index),
        validatorIndex: "0x1",
        address: account,
        amount: quantity(amount),
      })
      balances.set(`${account}/ETH`, balance(account, "ETH") + amount * GWEI)
      const what = { from: "", to: account, asset: "ETH", amount: amount * GWEI, kind: "reward" }
      rows.push({ txid: `reward ${index}`, n: 0, height, time: "", ...what })
    }
    const block = headerOf(height, blockHash, producer, base)
    blocks.push({ block: { ...block, transactions, withdrawals: given, uncles: [] }, receipts, calls })
  }
  const balanceOf = (account: string, token: string | null) =>
    balance(account, token === null ? "ETH" : `erc20:${token}`)
  return { blocks, rows, refOf, accounts, producer, balanceOf }
}

function headerOf(height: number, hash: string, producer: string, base: bigint): Json {
  const nothing = `0x${"0".repeat(64)}`
  return {
    hash,
    number: quantity(height),
    parentHash: hashOf(`block ${height - 1}`),
    sha3Uncles: nothing,
    miner: producer,
    stateRoot: nothing,
    transactionsRoot: nothing,
    receiptsRoot: nothing,
    logsBloom: `0x${"0".repeat(512)}`,
    difficulty: "0x0",
    gasLimit: quantity(30_000_000),
    gasUsed: "0x0",
    timestamp: quantity(1_700_000_000 + 12 * height),
    extraData: "0x",
    mixHash: nothing,
    nonce: `0x${"0".repeat(16)}`,
    baseFeePerGas: quantity(base),
  }
}
