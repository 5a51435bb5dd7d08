import { EthereumFault } from "../../chains/ethereum/fault.ts"
import { Fields } from "../../chains/ethereum/fields.ts"
import type { Header } from "../../chains/ethereum/header.ts"
import type { Receipt } from "../../chains/ethereum/receipt.ts"
import { ETHER } from "../../chains/ethereum/rows.ts"
import type { Transaction } from "../../chains/ethereum/transaction.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import type { Position } from "../../units/position.ts"
import { parseInstant } from "../../units/time.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { ListedCall } from "./list-rows.ts"
import { placeOf } from "./ordinals.ts"

/** A row and where it stands. */
export interface PlacedRow {
  readonly position: Position
  readonly row: AccountRow
}

/** A confirmed transaction as the service's node tells it. */
export interface Told {
  readonly txid: string
  readonly header: Header
  readonly transaction: Transaction
  readonly receipt: Receipt
  /** Fees, value and tokens: all but its calls. */
  readonly rows: readonly PlacedRow[]
}

/** Its reference counts the calls: where each stands in the tree of calls is asked for only where it matters. */
export function callRow({ txid, header }: Told, { from, to, value }: ListedCall, at: number): AccountRow {
  const tx = { id: txid, height: header.number, time: parseInstant(`${header.timestamp}`) }
  const ref = `${txid}#call:${at}`
  const what = { asset: ETHER, amount: value, kind: "transfer", grade: "reported" } as const
  return { tx, ref, from, to, ...what, exchange: null, source: null, originUnknown: false }
}

export function placed({ txid, header, transaction }: Omit<Told, "rows">, row: AccountRow): PlacedRow {
  const at = row.ref.slice(txid.length + 1)
  const position = placeOf(header.number, transaction.index, at)
  if (position !== null) return { position, row }
  throw new RemoteFault("too-large", `transaction ${txid}`, `no room for its ${at}`)
}

export function heightIn(value: unknown, asked: string): number | null {
  return reading(
    asked,
    (one, path) => {
      const fields = new Fields(one, path)
      return fields.isAbsent("blockNumber") ? null : fields.integer("blockNumber")
    },
    value,
  )
}

/** What the chain's own reading makes of an answer. */
export function reading<Value>(
  asked: string,
  read: (value: unknown, path: string) => Value,
  value?: unknown,
): Value {
  try {
    return read(value, "result")
  } catch (error) {
    if (error instanceof EthereumFault) throw new RemoteFault("nonsense", asked, error.message)
    throw error
  }
}
