import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api"
import { Problem } from "../../units/problem.ts"

/** Of the ledger's tables. Raised whenever they change; a ledger of another format is refused. */
const FORMAT = "ashiato/ledger/1"
/** DuckDB's own; what sorts and joins need beyond it goes to `spill/` in the ledger's folder. */
const MEMORY = "768MB"

export type LedgerShape = "utxo" | "account"

/** What a ledger is of. `chain` is a name of `--chain`, or null for transfers of no known chain. */
export interface LedgerIdentity {
  readonly chain: string | null
  readonly shape: LedgerShape
}

/**
 * The truth of a ledger: `ledger.duckdb` in its folder. One process at a time has it open, to read or to write
 * (DuckDB admits no second); all others read the columns. Importing DuckDB costs 0.4 s, so that nothing loads it but
 * what calls this.
 */
export class Database {
  readonly folder: string
  readonly identity: LedgerIdentity
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection

  private constructor(
    folder: string,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    identity: LedgerIdentity,
  ) {
    this.folder = folder
    this.#instance = instance
    this.#connection = connection
    this.identity = identity
  }

  /**
   * Opens a ledger that is there.
   *
   * @throws Problem `ledger-missing`, `ledger-locked`, `ledger-other-version`, `ledger-unwritable`
   */
  static async open(folder: string): Promise<Database> {
    if (!existsSync(join(folder, "ledger.duckdb"))) throw new Problem("ledger-missing", { folder })
    return Database.#connect(folder, null)
  }

  /**
   * Opens a ledger of this identity, or makes an empty one.
   *
   * @throws Problem as `open`, and `ledger-other-chain`
   */
  static async openOrCreate(folder: string, identity: LedgerIdentity): Promise<Database> {
    return Database.#connect(folder, identity)
  }

  static async #connect(folder: string, wanted: LedgerIdentity | null): Promise<Database> {
    const { DuckDBInstance } = await import("@duckdb/node-api")
    let instance: DuckDBInstance | null = null
    try {
      if (wanted !== null) mkdirSync(folder, { recursive: true })
      instance = await DuckDBInstance.create(join(folder, "ledger.duckdb"), {
        memory_limit: MEMORY,
        temp_directory: join(folder, "spill"),
        preserve_insertion_order: "false",
      })
      const connection = await instance.connect()
      const identity = await identify(connection, folder, wanted)
      return new Database(folder, instance, connection, identity)
    } catch (error) {
      instance?.closeSync()
      throw problemOf(error)
    }
  }

  get connection(): DuckDBConnection {
    return this.#connection
  }

  /** @throws Problem where the disk is full or refuses; else DuckDB's own error, which is a fault of ours */
  async run(sql: string, values?: DuckDBValue[]): Promise<void> {
    try {
      await this.#connection.run(sql, values)
    } catch (error) {
      throw problemOf(error)
    }
  }

  /** All rows of a small answer, as lists of values. */
  async rows(sql: string, values?: DuckDBValue[]): Promise<DuckDBValue[][]> {
    try {
      return (await this.#connection.runAndReadAll(sql, values)).getRows()
    } catch (error) {
      throw problemOf(error)
    }
  }

  /** Of a question that has one row: its values; null where it has none. */
  async row(sql: string, values?: DuckDBValue[]): Promise<DuckDBValue[] | null> {
    return (await this.rows(sql, values))[0] ?? null
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

async function identify(
  connection: DuckDBConnection,
  folder: string,
  wanted: LedgerIdentity | null,
): Promise<LedgerIdentity> {
  await connection.run("create table if not exists identity (format varchar, chain varchar, shape varchar)")
  const known = (await connection.runAndReadAll("select format, chain, shape from identity")).getRows()[0]
  if (known === undefined) {
    if (wanted === null) throw new Problem("ledger-missing", { folder })
    const { chain, shape } = wanted
    await connection.run("insert into identity values ($1, $2, $3)", [FORMAT, chain, shape])
    return wanted
  }
  const [format, chain, shape] = known
  if (format !== FORMAT) throw new Problem("ledger-other-version", { found: `${format}`, expected: FORMAT })
  const identity = { chain: chain === null ? null : `${chain}`, shape: shape as LedgerShape }
  if (wanted !== null && (wanted.chain !== identity.chain || wanted.shape !== identity.shape)) {
    throw new Problem("ledger-other-chain", { found: nameOf(identity), expected: nameOf(wanted) })
  }
  return identity
}

const nameOf = ({ chain, shape }: LedgerIdentity): string => chain ?? `${shape} records`

/** What a person can be told of it: DuckDB says what is wrong in English sentences only. */
export function problemOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error
  const { message } = error
  const holder = /Conflicting lock is held in (.+?)\. See/.exec(message)?.[1]
  if (holder !== undefined) return new Problem("ledger-locked", { holder })
  if (/No space left|Read-only file system|Permission denied|Input\/output error|Disk quota/i.test(message)) {
    return new Problem("ledger-unwritable", { reason: firstLine(message) })
  }
  if ("code" in error && ["ENOSPC", "EROFS", "EACCES", "ENOTDIR", "EEXIST"].includes(String(error.code))) {
    return new Problem("ledger-unwritable", { reason: String(error.code) })
  }
  return error
}

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? ""
