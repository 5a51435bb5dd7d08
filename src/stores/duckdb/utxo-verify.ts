import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import type { Hash } from "../../chains/bitcoin/hash.ts"
import { decodeHeader } from "../../chains/bitcoin/header.ts"
import { equalHashes, merkleRoot } from "../../chains/bitcoin/merkle.ts"
import { checkProofOfWork, type WorkHashes } from "../../chains/bitcoin/proof-of-work.ts"
import { bytesOfRows } from "../../chains/bitcoin/word-columns.ts"
import type { LedgerFault } from "../../ledger/ledger-fault.ts"
import { Problem } from "../../units/problem.ts"
import type { Database } from "./database.ts"
import { streamColumns } from "./stream.ts"
import { refuseMadeValue } from "./utxo-check.ts"
import { LINKS } from "./utxo-links.ts"
import { createUtxoTables } from "./utxo-tables.ts"

/** Of each kind of fault as many are told: one is enough to know, and a few to see where. */
const MOST_TOLD = 10

export interface VerifyHashes {
  readonly sha256d: Hash
  readonly work: WorkHashes
}

/**
 * Checks every link of the tables again, from what is stored and nothing else: ids without holes, headers put together
 * and hashed, their work, parents, the merkle root over the stored txids, each input's output, no output spent twice,
 * no burned one spent, no transaction and no coinbase paying out more than it may. Scripts and signatures are not
 * stored: a value, an owner or a spent output that was exchanged for another that fits as well is not found.
 */
export async function verifyUtxo(
  database: Database,
  network: keyof typeof CONSENSUS,
  hashes: VerifyHashes,
): Promise<readonly LedgerFault[]> {
  await createUtxoTables(database)
  const faults: LedgerFault[] = []
  for (const { code, sql } of LINKS) {
    const rows = await database.rows(`${sql} limit ${MOST_TOLD}`)
    faults.push(...rows.map(([at]) => ({ code, at: `${at}` })))
  }
  if (faults.length === 0) faults.push(...(await checkHeaders(database, network, hashes)))
  if (faults.length === 0) faults.push(...(await checkSums(database, network)))
  return faults
}

async function checkSums(
  database: Database,
  network: keyof typeof CONSENSUS,
): Promise<readonly LedgerFault[]> {
  await database.run("drop table if exists taken")
  await database.run(`create temp table taken as
    select i.tx, i.spent, o.value, o.kind from inputs i join outputs o on o.id = i.spent`)
  try {
    const nothing = { blocks: 0, transactions: 0, outputs: 0, inputs: 0 }
    await refuseMadeValue(database, nothing, CONSENSUS[network])
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ code: "made-value", at: `${error.detail.tx}` }]
  } finally {
    await database.run("drop table taken")
  }
}

async function checkHeaders(
  database: Database,
  network: keyof typeof CONSENSUS,
  hashes: VerifyHashes,
): Promise<readonly LedgerFault[]> {
  const faults: LedgerFault[] = []
  const roots = new Roots(hashes.sha256d)
  const heads: { hash: Uint8Array; root: Uint8Array; first: number }[] = []
  await streamColumns(
    database,
    `select h0, h1, h2, h3, p0, p1, p2, p3, m0, m1, m2, m3, version, time, bits, nonce, first_transaction
       from blocks order by height`,
    (columns, rows) => {
      const words = columns.slice(0, 12) as BigUint64Array[]
      const [hash, parent, root] = [0, 4, 8].map(at => bytesOfRows(words.slice(at, at + 4), rows))
      for (let row = 0; row < rows; row++) {
        const height = heads.length
        const of = (bytes: Uint8Array | undefined) => (bytes as Uint8Array).slice(32 * row, 32 * row + 32)
        const [version, time, bits, nonce, first] = columns.slice(12).map(column => Number(column[row]))
        const header = headerBytes(version ?? 0, of(parent), of(root), [time, bits, nonce])
        heads.push({ hash: of(hash), root: of(root), first: first ?? 0 })
        if (!equalHashes(hashes.sha256d(header), of(hash))) faults.push({ code: "header", at: `${height}` })
        else if (!hasWork(header, network, hashes.work)) faults.push({ code: "work", at: `${height}` })
      }
    },
  )
  let height = 0
  let tx = 0
  const closeBlock = (): void => {
    const root = roots.take()
    if (root === null || !equalHashes(root, (heads[height] as { root: Uint8Array }).root)) {
      faults.push({ code: "merkle-root", at: `${height}` })
    }
    height++
  }
  await streamColumns(database, "select t0, t1, t2, t3 from transactions order by id", (columns, rows) => {
    const ids = bytesOfRows(columns as BigUint64Array[], rows)
    for (let row = 0; row < rows; row++, tx++) {
      if (tx > 0 && tx === heads[height + 1]?.first) closeBlock()
      roots.add(ids.slice(32 * row, 32 * row + 32))
    }
  })
  if (heads.length > 0) closeBlock()
  if (height !== heads.length) faults.push({ code: "merkle-root", at: `${height}` })
  return faults.slice(0, MOST_TOLD)
}

function headerBytes(
  version: number,
  parent: Uint8Array,
  root: Uint8Array,
  rest: readonly (number | undefined)[],
): Uint8Array {
  const bytes = new Uint8Array(80)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, version, true)
  bytes.set(parent, 4)
  bytes.set(root, 36)
  for (const [at, value] of rest.entries()) view.setUint32(68 + 4 * at, value ?? 0, true)
  return bytes
}

function hasWork(header: Uint8Array, network: keyof typeof CONSENSUS, work: WorkHashes): boolean {
  try {
    checkProofOfWork(decodeHeader(header), CONSENSUS[network], work)
    return true
  } catch (error) {
    if (error instanceof BlockFault) return false
    throw error
  }
}

/** The txids of one block after the other. */
class Roots {
  readonly #sha256d: Hash
  #txids: Uint8Array[] = []

  constructor(sha256d: Hash) {
    this.#sha256d = sha256d
  }

  add(txid: Uint8Array): void {
    this.#txids.push(txid)
  }

  /** The root over what was added since the last; null where there is none. */
  take(): Uint8Array | null {
    const txids = this.#txids
    this.#txids = []
    try {
      return merkleRoot(txids, this.#sha256d)
    } catch (error) {
      if (error instanceof BlockFault) return null
      throw error
    }
  }
}
