import type { Notice } from "../../ports/source.ts"
import { lastPositionOf, type Position, positionOf } from "../../units/position.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { ClockWatch } from "../clock-watch.ts"
import type { Confirmation } from "./answers.ts"
import { disagreement } from "./disagreement.ts"

/**
 * Where transactions were said to be. One height has one block and one place one transaction: an explorer that says
 * otherwise is wrong, or its chain was reorganised since it was first asked, and then its answers are of two chains.
 */
export class Places {
  readonly #blockAt = new Map<number, Confirmation>()
  readonly #txAt = new Map<Position, string>()
  readonly #placeOf = new Map<string, Position>()
  readonly #isFinal: (height: number) => boolean

  /** @param isFinal whether a block lies so deep that it is replaced no more */
  constructor(isFinal: (height: number) => boolean) {
    this.#isFinal = isFinal
  }

  meetBlock({ height, hash, time }: Confirmation): void {
    const known = this.#blockAt.get(height)
    if (known === undefined) this.#blockAt.set(height, { height, hash, time })
    else if (known.hash !== hash && !this.#isFinal(height)) {
      throw new Problem("remote-reorganised", { height })
    } else if (known.hash !== hash || known.time !== time) {
      throw disagreement(`/block/${hash}`, `height ${height} is ${known.hash} of ${known.time}`)
    }
  }

  /** Of the blocks met, in order of height. */
  clockNotices(): readonly Notice[] {
    const clock = new ClockWatch()
    const blocks = [...this.#blockAt.values()].sort((a, b) => a.height - b.height)
    for (const { height, time } of blocks) clock.see({ id: null, height, time: parseInstant(String(time)) })
    return clock.notices()
  }

  place(txid: string, confirmed: Confirmation, index: number): Position {
    this.meetBlock(confirmed)
    const { height } = confirmed
    // The coinbase stands first in its block and is evaluated last.
    const position = index === 0 ? lastPositionOf(height) : positionOf(height, index)
    const other = this.#txAt.get(position) ?? txid
    if (other !== txid) throw disagreement(`/tx/${txid}`, `${other} stands at its place in the block`)
    const before = this.#placeOf.get(txid) ?? position
    if (before !== position) throw disagreement(`/tx/${txid}`, "it stands at two places")
    this.#txAt.set(position, txid)
    this.#placeOf.set(txid, position)
    return position
  }

  /** The block whose coinbase is evaluated at a position. */
  blockOf(coinbase: Position): Confirmation {
    for (const block of this.#blockAt.values()) {
      if (lastPositionOf(block.height) === coinbase) return block
    }
    throw new Error(`esplora: no block was met whose coinbase is at ${coinbase}`)
  }
}
