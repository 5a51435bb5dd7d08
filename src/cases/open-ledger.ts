import { createHash } from "node:crypto"
import { networkOfChain } from "../chains/bitcoin/network-name.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { Asset } from "../ledger/asset.ts"
import { type Columns, openColumns } from "../stores/columns/columns.ts"
import { Problem } from "../units/problem.ts"
import { knownAsset } from "./known-asset.ts"
import type { LedgerAccounts, OpenedRecords } from "./records.ts"

/** Opens a ledger by its columns alone: whoever writes it is not waited for. */
export async function openLedger(
  folder: string,
  stated: Chain | null,
  toHeight: number | null,
): Promise<OpenedRecords> {
  const columns = openColumns(folder)
  const { chain: name, shape } = columns.manifest
  if (stated !== null && name !== "" && stated.name !== name) {
    throw new Problem("ledger-other-chain", { found: name, expected: stated.name })
  }
  const chain = name === "" ? stated : await loadChain(name)
  const inputs = [{ name: folder, sha256: identityOf(columns) }]
  const network = networkOfChain(name)
  if (shape === "utxo" && network !== null && chain !== null) {
    const { UtxoLedgerSource } = await import("../stores/utxo-ledger/utxo-ledger-source.ts")
    const source = new UtxoLedgerSource(columns, network, chain.native, toHeight)
    const owners = async (): Promise<OwnerGraph> => {
      const { UtxoOwnerGraph } = await import("../stores/utxo-ledger/utxo-owner-graph.ts")
      return new UtxoOwnerGraph(columns, network, toHeight)
    }
    return { source, chain, inputs, owners }
  }
  if (shape === "account") {
    const { openAccountLedgerSource } = await import("../stores/account-ledger/account-ledger-source.ts")
    const assetOf = (asset: string): Asset => knownAsset(asset, chain)
    const accounts = async (): Promise<LedgerAccounts> => {
      const { AccountLedgerGraph } = await import("../stores/account-ledger/account-ledger-graph.ts")
      return new AccountLedgerGraph(columns, toHeight)
    }
    return { source: openAccountLedgerSource(columns, { toHeight, assetOf }), chain, inputs, accounts }
  }
  throw new Problem("ledger-damaged", { reason: `manifest.json: ${name} ${shape}` })
}

/** The manifest names the horizon and the checksum of every column: its own hash stands for all of the ledger. */
function identityOf({ manifest }: Columns): string {
  return createHash("sha256").update(JSON.stringify(manifest)).digest("hex")
}
