import type { CaseFile } from "../casefile/case.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { Asset } from "../ledger/asset.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Notice, Source } from "../ports/source.ts"
import { AccountRecords } from "../readers/account-records.ts"
import { loadCase } from "../readers/case-file.ts"
import { Problem } from "../units/problem.ts"
import { rowsOfCase, timeOf } from "./case-rows.ts"
import type { Input, OpenedRecords, Records } from "./records.ts"

/** What is to be traced: the records, the thefts declared in them, and the services at which following stops. */
export interface Opened {
  readonly caseFile: CaseFile | null
  readonly chain: string | null
  readonly source: Source
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly services: ReadonlyMap<string, string>
  readonly inputs: readonly Input[]
  /** What is to be said besides what the source says of itself. */
  readonly notices: readonly Notice[]
}

export interface OpenThefts {
  readonly records: Records
  readonly chain: string | null
  readonly theftRefs: readonly string[]
  readonly theftsFile: string | null
}

/**
 * Opens a bundled case or a case file.
 *
 * @param nis the address of a NEM node, whose record then takes the place of the case's transfers; null for none
 */
export async function openCase(
  name: string,
  servicesFile: string | null,
  toHeight: number | null,
  nis: string | null,
  onProgress: OnProgress,
): Promise<Opened> {
  const { caseFile, name: file, sha256 } = await loadCase(name)
  try {
    const chain = await loadChain(caseFile.chain)
    const services = new Map<string, string>()
    for (const { address, service } of caseFile.services) services.set(chain.checkAddress(address), service)
    const own = await withServices(services, servicesFile, chain)
    const inputs = [{ name: file, sha256 }, ...own.inputs]
    const common = { caseFile, chain: caseFile.chain, services: own.services, inputs }
    if (nis !== null) {
      const { openCaseOnChain } = await import("./open-case-on-chain.ts")
      return { ...common, ...(await openCaseOnChain(caseFile, nis, toHeight, onProgress)) }
    }
    const assets = new Map(caseFile.assets.map(asset => [asset.asset, asset]))
    const rows = rowsOfCase(caseFile, chain.checkAddress)
    // A case says itself up to when its record speaks, which may be later than its last transfer.
    const { height, hash, time } = caseFile.horizon
    const horizon = toHeight === null ? { height, hash, time: timeOf(time) } : undefined
    const source = new AccountRecords(rows, toHeight, asset => assets.get(asset) as Asset, horizon)
    const thefts = caseFile.thefts.map(({ id, transfers }) => ({ id, refs: transfers }))
    return { ...common, source, thefts, notices: [] }
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
}

/** Opens records and the thefts declared in them. */
export async function openThefts(
  { records, chain: chainName, theftRefs, theftsFile }: OpenThefts,
  servicesFile: string | null,
  toHeight: number | null,
  onProgress: OnProgress = () => {},
): Promise<Opened> {
  const stated = chainName === null ? null : await loadChain(chainName)
  const { source, chain, inputs } = await openRecords(records, stated, toHeight, onProgress)
  // What reads files is loaded where files are read: a bundled case needs none of it.
  const { readThefts } = await import("../readers/list-files.ts")
  const named = theftsFile === null ? null : await readThefts(theftsFile)
  const thefts = named?.thefts ?? [...new Set(theftRefs)].map(ref => ({ id: ref, refs: [ref] }))
  const own = await withServices(servicesOf(chain), servicesFile, chain)
  const listed = named === null || theftsFile === null ? [] : [{ name: theftsFile, sha256: named.sha256 }]
  const all = [...inputs, ...listed, ...own.inputs]
  const { services } = own
  return { caseFile: null, chain: chain?.name ?? null, source, thefts, services, inputs: all, notices: [] }
}

async function openRecords(
  records: Records,
  chain: Chain | null,
  toHeight: number | null,
  onProgress: OnProgress,
): Promise<OpenedRecords> {
  switch (records.kind) {
    case "transfers":
    case "utxo":
      return (await import("./open-files.ts")).openFiles(records, chain, toHeight, onProgress)
    case "ledger":
      return (await import("./open-ledger.ts")).openLedger(records.folder, chain, toHeight)
    default:
      return (await import("./open-remote.ts")).openRemote(records, chain, toHeight, onProgress)
  }
}

/** What a chain itself makes a service: Litecoin's extension block hides who owns what in it. */
function servicesOf(chain: Chain | null): ReadonlyMap<string, string> {
  return new Map(chain?.services ?? [])
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
