import type { OnProgress } from "../ports/progress.ts"
import { Problem, type Where } from "../units/problem.ts"
import { type CsvRow, readCsv } from "./csv.ts"
import { field, parseInteger, parseOptionalInteger, parseText, readAmount, readInstant } from "./field.ts"
import type { AddressCheck } from "./transfers-file.ts"
import type { UtxoTransaction } from "./utxo-rows.ts"

const OUTPUT_COLUMNS = {
  required: ["txid", "vout", "height", "index", "time", "address", "value"],
  optional: [],
}
const INPUT_COLUMNS = { required: ["txid", "n", "spent_txid", "spent_vout"], optional: [] }

export interface UtxoFiles {
  readonly transactions: ReadonlyMap<string, UtxoTransaction>
  readonly sha256: { readonly outputs: string; readonly inputs: string }
}

/**
 * Reads an outputs file and an inputs file (DESIGN section 6) into transactions in order of appearance. What spends
 * what is checked by `UtxoRecords`, which knows the order.
 *
 * @throws Problem with file, line and column
 */
export async function readUtxoFiles(
  outputsFile: string,
  inputsFile: string,
  checkAddress: AddressCheck,
  onProgress?: OnProgress,
): Promise<UtxoFiles> {
  const transactions = new Map<string, UtxoTransaction>()
  const outputs = await readOutputs(outputsFile, checkAddress, transactions, onProgress)
  const inputs = await readInputs(inputsFile, transactions, onProgress)
  return { transactions, sha256: { outputs, inputs } }
}

function readOutputs(
  file: string,
  checkAddress: AddressCheck,
  transactions: Map<string, UtxoTransaction>,
  onProgress: OnProgress | undefined,
): Promise<string> {
  const vouts = new Set<string>()
  let last: number | null = null
  const onRow = (row: CsvRow): void => {
    const where: Where = { file, line: row.line }
    const id = field(row, "txid", parseText)
    const vout = field(row, "vout", parseInteger)
    const height = field(row, "height", parseOptionalInteger) ?? last
    if (height !== null && last !== null && height < last) {
      throw new Problem("height-falls", { height, before: last }, { ...where, column: "height" })
    }
    last = height
    const index = field(row, "index", parseOptionalInteger)
    const time = readInstant(row, "time")
    const address = field(row, "address", text => (text === "" ? null : checkAddress(text)))
    const key = `${id}:${vout}`
    if (vouts.has(key)) throw new Problem("output-twice", { output: key }, { ...where, column: "vout" })
    vouts.add(key)
    let transaction = transactions.get(id)
    if (transaction === undefined) {
      transaction = { tx: { id, height, time }, index, outputs: [], inputs: [], where }
      transactions.set(id, transaction)
    } else if (
      transaction.tx.height !== height ||
      transaction.index !== index ||
      transaction.tx.time !== time
    ) {
      throw new Problem("tx-rows-disagree", { tx: id }, { ...where, column: "height" })
    }
    transaction.outputs.push({ vout, address, value: readAmount(row, "value") })
  }
  return readCsv(file, OUTPUT_COLUMNS, onRow, onProgress)
}

function readInputs(
  file: string,
  transactions: ReadonlyMap<string, UtxoTransaction>,
  onProgress: OnProgress | undefined,
): Promise<string> {
  const onRow = (row: CsvRow): void => {
    const where: Where = { file, line: row.line }
    const id = field(row, "txid", parseText)
    const n = field(row, "n", parseInteger)
    const spent = `${field(row, "spent_txid", parseText)}:${field(row, "spent_vout", parseInteger)}`
    const transaction = transactions.get(id)
    if (transaction === undefined) {
      throw new Problem("input-without-transaction", { tx: id }, { ...where, column: "txid" })
    }
    transaction.inputs.push({ n, spent, where })
  }
  return readCsv(file, INPUT_COLUMNS, onRow, onProgress)
}
