import { existsSync, mkdirSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api"
import { Problem } from "../../units/problem.ts"

/** Of the ledger's tables. Raised whenever they change; a ledger of another format is refused. */
const FORMAT = "ashiato/ledger/1"
/** DuckDB's own; what sorts and joins need beyond it goes to `spill/` in the ledger's folder. */
const MEMORY = "768MB"
/** Of DuckDB's three headers: a file that is shorter was killed, or ran out of room, before it held anything. */
const LEAST_BYTES = 3 * 4096

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
   * @throws Problem `ledger-missing`, `ledger-locked`, `ledger-other-version`, `ledger-unreadable`, `ledger-unwritable`
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
    let instance: DuckDBInstance | null = null
    try {
      if (wanted !== null) mkdirSync(folder, { recursive: true })
      instance = await openInstance(folder, wanted !== null)
      // It is this process's alone now: what a killed one has spilled is of no use to anybody.
      rmSync(join(folder, "spill"), { recursive: true, force: true })
      const connection = await instance.connect()
      await connection.run("set TimeZone = 'UTC'")
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

  /**
   * All of it in one transaction, or nothing. A commit that fails, as on a full disk, has ended the transaction already:
   * then there is nothing to roll back, and what went wrong first is what is told.
   */
  async whole(work: () => Promise<void>): Promise<void> {
    await this.run("begin transaction")
    try {
      await work()
      await this.run("commit")
    } catch (error) {
      await this.rollBack()
      throw problemOf(error)
    }
  }

  /** Forgets what the transaction under way has done; nothing where there is none any more. */
  async rollBack(): Promise<void> {
    try {
      await this.#connection.run("rollback")
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw problemOf(error)
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

async function openInstance(folder: string, mayMake: boolean): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import("@duckdb/node-api")
  const file = join(folder, "ledger.duckdb")
  const open = () =>
    DuckDBInstance.create(file, {
      memory_limit: MEMORY,
      temp_directory: join(folder, "spill"),
      preserve_insertion_order: "false",
    })
  try {
    return await open()
  } catch (error) {
    const isStillborn = /not a valid DuckDB/.test(`${error}`) && statSync(file).size < LEAST_BYTES
    if (!mayMake || !isStillborn) throw error
    rmSync(file)
    return open()
  }
}

async function identify(
  connection: DuckDBConnection,
  folder: string,
  wanted: LedgerIdentity | null,
): Promise<LedgerIdentity> {
  const tables = (await connection.runAndReadAll("select table_name from duckdb_tables()")).getRows().flat()
  if (tables.length === 0) {
    if (wanted === null) throw new Problem("ledger-missing", { folder })
    const { chain, shape } = wanted
    await connection.run("create table identity as select $1 as format, $2::varchar as chain, $3 as shape", [
      FORMAT,
      chain,
      shape,
    ])
    return wanted
  }
  const isOurs = tables.includes("identity")
  const known = isOurs ? (await connection.runAndReadAll("from identity")).getRows()[0] : undefined
  const [format, chain, shape] = known ?? []
  if (format !== FORMAT) {
    throw new Problem("ledger-other-version", { found: `${format ?? "?"}`, expected: FORMAT })
  }
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
  if (/not a valid DuckDB|Corrupt database|Could not read|deserialize|Serialization Error/i.test(message)) {
    return new Problem("ledger-unreadable", { reason: firstLine(message) })
  }
  if (
    /failed to offload|max_temp_directory_size|Could not write|No space left|Read-only file system|Permission denied|Input\/output error|Disk quota/i.test(
      message,
    )
  ) {
    return new Problem("ledger-unwritable", { reason: firstLine(message) })
  }
  if ("code" in error && ["ENOSPC", "EROFS", "EACCES", "ENOTDIR", "EEXIST"].includes(String(error.code))) {
    return new Problem("ledger-unwritable", { reason: String(error.code) })
  }
  return error
}

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? ""
