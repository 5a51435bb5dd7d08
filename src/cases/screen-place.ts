import type { ScreenedLedger } from "./screen-ledger.ts"
import { locate } from "./screen-locate.ts"
import type { Ref } from "./screen-ref.ts"

/** Outputs of one transaction whose owners are looked up; a larger one pays the same few or strangers. */
const MOST_OWNERS = 1000

/** Where a reference is in the ledger. */
export interface Place {
  /** Of the owners of what it is about; in canonical form, each once. */
  readonly addresses: readonly string[]
  /** The traced rows of it. */
  readonly rows: readonly number[]
  /** Whether what its pots hold is its own: not of a transfer into an account, which holds more. */
  readonly withHeld: boolean
  readonly isThere: boolean
}

const NOWHERE: Place = { addresses: [], rows: [], withHeld: false, isThere: false }

/** @returns null where the ledger is of another chain than the reference */
export async function placeIn(ledger: ScreenedLedger, ref: Ref): Promise<Place | null> {
  const form = ref.forms.find(({ chains }) => ledger.chain === null || chains.includes(ledger.chain.name))
  const isOpen = ref.kind === "account-ref" && ref.forms[0]?.chains.length === 0
  const text = form?.text ?? (isOpen ? ref.forms[0]?.text : undefined)
  if (text === undefined) return null
  switch (ref.kind) {
    case "address":
      return { addresses: [text], rows: ledger.set?.rowsOfAddress(text) ?? [], withHeld: true, isThere: true }
    case "output":
      return ledger.source.shape === "utxo" ? outputIn(ledger, text, ref.rest ?? "0") : NOWHERE
    case "transaction":
      return transactionIn(ledger, text)
    case "account-ref":
      return accountRefIn(ledger, `${text}${ref.rest}`)
  }
}

async function outputIn(ledger: ScreenedLedger, tx: string, vout: string): Promise<Place> {
  const pot = `${tx}:${vout}`
  const found = await locate(ledger.source, pot)
  if (found === null) return NOWHERE
  const owner = found.step.credits[found.credit]?.address ?? null
  const rows = (ledger.set?.rowsOfTx(tx) ?? []).filter(row => ledger.set?.creditAt(row).pot === pot)
  return { addresses: owner === null ? [] : [owner], rows, withHeld: true, isThere: true }
}

async function transactionIn(ledger: ScreenedLedger, tx: string): Promise<Place> {
  const rows = ledger.set?.rowsOfTx(tx) ?? []
  if (ledger.source.shape === "account") {
    // Which rows an account chain's transaction has, only its traced ones tell.
    const owners = rows.map(row => ledger.set?.creditAt(row).address ?? null)
    return { addresses: unique(owners), rows, withHeld: false, isThere: rows.length > 0 }
  }
  const found = await locate(ledger.source, `${tx}:0`)
  if (found === null) return NOWHERE
  const owners = found.step.credits.slice(0, MOST_OWNERS).map(({ address }) => address)
  return { addresses: unique(owners), rows, withHeld: true, isThere: true }
}

async function accountRefIn(ledger: ScreenedLedger, ref: string): Promise<Place> {
  const found = await locate(ledger.source, ref)
  if (found === null) return NOWHERE
  const { step, credit } = found
  const owner = step.credits[credit]?.address ?? null
  if (owner === null) return { addresses: [], rows: [], withHeld: false, isThere: true }
  const rows = ledger.set?.rowsOfAddress(owner) ?? []
  const own = rows.filter(row => ledger.set?.creditAt(row).position === step.position)
  return { addresses: [owner], rows: own, withHeld: false, isThere: true }
}

function unique(addresses: readonly (string | null)[]): readonly string[] {
  return [...new Set(addresses)].filter(address => address !== null)
}
