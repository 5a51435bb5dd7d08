import type { Step } from "../ledger/step.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import { locate } from "./screen-locate.ts"
import { NO_OWNERS, type Owners, sideOf, sideOfAddresses } from "./screen-owners.ts"
import type { Ref } from "./screen-ref.ts"

/** Where a reference is in the ledger. */
export interface Place {
  readonly owners: Owners
  /** Whether the ledger can tell who spent: one that was published long ago may not. */
  readonly knowsSpenders: boolean
  /** The traced rows of it. */
  readonly rows: readonly number[]
  /** Whether what its pots hold is its own: not of a transfer into an account, which holds more. */
  readonly withHeld: boolean
  readonly isThere: boolean
  /** Of its step, in the order of the ledger; null where it is of several or not known. */
  readonly position: number | null
}

const NOWHERE: Place = {
  owners: NO_OWNERS,
  knowsSpenders: true,
  rows: [],
  withHeld: false,
  isThere: false,
  position: null,
}

/** @returns null where the ledger is of another chain than the reference */
export async function placeIn(ledger: ScreenedLedger, ref: Ref): Promise<Place | null> {
  const form = ref.forms.find(({ chains }) => ledger.chain === null || chains.includes(ledger.chain.name))
  const isOpen = ref.kind === "account-ref" && ref.forms[0]?.chains.length === 0
  const text = form?.text ?? (isOpen ? ref.forms[0]?.text : undefined)
  if (text === undefined) return null
  switch (ref.kind) {
    case "address":
      return there(received([text]), ledger.set?.rowsOfAddress(text) ?? [], true)
    case "output":
      return ledger.source.shape === "utxo" ? outputIn(ledger, text, ref.rest ?? "0") : NOWHERE
    case "transaction":
      return ledger.source.shape === "utxo" ? transactionIn(ledger, text) : accountTransactionIn(ledger, text)
    case "account-ref":
      return accountRefIn(ledger, text, ref.rest ?? "")
  }
}

function there(
  owners: Owners,
  rows: readonly number[],
  withHeld: boolean,
  position: number | null = null,
): Place {
  return { owners, knowsSpenders: true, rows, withHeld, isThere: true, position }
}

function received(addresses: readonly (string | null)[]): Owners {
  return { ...NO_OWNERS, received: sideOfAddresses(addresses) }
}

async function outputIn(ledger: ScreenedLedger, tx: string, vout: string): Promise<Place> {
  const pot = `${tx}:${vout}`
  const found = await locate(ledger.source, pot)
  if (found === null) return NOWHERE
  const rows = (ledger.set?.rowsOfTx(tx) ?? []).filter(row => ledger.set?.creditAt(row).pot === pot)
  const owner = found.step.credits[found.credit]?.address ?? null
  return withSpenders(ledger, tx, found.step, received([owner]), rows)
}

async function transactionIn(ledger: ScreenedLedger, tx: string): Promise<Place> {
  const found = await locate(ledger.source, `${tx}:0`)
  if (found === null) return NOWHERE
  const owners = received(found.step.credits.map(({ address }) => address))
  return withSpenders(ledger, tx, found.step, owners, ledger.set?.rowsOfTx(tx) ?? [])
}

/** Whoever is paid by somebody under sanctions has to see it, of an output as of its transaction. */
function withSpenders(
  { graph }: ScreenedLedger,
  tx: string,
  { debits, position }: Step,
  owners: Owners,
  rows: readonly number[],
): Place {
  const number = graph?.transactionOf(tx) ?? null
  if (graph === null || number === null) {
    return { ...there(owners, rows, true, position), knowsSpenders: debits.length === 0 }
  }
  const spenders = graph.transaction(number).inputs.map(({ owner }) => owner)
  const spent = sideOf(spenders, owner => graph.addressOf(owner))
  return there({ ...owners, spent }, rows, true, position)
}

async function accountTransactionIn({ set, source, accounts }: ScreenedLedger, tx: string): Promise<Place> {
  const rows = set?.rowsOfTx(tx) ?? []
  const all = accounts === null ? null : [...(await accounts()).transfersOf(tx)]
  if (all === null) {
    // Without an index of transactions only the traced rows tell who received.
    const owners = received(rows.map(row => set?.creditAt(row).address ?? null))
    return { ...there(owners, rows, false), knowsSpenders: false, isThere: rows.length > 0 }
  }
  if (all.length === 0) return NOWHERE
  const spent = sideOfAddresses(all.map(({ from }) => from))
  const got = all.filter(({ isFee }) => !isFee).map(({ to }) => to)
  const first = set === null ? null : await locate(source, `${tx}${all[0]?.rest ?? ""}`)
  const position = first?.step.position ?? null
  return there({ spent, received: sideOfAddresses(got) }, rows, false, position)
}

async function accountRefIn(ledger: ScreenedLedger, tx: string, rest: string): Promise<Place> {
  const found = await locate(ledger.source, `${tx}${rest}`)
  if (found === null) return NOWHERE
  const { step, credit } = found
  const owner = step.credits[credit]?.address ?? null
  const row = [...((await ledger.accounts?.())?.transfersOf(tx) ?? [])].find(one => one.rest === rest)
  const owners = {
    spent: sideOfAddresses([row === undefined ? senderOf(ledger, step, credit) : row.from]),
    received: sideOfAddresses([owner]),
  }
  if (owner === null) return there(owners, [], false, step.position)
  const rows = ledger.set?.rowsOfAddress(owner) ?? []
  const own = rows.filter(row => ledger.set?.creditAt(row).position === step.position)
  return there(owners, own, false, step.position)
}

/** Each row of an account chain has its own debit, but for an issue: where one is among others, whose is whose is open. */
function senderOf({ source }: ScreenedLedger, { debits, credits }: Step, credit: number): string | null {
  const debit = debits.length === credits.length ? debits[credit] : undefined
  return debit === undefined ? null : source.potName(debit.pot).slice(0, -1 - debit.asset.length)
}
