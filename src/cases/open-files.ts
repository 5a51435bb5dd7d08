import type { Chain } from "../chains/chain.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { bareAsset, knownAsset } from "./known-asset.ts"
import type { OpenedRecords, Records } from "./records.ts"

/** Opens records in files. */
export async function openFiles(
  records: Extract<Records, { kind: "transfers" | "utxo" }>,
  chain: Chain | null,
  toHeight: number | null,
  onProgress: OnProgress,
): Promise<OpenedRecords> {
  if (chain !== null && chain.shape !== (records.kind === "utxo" ? "utxo" : "account")) {
    const b = records.kind === "utxo" ? "--outputs" : "--transfers"
    throw new Problem("option-conflict", { a: `--chain ${chain.name}`, b })
  }
  const checkAddress = chain?.checkAddress ?? ((address: string) => address)
  if (records.kind === "transfers") {
    const { readTransfers } = await import("../readers/transfers-file.ts")
    const { AccountRecords } = await import("../readers/account-records.ts")
    const { rows, sha256 } = await readTransfers(records.file, checkAddress, onProgress)
    const source = new AccountRecords(rows, toHeight, asset => knownAsset(asset, chain))
    return { source, chain, inputs: [{ name: records.file, sha256 }] }
  }
  const { readUtxoFiles } = await import("../readers/utxo-files.ts")
  const { UtxoRecords } = await import("../readers/utxo-records.ts")
  const { transactions, sha256 } = await readUtxoFiles(
    records.outputs,
    records.inputs,
    checkAddress,
    onProgress,
  )
  const source = new UtxoRecords(transactions.values(), toHeight, chain?.native ?? bareAsset("coin"))
  const inputs = [
    { name: records.outputs, sha256: sha256.outputs },
    { name: records.inputs, sha256: sha256.inputs },
  ]
  return { source, chain, inputs }
}
