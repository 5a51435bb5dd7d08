import { concerned } from "../../chains/nem/concern.ts"
import type { Entry } from "../../chains/nem/entry.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { Harvest } from "./answers.ts"
import type { Nis } from "./nis.ts"
import { checkTransaction } from "./signature-checks.ts"

/** All that a node lists for an account, newest first, or as much of it as was read. */
export interface Listed<Item> {
  readonly items: readonly Item[]
  /** False where older ones were not read: the account has more pages than are read of one account. */
  readonly isAll: boolean
}

/**
 * An account's transactions. Each page must go on where the last one ended, so that no answer can make the reading
 * go in circles; every hash is recomputed, every signature verified, and each must concern the account. That none is
 * left out cannot be proved.
 *
 * @throws RemoteFault, or Problem `chain-data-malformed` where a signature does not hold
 */
export async function transfersOf(nis: Nis, address: string, mostPages: number): Promise<Listed<Entry>> {
  const seen = new Set<string>()
  const listed = await pages(
    mostPages,
    before => nis.transfers(address, before),
    (entry, last) => {
      const { id, hash, height, transaction } = entry
      const place = `transaction ${hash}`
      if (last !== null && id >= last.id) return `${place}: out of order, or told twice`
      if (last !== null && height > last.height) return `${place}: heights rise going back`
      if (seen.has(hash)) return `${place}: told twice`
      if (!concerned(transaction).has(address)) return `${place}: of other accounts`
      seen.add(hash)
      return null
    },
    fault(nis, `/account/transfers/all?address=${address}`),
  )
  for (const { transaction, hash } of listed.items) checkTransaction(transaction, hash)
  return listed
}

/** The blocks whose fees an account got, or which it signed: NIS lists both. */
export async function harvestsOf(nis: Nis, address: string, mostPages: number): Promise<Listed<Harvest>> {
  return pages(
    mostPages,
    before => nis.harvests(address, before),
    ({ id, height }, last) => {
      if (last === null || (id < last.id && height < last.height)) return null
      return `block ${height}: out of order, or told twice`
    },
    fault(nis, `/account/harvests?address=${address}`),
  )
}

async function pages<Item extends { readonly id: number }>(
  most: number,
  ask: (before: number | null) => Promise<readonly Item[]>,
  judge: (item: Item, last: Item | null) => string | null,
  refuse: (what: string) => RemoteFault,
): Promise<Listed<Item>> {
  const items: Item[] = []
  let last: Item | null = null
  for (let page = 0; page < most; page++) {
    const found: readonly Item[] = await ask(last?.id ?? null)
    if (found.length === 0) return { items, isAll: true }
    for (const item of found) {
      const wrong = judge(item, last)
      if (wrong !== null) throw refuse(wrong)
      items.push(item)
      last = item
    }
  }
  return { items, isAll: false }
}

const fault = (nis: Nis, path: string) => (what: string) =>
  new RemoteFault("nonsense", path, what, { file: nis.href })
