import { type Chain, loadChain } from "../chains/chain.ts"
import type { AccountMove } from "../clustering/account-graph.ts"
import type { AccountRow } from "../ledger/account-row.ts"
import { UNRECORDED } from "../ledger/account-row.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { knownAsset } from "./known-asset.ts"
import type { LinkAccounts } from "./link-context.ts"
import type { Opened } from "./open.ts"
import type { Input } from "./records.ts"
import { namesOf, servicesOfChain, withFile } from "./services-stated.ts"

/** Records in which links are looked for: a trace's, with what an account ever did, where the records tell. */
export interface OpenedLinks {
  readonly opened: Opened
  readonly accounts: LinkAccounts | null
  readonly native: string | null
}

export type LinkRecords =
  | { readonly kind: "ledger"; readonly folder: string }
  | { readonly kind: "transfers"; readonly file: string }

/** Opens a ledger, or a file of transfers, and the thefts declared in it. */
export async function openLinks(
  records: LinkRecords,
  chainName: string | null,
  theftsFile: string,
  servicesFile: string | null,
  toHeight: number | null,
): Promise<OpenedLinks> {
  const stated = chainName === null ? null : await loadChain(chainName)
  const { readThefts } = await import("../readers/list-files.ts")
  const { thefts, sha256 } = await readThefts(theftsFile)
  const read =
    records.kind === "ledger"
      ? await ledgerOf(records.folder, stated, toHeight)
      : await transfersOf(records.file, stated, toHeight)
  const { chain, source, inputs, owners, accounts } = read
  const own = await withFile(servicesOfChain(chain), servicesFile, chain)
  const opened: Opened = {
    caseFile: null,
    chain: chain?.name ?? null,
    source,
    thefts,
    services: namesOf(own.stated),
    stated: own.stated,
    thieves: new Set(),
    isLedger: records.kind === "ledger",
    owners: owners ?? null,
    // Deposit accounts are told by the findings themselves, with who shares them.
    accounts: null,
    inputs: [...inputs, { name: theftsFile, sha256 }, ...own.inputs],
    notices: [],
  }
  return { opened, accounts, native: chain?.native.asset ?? null }
}

async function ledgerOf(folder: string, stated: Chain | null, toHeight: number | null) {
  const { openLedger } = await import("./open-ledger.ts")
  const read = await openLedger(folder, stated, toHeight)
  return { ...read, accounts: (await read.accounts?.()) ?? null }
}

async function transfersOf(file: string, chain: Chain | null, toHeight: number | null) {
  const { readTransfers } = await import("../readers/transfers-file.ts")
  const { AccountRecords } = await import("../readers/account-records.ts")
  const checkAddress = chain?.checkAddress ?? ((address: string) => address)
  const { rows, sha256 } = await readTransfers(file, checkAddress)
  const source = new AccountRecords(rows, toHeight, asset => knownAsset(asset, chain))
  const inputs: readonly Input[] = [{ name: file, sha256 }]
  return { source, chain, inputs, owners: undefined, accounts: new RowAccounts(rows, source.horizon.height) }
}

/** What moved on accounts, from rows in memory; a move's position is its row's index. */
export class RowAccounts implements LinkAccounts {
  readonly #rows: readonly AccountRow[]
  readonly #of = new Map<string, number[]>()

  /** @param height rows above it are beyond the horizon; null for none */
  constructor(rows: readonly AccountRow[], height: number | null) {
    this.#rows = rows
    for (const [at, { from, to, tx }] of rows.entries()) {
      if (height !== null && tx.height !== null && tx.height > height) break
      for (const account of new Set([from, to])) {
        if (account !== null && account !== UNRECORDED) getOrMake(this.#of, account, () => []).push(at)
      }
    }
  }

  *movesOf(account: string): Generator<AccountMove> {
    for (const position of this.#of.get(account) ?? []) {
      const row = this.#rows[position]
      if (row === undefined) continue
      const { from, to, tx, asset, amount, kind } = row
      const direction = to === account ? "in" : "out"
      const other = direction === "in" ? from : to
      const counterparty = other === UNRECORDED ? null : other
      const height = tx.height ?? 0
      yield { position, height, asset, amount, direction, isFee: kind === "fee", counterparty }
    }
  }

  stepCount(account: string): number {
    return this.#of.get(account)?.length ?? 0
  }

  txidAt(position: number): string | null {
    return this.#rows[position]?.tx.id ?? null
  }
}
