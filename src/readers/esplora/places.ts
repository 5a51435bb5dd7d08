import { lastPositionOf, type Position, positionOf } from "../../units/position.ts"
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

  meetBlock({ height, hash, time }: Confirmation): void {
    const known = this.#blockAt.get(height)
    if (known === undefined) this.#blockAt.set(height, { height, hash, time })
    else if (known.hash !== hash || known.time !== time) {
      throw disagreement(`/block/${hash}`, `height ${height} is ${known.hash} of ${known.time}`)
    }
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
