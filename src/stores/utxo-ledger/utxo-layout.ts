/**
 * How many of each kind of thing a segment of a ledger of Bitcoin's family holds; or, of all segments up to one, where the
 * ids of the next begin.
 */
export interface UtxoHolds {
  readonly blocks: number
  readonly transactions: number
  readonly outputs: number
  readonly inputs: number
  /** Owners that no earlier output has. */
  readonly owners: number
  /** Those of them whose name is kept beside their key, and the bytes of their names. */
  readonly names: number
  readonly nameBytes: number
}

export const NO_HOLDS: Readonly<UtxoHolds> = {
  blocks: 0,
  transactions: 0,
  outputs: 0,
  inputs: 0,
  owners: 0,
  names: 0,
  nameBytes: 0,
}

export const HOLDS = Object.keys(NO_HOLDS) as readonly (keyof UtxoHolds)[]

/** An output that nobody has spent. */
export const UNSPENT = 0xffff_ffff
/** Of a txid, and of an owner's key, in the sorted indexes: so many bytes of 2^64 that few are shared by chance. */
export const INDEX_KEY_BYTES = 8

/**
 * Columns with one value for each thing, in the order of the things' ids: those of a segment follow those of the one
 * before, so that all together are the column of the ledger. Every id in them is the ledger's.
 *
 * Owners are numbered by their first output, so that what is added never changes a number. `name-end` is where a name
 * ends in the bytes of all names.
 */
export const PLAIN_COLUMNS = {
  "block-hash": { width: 32, of: "blocks" },
  "block-time": { width: 4, of: "blocks" },
  "block-first-tx": { width: 4, of: "blocks" },
  "tx-id": { width: 32, of: "transactions" },
  "tx-first-output": { width: 4, of: "transactions" },
  "tx-first-input": { width: 4, of: "transactions" },
  "input-spent": { width: 4, of: "inputs" },
  "output-value": { width: 8, of: "outputs" },
  "output-owner": { width: 4, of: "outputs" },
  "owner-key": { width: 32, of: "owners" },
  "owner-kind": { width: 1, of: "owners" },
  "name-owner": { width: 4, of: "names" },
  "name-end": { width: 8, of: "names" },
  "name-text": { width: 1, of: "nameBytes" },
} as const satisfies Record<string, { width: number; of: keyof UtxoHolds }>

export type PlainColumn = keyof typeof PLAIN_COLUMNS

/**
 * Columns that a segment has of its own, and that are not those of two segments one after the other:
 *
 * - `output-spender`: for each output the transaction of this segment that spends it, else `UNSPENT`. What a later segment
 *   spends of it stands there: `earlier-spent`, sorted, and `earlier-spender` beside it.
 * - `txid-key` and `txid-tx`, sorted: the beginning of a txid, and its transaction.
 * - `owner-index-key` and `owner-index`, sorted by the beginning of the key, then kind, then the rest: the segment's owners.
 * - `owner-output`: outputs by owner and in chain order, first those of owners of earlier segments (`owner-earlier`, sorted),
 *   then those of its own. `owner-first-output`: where each owner's begin, and one more.
 */
export const OWN_COLUMNS = {
  "output-spender": { width: 4 },
  "earlier-spent": { width: 4 },
  "earlier-spender": { width: 4 },
  "txid-key": { width: INDEX_KEY_BYTES },
  "txid-tx": { width: 4 },
  "owner-index-key": { width: INDEX_KEY_BYTES },
  "owner-index": { width: 4 },
  "owner-earlier": { width: 4 },
  "owner-first-output": { width: 4 },
  "owner-output": { width: 4 },
} as const

export type OwnColumn = keyof typeof OWN_COLUMNS
export type UtxoColumn = PlainColumn | OwnColumn

export const WIDTHS: ReadonlyMap<string, number> = new Map(
  [...Object.entries(PLAIN_COLUMNS), ...Object.entries(OWN_COLUMNS)].map(([name, { width }]) => [
    name,
    width,
  ]),
)

/** What a segment holds, by how many values its columns have. */
export function holdsOfCounts(counts: ReadonlyMap<string, number>): UtxoHolds {
  const holds: { -readonly [What in keyof UtxoHolds]: number } = { ...NO_HOLDS }
  for (const [name, { of }] of Object.entries(PLAIN_COLUMNS)) holds[of] = counts.get(name) ?? 0
  return holds
}
