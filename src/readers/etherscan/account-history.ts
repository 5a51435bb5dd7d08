import { assetOfToken } from "../../chains/ethereum/token.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import type { Position } from "../../units/position.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { readCall, readMined, readTransaction, readTransfer, readWithdrawal } from "./list-rows.ts"
import { placeOfReward } from "./ordinals.ts"
import type { Service } from "./service.ts"

/** What one transaction, or one reward, did to an account by the service's lists. */
export interface Entry {
  readonly height: number
  /** Null for a reward and for what the account had from the first. */
  readonly txid: string | null
  /** Its transaction's place in the block; null where the lists do not say. */
  readonly index: number | null
  /** Each in its turn: out below 0, in above. */
  readonly changes: bigint[]
  /** What of it came from nobody knows where: tokens that were made. */
  issued: bigint
  readonly reward: { readonly position: Position; readonly amount: bigint; readonly time: number } | null
}

/** Everything that moved an account's ether, in the order of the chain as far as the lists tell it. */
export async function etherEntries(service: Service, account: string): Promise<Entry[]> {
  const byTx = new Map<string, Entry>()
  const entries: Entry[] = []
  for (const one of await service.list({ action: "txlist", address: account }, readTransaction)) {
    const { height, txid, index, from, to, value, fee, failed } = one
    const entry = entryOf(height, txid, index)
    if (txid === null) entries.push(entry)
    else if (byTx.has(txid)) throw twice(account, txid)
    else byTx.set(txid, entry)
    if (from === account) change(entry, -fee)
    if (!failed) move(entry, account, from, to, value)
  }
  const calls = { action: "txlistinternal", address: account }
  for (const { height, txid, from, to, value } of await service.list(calls, readCall)) {
    if (txid === null)
      throw new RemoteFault("nonsense", `txlistinternal ${account}`, "a call of no transaction")
    move(
      getOrMake(byTx, txid, () => entryOf(height, txid, null)),
      account,
      from,
      to,
      value,
    )
  }
  const withdrawals = { action: "txsBeaconWithdrawal", address: account }
  const mined = { action: "getminedblocks", address: account, blocktype: "blocks" }
  const rewards = [
    ...(await whereOffered(() => service.list(withdrawals, readWithdrawal))),
    ...(await whereOffered(() => service.pages(mined, readMined))),
  ]
  for (const { height, time, number, amount } of rewards) {
    if (height > service.tip) continue
    const reward = { position: placeOfReward(height, number), amount, time }
    entries.push({ ...entryOf(height, null, null), changes: [amount], reward })
  }
  return [...byTx.values(), ...entries]
}

/** Everything that moved an account's balance of a token, by the token's own events. */
export async function tokenEntries(
  service: Service,
  account: string,
  token: string,
  learn: (decimals: number) => void,
): Promise<Entry[]> {
  const byTx = new Map<string, Entry>()
  const list = { action: "tokentx", address: account, contractaddress: token }
  for (const { height, txid, index, from, to, value, decimals } of await service.list(list, readTransfer)) {
    const entry = getOrMake(byTx, txid, () => entryOf(height, txid, index))
    move(entry, account, from, to, value)
    if (from === null && to === account) entry.issued += value
    if (decimals !== null) learn(decimals)
  }
  return [...byTx.values()]
}

/** The contract of a token by its asset's name; null for ether. */
export function tokenOf(asset: string): string | null {
  const prefix = assetOfToken("0x").slice(0, -2)
  return asset.startsWith(prefix) ? asset.slice(prefix.length) : null
}

function entryOf(height: number, txid: string | null, index: number | null): Entry {
  return { height, txid, index, changes: [], issued: 0n, reward: null }
}

function change(entry: Entry, by: bigint): void {
  if (by !== 0n) entry.changes.push(by)
}

function move(entry: Entry, account: string, from: string | null, to: string | null, value: bigint): void {
  if (from === to) return
  if (from === account) change(entry, -value)
  if (to === account) change(entry, value)
}

/** Not every service keeps every list. That what it would say is missing shows in the account's balance. */
async function whereOffered<Row>(ask: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof RemoteFault && error.reason === "not-found") return []
    throw error
  }
}

function twice(account: string, txid: string): RemoteFault {
  return new RemoteFault("nonsense", `txlist ${account}`, `${txid} stands twice in it`)
}
