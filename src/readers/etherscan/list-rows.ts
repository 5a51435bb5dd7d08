import { MAX_AMOUNT } from "../../units/amount.ts"
import { Fields } from "../http/fields.ts"

/** Rows of the lists that a service keeps of an account. Addresses and hashes are in lower case. */
interface Placed {
  readonly height: number
  /** Unix seconds. */
  readonly time: number
}

export interface ListedTransaction extends Placed {
  /** Null for what an account was given in the first block, which no transaction did. */
  readonly txid: string | null
  readonly index: number
  readonly from: string | null
  readonly to: string | null
  readonly value: bigint
  readonly fee: bigint
  readonly failed: boolean
}

export interface ListedCall {
  readonly height: number
  /** Null in the list of one transaction's calls, where some services do not repeat it. */
  readonly txid: string | null
  readonly from: string
  readonly to: string
  readonly value: bigint
  /** The place in the tree of calls, "0.1"; null where the service does not say. */
  readonly path: string | null
  /** The place among the calls of its transaction; null where the order of the list has to do. */
  readonly index: number | null
}

export interface ListedTransfer extends Placed {
  readonly txid: string
  readonly index: number
  /** Null is the zero address: from it tokens are made, to it destroyed. */
  readonly from: string | null
  readonly to: string | null
  readonly value: bigint
  readonly decimals: number | null
}

export interface ListedReward extends Placed {
  /** Tells rewards of one block apart. */
  readonly number: number
  readonly amount: bigint
}

const MAX_HEIGHT = 2 ** 26 - 1
const MAX_TIME = 2 ** 40
const HASH = /^0x[0-9a-f]{64}$/
const ADDRESS = /^0x[0-9a-f]{40}$/
const DECIMAL = /^\d{1,78}$/
const NOBODY = `0x${"0".repeat(40)}`
const GWEI = 10n ** 9n
const MOST_DECIMALS = 255

export function readTransaction(value: unknown, asked: string, at: number): ListedTransaction {
  const fields = new Fields(value, asked, `result[${at}]`)
  const place = placeOf(fields)
  const amount = decimal(fields, "value")
  const index = number(fields, "transactionIndex", 2 ** 31)
  // "GENESIS_" and the address: what was sold before the chain began.
  if (place.height === 0 && fields.text("hash").startsWith("GENESIS")) {
    return {
      ...place,
      txid: null,
      index,
      from: null,
      to: address(fields, "to"),
      value: amount,
      fee: 0n,
      failed: false,
    }
  }
  return {
    ...place,
    txid: hash(fields, "hash"),
    index,
    from: address(fields, "from"),
    to: receiver(fields),
    value: amount,
    fee: decimal(fields, "gasUsed") * decimal(fields, "gasPrice"),
    failed: fields.text("isError") !== "0",
  }
}

/**
 * Null for what moved nothing: no value, failed, or a call in another's name. Where the service numbers the calls of a
 * transaction from 0, that one is the transaction itself.
 */
export function readCall(value: unknown, asked: string, at: number): ListedCall | null {
  const fields = new Fields(value, asked, `result[${at}]`)
  const amount = decimal(fields, "value")
  const index = fields.isAbsent("index") ? null : number(fields, "index", 2 ** 31)
  const type = fields.isAbsent("callType") || fields.text("callType") === "" ? "type" : "callType"
  const isOthers = /^(delegatecall|callcode|staticcall)$/.test(fields.isAbsent(type) ? "" : fields.text(type))
  if (amount === 0n || fields.text("isError") !== "0" || isOthers || index === 0) return null
  const name = ["hash", "transactionHash"].find(one => !fields.isAbsent(one) && fields.text(one) !== "")
  return {
    height: number(fields, "blockNumber", MAX_HEIGHT),
    txid: name === undefined ? null : hash(fields, name),
    from: address(fields, "from"),
    to: receiver(fields) ?? fields.fail("to", "not an address"),
    value: amount,
    path: fields.isAbsent("traceId") || fields.text("traceId") === "" ? null : pathOf(fields.text("traceId")),
    index,
  }
}

/** Null for tokens that are told one from another (ERC-721, ERC-1155): their number is no amount. */
export function readTransfer(value: unknown, asked: string, at: number): ListedTransfer | null {
  const fields = new Fields(value, asked, `result[${at}]`)
  if (!fields.isAbsent("tokenID") || !fields.isAbsent("tokenIDs") || fields.isAbsent("value")) return null
  const end = (name: string): string | null => {
    const whose = address(fields, name)
    return whose === NOBODY ? null : whose
  }
  const hasDecimals = !fields.isAbsent("tokenDecimal") && fields.text("tokenDecimal") !== ""
  return {
    ...placeOf(fields),
    txid: hash(fields, "hash"),
    index: number(fields, "transactionIndex", 2 ** 31),
    from: end("from"),
    to: end("to"),
    value: decimal(fields, "value"),
    decimals: hasDecimals ? number(fields, "tokenDecimal", MOST_DECIMALS) : null,
  }
}

/** A validator's withdrawal, in gwei. */
export function readWithdrawal(value: unknown, asked: string, at: number): ListedReward {
  const fields = new Fields(value, asked, `result[${at}]`)
  const { height, time } = placeOf(fields, "timestamp")
  const index = number(fields, "withdrawalIndex", Number.MAX_SAFE_INTEGER)
  return { height, time, number: index, amount: decimal(fields, "amount") * GWEI }
}

/** Null where the service does not say what the block brought. */
export function readMined(value: unknown, asked: string, at: number): ListedReward | null {
  const fields = new Fields(value, asked, `result[${at}]`)
  const height = number(fields, "blockNumber", MAX_HEIGHT)
  if (fields.isAbsent("blockReward")) return null
  // Some services write the time as a date here; nothing rests on it.
  return { height, time: 0, number: -1, amount: decimal(fields, "blockReward") }
}

/** "0_1", "0/1" and "0.1" are one place. */
export function pathOf(text: string): string {
  return text.replace(/[^0-9]+/g, ".")
}

function placeOf(fields: Fields, time = "timeStamp"): Placed {
  return { height: number(fields, "blockNumber", MAX_HEIGHT), time: number(fields, time, MAX_TIME) }
}

/** Null where there is neither: what a transaction that failed would have made. */
function receiver(fields: Fields): string | null {
  for (const name of ["to", "contractAddress"]) {
    if (!fields.isAbsent(name) && fields.text(name) !== "") return address(fields, name)
  }
  return null
}

function hash(fields: Fields, name: string): string {
  const text = fields.text(name).toLowerCase()
  return HASH.test(text) ? text : fields.fail(name, "not a hash")
}

function address(fields: Fields, name: string): string {
  const text = fields.text(name).toLowerCase()
  return ADDRESS.test(text) ? text : fields.fail(name, "not an address")
}

function decimal(fields: Fields, name: string): bigint {
  const text = fields.text(name)
  const value = DECIMAL.test(text) ? BigInt(text) : fields.fail(name, "not a whole number")
  return value <= MAX_AMOUNT ? value : fields.fail(name, "out of range")
}

function number(fields: Fields, name: string, most: number): number {
  const value = decimal(fields, name)
  return value <= BigInt(most) ? Number(value) : fields.fail(name, "out of range")
}
