import { type AccountRow, isOriginUnknown, kindOf, parseAsset, UNRECORDED } from "../ledger/account-row.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { AccountChecks } from "./account-checks.ts"
import { type CsvRow, readCsv } from "./csv.ts"
import {
  field,
  parseGrade,
  parseInteger,
  parseKind,
  parseOptionalInteger,
  readAmount,
  readInstant,
} from "./field.ts"

const COLUMNS = {
  required: ["txid", "n", "height", "time", "from", "to", "asset", "amount"],
  optional: ["kind", "exchange", "grade", "source"],
}

/** Checks an address and gives its canonical form. */
export type AddressCheck = (address: string) => string

/**
 * Reads a transfers file (DESIGN section 6): rows in execution order, one value from one account to one account.
 *
 * @throws Problem with file, line and column
 */
export async function readTransfers(
  file: string,
  checkAddress: AddressCheck,
  onProgress?: OnProgress,
): Promise<{ rows: readonly AccountRow[]; sha256: string }> {
  const rows: AccountRow[] = []
  const checks = new AccountChecks()
  let tx: AccountRow["tx"] = { id: null, height: null, time: null }
  const onRow = (row: CsvRow): void => {
    const id = row.get("txid") === "" ? null : row.get("txid")
    const n = field(row, "n", parseInteger)
    const height = field(row, "height", parseOptionalInteger) ?? tx.height
    const time = readInstant(row, "time")
    // Rows of one transaction share one object, so that a million rows do not carry a million copies.
    if (id === null || id !== tx.id || height !== tx.height || time !== tx.time) tx = { id, height, time }
    const parsed = parseRow(row, tx, n, checkAddress)
    checks.check(parsed, n, { line: row.line })
    rows.push(parsed)
  }
  const sha256 = await readCsv(file, COLUMNS, onRow, onProgress)
  try {
    checks.finish()
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
  return { rows, sha256 }
}

function parseRow(row: CsvRow, tx: AccountRow["tx"], n: number, checkAddress: AddressCheck): AccountRow {
  const end = (column: string): string | null =>
    field(row, column, text => (text === "" ? null : text === UNRECORDED ? text : checkAddress(text)))
  const from = end("from")
  const to = end("to")
  const exchange = row.get("exchange") === "" ? null : row.get("exchange")
  const said = field(row, "kind", parseKind)
  const kind = kindOf(said, from, to, exchange !== null)
  return {
    tx,
    ref: `${tx.id ?? ""}#${n}`,
    from,
    to,
    asset: field(row, "asset", parseAsset),
    amount: readAmount(row, "amount"),
    kind,
    exchange,
    grade: field(row, "grade", parseGrade),
    source: row.get("source") === "" ? null : row.get("source"),
    originUnknown: isOriginUnknown(from, kind, tx.height),
  }
}
