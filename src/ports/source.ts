import type { Asset } from "../ledger/asset.ts"
import type { GapCode } from "../ledger/gap.ts"
import type { PotId } from "../ledger/step.ts"
import type { Answer, Need } from "../tracing/need.ts"
import type { Time } from "../units/time.ts"

/** Something that a source says of its own data: reported with the answer as a gap, refused by nobody. */
export interface Notice {
  readonly code: Extract<
    GapCode,
    | "clock-backwards"
    | "reported-not-on-chain"
    | "record-unproven"
    | "internal-calls-absent"
    | "token-does-not-add-up"
    | "levy-unknown"
    | "extension-block"
  >
  /** Told only where this asset is answered; null always. */
  readonly asset: string | null
  /** What its sentence needs: see `messages/gaps.en.ts`. */
  readonly detail: Readonly<Record<string, string>>
}

/**
 * Anything that answers the engine: a file's records, a ledger, a node, an explorer. Steps beyond the horizon do
 * not exist for it.
 */
export interface Source {
  readonly shape: "utxo" | "account"
  readonly horizon: { readonly height: number | null; readonly hash: string | null; readonly time: Time }
  readonly notices: readonly Notice[]
  /** Answers in the order of the needs. At once where everything is at hand, so that no command waits for a tick. */
  answer(needs: readonly Need[]): readonly Answer[] | Promise<readonly Answer[]>
  /** `txid:vout`, or `account/asset`. */
  potName(pot: PotId): string
  assetOf(name: string): Asset
}
