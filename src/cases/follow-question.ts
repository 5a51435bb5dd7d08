import type { ReceiverFigures } from "../alarms/delivery.ts"
import type { NamedNetwork } from "../chains/bitcoin/network-name.ts"
import type { AlarmNotice } from "../contracts/alarm.ts"
import type { FollowEvent } from "../contracts/follow.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { BlockMoves } from "../ports/block-moves.ts"
import type { Columns } from "../stores/columns/columns.ts"
import type { SweepLedger } from "../stores/utxo-ledger/sweep-ledger.ts"
import type { Declared } from "../tracing/sweep/sweep-chain.ts"
import { Problem } from "../units/problem.ts"

type Thefts = readonly { readonly id: string; readonly refs: readonly string[] }[]

export interface FollowQuestion {
  readonly folder: string
  readonly network: NamedNetwork
  readonly url: string
  readonly cookieFile: string | null
  readonly thefts: Thefts
  readonly services: ReadonlyMap<string, string>
  readonly rules: readonly RuleName[]
  readonly fees: "drop" | "follow"
  readonly pollSeconds: number
  /** Ends when this block has been told; null for never. */
  readonly untilHeight: number | null
  /** Ends at the node's tip, and does not wait for a node that is not there. */
  readonly once: boolean
  /** Opens what looks at the blocks, in a folder of its own. */
  readonly openWatch: ((folder: string) => FollowWatch) | null
  /** Where `/metrics` is served on this machine; null for nowhere. */
  readonly metricsPort: number | null
  readonly onEvent: (event: FollowEvent) => void
  /** Told once, beside the event, until the node is back. */
  readonly onWaiting: (problem: Problem) => void
  readonly signal: AbortSignal
}

/** Who looks at the blocks: the alarms. What was told may be told again after a kill; nothing is left out. */
export interface FollowWatch {
  /**
   * The block from which on others are told, once all that the chain has left is undone, and the ledger, to be used
   * before this returns.
   */
  begin(at: BlockAt, columns: Columns): Promise<void>
  /** Following begins elsewhere: nothing that is kept of earlier blocks counts. */
  forget(): Promise<void>
  /** Everything that rings is stored for delivery before this returns. */
  block(moves: BlockMoves): Promise<readonly AlarmNotice[]>
  /** The last told block has left the chain. */
  undone(block: BlockAt): Promise<readonly AlarmNotice[]>
  readonly receivers: readonly ReceiverFigures[]
  close(): Promise<void>
}

export interface BlockAt {
  readonly height: number
  readonly hash: string
}

/**
 * The credits declared stolen that a ledger has, and the refs that it has not: a chain that is followed may come to
 * have them, or after a reorganisation have lost them.
 *
 * @throws Problem `ref-malformed`
 */
export function declaredSoFar(
  ledger: SweepLedger,
  thefts: Thefts,
): { readonly declared: readonly Declared[]; readonly unknown: readonly { theft: string; ref: string }[] } {
  const unknown: { theft: string; ref: string }[] = []
  const known = thefts.map(({ id, refs }) => ({
    id,
    refs: refs.filter(ref => {
      if (isKnown(ledger, id, ref)) return true
      unknown.push({ theft: id, ref })
      return false
    }),
  }))
  return { declared: ledger.declared(known).declared, unknown }
}

function isKnown(ledger: SweepLedger, id: string, ref: string): boolean {
  try {
    return ledger.declared([{ id, refs: [ref] }]).beyond.length === 0
  } catch (error) {
    if (error instanceof Problem && error.code === "ref-unknown") return false
    throw error
  }
}
