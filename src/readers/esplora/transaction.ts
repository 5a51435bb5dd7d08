import { hex } from "@scure/base"
import type { Fields } from "../http/fields.ts"

export interface ExplorerOutput {
  readonly amount: bigint
  /** In hexadecimal. */
  readonly script: string
  /** As the explorer writes it; null where it gives none. */
  readonly address: string | null
}

export interface ExplorerInput {
  readonly txid: string
  readonly vout: number
  readonly amount: bigint
}

export interface ExplorerTx {
  readonly txid: string
  readonly isCoinbase: boolean
  /** What it spends: nothing where it is a coinbase. */
  readonly inputs: readonly ExplorerInput[]
  readonly outputs: readonly ExplorerOutput[]
  readonly fee: bigint
}

export const MAX_UINT32 = 2 ** 32 - 1
/** No address of any kind is as long; without blanks and controls, for it goes into messages and reports. */
const ADDRESS = /^[\x21-\x7e]{1,200}$/
const HEX = /^([0-9a-f]{2})*$/

/** Reads a transaction as Esplora writes it; what it makes must not be more than what it spends. */
export function readTransaction(fields: Fields): ExplorerTx {
  const txid = fields.hash("txid")
  const outputs = fields.list("vout", output)
  const all = fields.list("vin", input)
  const inputs = all.filter(one => one !== null)
  if (outputs.length === 0) fields.fail("vout", "no outputs")
  if (all.length === 0) fields.fail("vin", "no inputs")
  const isCoinbase = inputs.length === 0
  if (inputs.length < all.length && all.length > 1) fields.fail("vin", "a coinbase among other inputs")
  if (new Set(inputs.map(one => `${one.txid}:${one.vout}`)).size < inputs.length) {
    fields.fail("vin", "an output spent twice")
  }
  const fee = isCoinbase ? 0n : sumOf(inputs) - sumOf(outputs)
  if (fee < 0n) fields.fail("vout", "more than the inputs bring")
  return { txid, isCoinbase, inputs, outputs, fee }
}

/** Null for a coinbase's input, which spends nothing. */
function input(fields: Fields): ExplorerInput | null {
  if (fields.flag("is_coinbase")) return null
  return {
    txid: fields.hash("txid"),
    vout: fields.integer("vout", MAX_UINT32),
    amount: fields.object("prevout").amount("value"),
  }
}

function output(fields: Fields): ExplorerOutput {
  const amount = fields.amount("value")
  const script = fields.text("scriptpubkey")
  if (!HEX.test(script)) fields.fail("scriptpubkey", "not hexadecimal")
  // mempool.space over a bare node writes an empty address where others write none.
  if (fields.isAbsent("scriptpubkey_address") || fields.text("scriptpubkey_address") === "") {
    return { amount, script, address: null }
  }
  const address = fields.text("scriptpubkey_address")
  if (!ADDRESS.test(address)) fields.fail("scriptpubkey_address", "not an address")
  return { amount, script, address }
}

export function scriptOf({ script }: ExplorerOutput): Uint8Array {
  return hex.decode(script)
}

export function sumOf(items: readonly { readonly amount: bigint }[]): bigint {
  return items.reduce((total, { amount }) => total + amount, 0n)
}
