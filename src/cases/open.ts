import type { CaseFile } from "../casefile/case.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { Asset } from "../ledger/asset.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Notice, Source } from "../ports/source.ts"
import { AccountRecords } from "../readers/account-records.ts"
import { loadCase } from "../readers/case-file.ts"
import { Problem } from "../units/problem.ts"
import { rowsOfCase, timeOf } from "./case-rows.ts"
import type { Input, LedgerAccounts, OpenedRecords, Records } from "./records.ts"
import type { KnownService } from "./services-known.ts"
import { namesOf, servicesOfCase, servicesOfChain, thievesOf, withFile } from "./services-stated.ts"

/** What is to be traced: the records, the thefts declared in them, and the services at which following stops. */
export interface Opened {
  readonly caseFile: CaseFile | null
  readonly chain: string | null
  readonly source: Source
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly services: ReadonlyMap<string, string>
  /** The same with who says so: the services file, the case or the chain. Labels are asked elsewhere. */
  readonly stated: ReadonlyMap<string, KnownService>
  /** Addresses that the case calls the thief's. */
  readonly thieves: ReadonlySet<string>
  /** Whether the records are a ledger. */
  readonly isLedger: boolean
  /** Who spends with whom in it; null where the records do not tell. */
  readonly owners: (() => Promise<OwnerGraph>) | null
  /** What moved on its accounts, of an account chain; null where the records do not tell all. */
  readonly accounts: (() => Promise<LedgerAccounts>) | null
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
    const own = await withFile(servicesOfCase(caseFile, chain), servicesFile, chain)
    const inputs = [{ name: file, sha256 }, ...own.inputs]
    const { stated } = own
    const thieves = thievesOf(caseFile, chain)
    const services = namesOf(stated)
    const common = {
      caseFile,
      chain: caseFile.chain,
      services,
      stated,
      thieves,
      isLedger: false,
      owners: null,
      accounts: null,
      inputs,
    }
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
  const named = chainName === null ? null : await loadChain(chainName)
  const { source, chain, inputs, owners, accounts } = await openRecords(records, named, toHeight, onProgress)
  // What reads files is loaded where files are read: a bundled case needs none of it.
  const { readThefts } = await import("../readers/list-files.ts")
  const listed = theftsFile === null ? null : await readThefts(theftsFile)
  const thefts = listed?.thefts ?? [...new Set(theftRefs)].map(ref => ({ id: ref, refs: [ref] }))
  const own = await withFile(servicesOfChain(chain), servicesFile, chain)
  const theftList =
    listed === null || theftsFile === null ? [] : [{ name: theftsFile, sha256: listed.sha256 }]
  const all = [...inputs, ...theftList, ...own.inputs]
  const { stated } = own
  return {
    caseFile: null,
    chain: chain?.name ?? null,
    source,
    thefts,
    services: namesOf(stated),
    stated,
    thieves: new Set(),
    isLedger: records.kind === "ledger",
    owners: owners ?? null,
    accounts: accounts ?? null,
    inputs: all,
    notices: [],
  }
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
