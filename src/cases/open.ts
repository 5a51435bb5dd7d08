import type { CaseFile } from "../casefile/case.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { Asset } from "../ledger/asset.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Source } from "../ports/source.ts"
import { AccountRecords } from "../readers/account-records.ts"
import { loadCase } from "../readers/case-file.ts"
import { Problem } from "../units/problem.ts"
import { rowsOfCase, timeOf } from "./case-rows.ts"

/** What was read, so that a reader of the answer can read the same. */
export interface Input {
  readonly name: string
  readonly sha256: string
}

/** What is to be traced: the records, the thefts declared in them, and the services at which following stops. */
export interface Opened {
  readonly caseFile: CaseFile | null
  readonly chain: string | null
  readonly source: Source
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly services: ReadonlyMap<string, string>
  readonly inputs: readonly Input[]
}

export type Records =
  | { readonly kind: "transfers"; readonly file: string }
  | { readonly kind: "utxo"; readonly outputs: string; readonly inputs: string }

export interface OpenFiles {
  readonly records: Records
  readonly chain: string | null
  readonly theftRefs: readonly string[]
  readonly theftsFile: string | null
}

/** Opens a bundled case or a case file. */
export async function openCase(
  name: string,
  servicesFile: string | null,
  toHeight: number | null,
): Promise<Opened> {
  const { caseFile, name: file, sha256 } = await loadCase(name)
  try {
    const chain = await loadChain(caseFile.chain)
    const assets = new Map(caseFile.assets.map(asset => [asset.asset, asset]))
    const rows = rowsOfCase(caseFile, chain.checkAddress)
    // A case says itself up to when its record speaks, which may be later than its last transfer.
    const { height, hash, time } = caseFile.horizon
    const horizon = toHeight === null ? { height, hash, time: timeOf(time) } : undefined
    const source = new AccountRecords(rows, toHeight, asset => assets.get(asset) as Asset, horizon)
    const services = new Map<string, string>()
    for (const { address, service } of caseFile.services) services.set(chain.checkAddress(address), service)
    const own = await withServices(services, servicesFile, chain)
    return {
      caseFile,
      chain: caseFile.chain,
      source,
      thefts: caseFile.thefts.map(({ id, transfers }) => ({ id, refs: transfers })),
      services: own.services,
      inputs: [{ name: file, sha256 }, ...own.inputs],
    }
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
}

/** Opens files read directly. */
export async function openFiles(
  { records, chain: chainName, theftRefs, theftsFile }: OpenFiles,
  servicesFile: string | null,
  toHeight: number | null,
  onProgress?: OnProgress,
): Promise<Opened> {
  const chain = chainName === null ? null : await loadChain(chainName)
  const shape = records.kind === "utxo" ? "utxo" : "account"
  if (chain !== null && chain.shape !== shape) {
    throw new Problem("option-conflict", {
      a: `--chain ${chain.name}`,
      b: shape === "utxo" ? "--outputs" : "--transfers",
    })
  }
  const checkAddress = chain?.checkAddress ?? ((address: string) => address)
  const { source, inputs } = await openRecords(records, chain, checkAddress, toHeight, onProgress)
  // What reads files is loaded where files are read: a bundled case needs none of it.
  const { readThefts } = await import("../readers/list-files.ts")
  const named = theftsFile === null ? null : await readThefts(theftsFile)
  const thefts = named?.thefts ?? [...new Set(theftRefs)].map(ref => ({ id: ref, refs: [ref] }))
  const own = await withServices(new Map(), servicesFile, chain)
  const listed = named === null || theftsFile === null ? [] : [{ name: theftsFile, sha256: named.sha256 }]
  const all = [...inputs, ...listed, ...own.inputs]
  return { caseFile: null, chain: chainName, source, thefts, services: own.services, inputs: all }
}

async function openRecords(
  records: Records,
  chain: Chain | null,
  checkAddress: (address: string) => string,
  toHeight: number | null,
  onProgress: OnProgress | undefined,
): Promise<{ source: Source; inputs: readonly Input[] }> {
  if (records.kind === "transfers") {
    const { readTransfers } = await import("../readers/transfers-file.ts")
    const { rows, sha256 } = await readTransfers(records.file, checkAddress, onProgress)
    const assetOf = (asset: string): Asset =>
      chain?.native.asset === asset ? chain.native : bareAsset(asset)
    const source = new AccountRecords(rows, toHeight, assetOf)
    return { source, inputs: [{ name: records.file, sha256 }] }
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
  return { source, inputs }
}

/** An asset of which only the name is known is written in its smallest units. */
function bareAsset(asset: string): Asset {
  return { asset, unit: "unit", decimals: 0 }
}

async function withServices(
  known: ReadonlyMap<string, string>,
  file: string | null,
  chain: Chain | null,
): Promise<{ services: ReadonlyMap<string, string>; inputs: readonly Input[] }> {
  if (file === null) return { services: known, inputs: [] }
  const { readServices } = await import("../readers/list-files.ts")
  const { services, sha256 } = await readServices(file, chain?.checkAddress ?? (address => address))
  return { services: new Map([...known, ...services]), inputs: [{ name: file, sha256 }] }
}
