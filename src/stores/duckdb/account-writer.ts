import type { AccountBlock, Tip } from "../../ports/blocks.ts"
import type { LedgerWriter } from "../../ports/ledger-writer.ts"
import type { OnProgress } from "../../ports/progress.ts"
import { publishAccountColumns } from "../account-ledger/account-publish.ts"
import { accountHashAt, accountTip, storeAccountBlocks } from "../account-ledger/account-store.ts"
import { type AccountCounts, accountCounts, createAccountTables } from "../account-ledger/account-tables.ts"
import { MOST_IDS } from "../account-ledger/codes.ts"
import type { Database } from "./database.ts"
import { isPublishedUpTo } from "./published.ts"

/** Each batch is a transaction of its own: what a node's blocks cost to fetch is far more than what storing them does. */
export class AccountWriter implements LedgerWriter<readonly AccountBlock[]> {
  readonly #database: Database
  #tip: Tip | null
  #counts: AccountCounts

  private constructor(database: Database, tip: Tip | null, counts: AccountCounts) {
    this.#database = database
    this.#tip = tip
    this.#counts = counts
  }

  static async open(database: Database): Promise<AccountWriter> {
    const { connection } = database
    await createAccountTables(connection)
    return new AccountWriter(database, await accountTip(connection), await accountCounts(connection))
  }

  get tip(): Tip | null {
    return this.#tip
  }

  get size(): number {
    return this.#counts.rows
  }

  async add(blocks: readonly AccountBlock[], from: string): Promise<boolean> {
    const { connection } = this.#database
    let counts = this.#counts
    await this.#database.whole(async () => {
      const provenance = { from, at: Math.floor(Date.now() / 1000) }
      counts = await storeAccountBlocks(connection, blocks, provenance)
    })
    this.#counts = counts
    this.#tip = await accountTip(connection)
    return true
  }

  async commit(): Promise<void> {}

  async rollBackTo(height: number): Promise<void> {
    const first = await this.#database.row(
      "select first_transaction, first_row from blocks where height = (select min(height) from blocks where height > $1)",
      [height],
    )
    if (first === null) throw new Error(`account writer: no block above ${height} to take back`)
    const [transaction, row] = first.map(Number)
    await this.#database.whole(async () => {
      await this.#database.run("delete from blocks where height > $1", [height])
      await this.#database.run("delete from transactions where id >= $1", [transaction ?? MOST_IDS])
      await this.#database.run("delete from rows where id >= $1", [row ?? MOST_IDS])
      await this.#database.run("delete from notices where height > $1", [height])
      await this.#database.run("delete from provenance where from_height > $1", [height])
      await this.#database.run("update provenance set to_height = $1 where to_height > $1", [height])
    })
    this.#tip = await accountTip(this.#database.connection)
    this.#counts = await accountCounts(this.#database.connection)
  }

  hashAt(height: number): Promise<string | null> {
    return accountHashAt(this.#database.connection, height)
  }

  async lastBlocks(count: number): Promise<readonly Tip[]> {
    const rows = await this.#database.rows(
      `select height, hash from (select height, hash, row_number() over (order by height desc) as nth from blocks)
         where nth <= $1`,
      [count],
    )
    return rows
      .map(([height, hash]) => ({ height: Number(height), hash: `${hash}` }))
      .sort((a, b) => b.height - a.height)
  }

  isPublished(): boolean {
    return isPublishedUpTo(this.#database.folder, this.#tip)
  }

  async publish(onProgress: OnProgress): Promise<void> {
    const { connection, folder, identity } = this.#database
    await publishAccountColumns(connection, folder, {
      chain: identity.chain ?? "",
      onProgress: (done, total) => onProgress(folder, done, total, "rows"),
    })
  }

  close(): void {
    this.#database.close()
  }
}
