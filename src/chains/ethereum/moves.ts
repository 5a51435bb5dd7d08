import type { Hex } from "viem"
import type { CallFrame } from "./call-frame.ts"
import { EthereumFault } from "./fault.ts"

/** Native value that code moved within a transaction. */
export interface Move {
  /** `call:0.1.2`, the place in the tree of calls; or `destroyed:ADDRESS`. */
  readonly at: string
  readonly from: Hex
  /** Null where it was destroyed. */
  readonly to: Hex | null
  readonly amount: bigint
}

export interface Moves {
  readonly moves: readonly Move[]
  /** False where the tracer says that a contract destroyed itself, but not what it left to whom. */
  readonly complete: boolean
}

export interface MoveRules {
  /** EIP-6780, Cancun: a contract is destroyed only by the transaction that made it. */
  readonly destroysOnlyCreated: boolean
  /** What its producer gets for the transaction after its code has run: lost too if he was destroyed in it. */
  readonly tip: { readonly to: Hex; readonly amount: bigint }
}

/**
 * What a transaction's calls moved, in the order of execution, the value of the transaction itself left out. What
 * failed moved nothing, nor did anything that it called. A delegate call shows its caller's value and moves none; that
 * of a CALLCODE stays with the caller; a static call has none.
 *
 * A contract that destroys itself leaves its balance to the beneficiary. To itself it destroys it (before Cancun, or
 * when it was made in this transaction; otherwise it keeps it). What a destroyed contract receives later in the same
 * transaction is gone at its end, and is told there.
 *
 * @throws EthereumFault where the tree lacks what a call of its type has
 */
export function movesOf(top: CallFrame, rules: MoveRules): Moves {
  const walk = new Walk(rules)
  walk.visit(top, "", null)
  walk.lose()
  return { moves: walk.moves, complete: walk.complete }
}

class Walk {
  readonly moves: Move[] = []
  complete = true
  readonly #rules: MoveRules
  readonly #created = new Set<Hex>()
  /** What each destroyed contract has got since. */
  readonly #lost = new Map<Hex, bigint>()
  #last: Omit<Move, "at"> | null = null

  constructor(rules: MoveRules) {
    this.#rules = rules
  }

  /** @param self the account in whose place the caller's code runs; null at the top */
  visit(frame: CallFrame, path: string, self: Hex | null): void {
    if (frame.failed) return
    const { type, from, to, value } = frame
    const at = `call:${path}`
    if (type === "SELFDESTRUCT") {
      this.#destroy(frame, at, self)
      return
    }
    const creates = type === "CREATE" || type === "CREATE2"
    if (creates && to !== null) this.#created.add(to)
    if ((creates || type === "CALL") && value !== null) {
      if (from === null || to === null) throw new EthereumFault("trace does not match", at)
      this.#move(path === "" ? null : at, from, to, value)
    }
    const own = type === "DELEGATECALL" || type === "CALLCODE" ? self : to
    for (const [index, call] of frame.calls.entries()) {
      this.visit(call, path === "" ? `${index}` : `${path}.${index}`, own)
    }
  }

  #destroy({ from, to, value }: CallFrame, at: string, self: Hex | null): void {
    if (from === null || to === null || value === null) {
      this.complete = false
      return
    }
    if (from !== self) {
      // Revm's tracer (anvil, Reth) takes the last transfer for what a self-destruct moved. Where that moved nothing,
      // being in favour of itself after Cancun, the transfer before it comes out twice.
      const { from: source, to: target, amount } = this.#last ?? { from: null, to: null, amount: 0n }
      if (source !== from || target !== to || amount !== value) this.complete = false
      return
    }
    const destroyed = !this.#rules.destroysOnlyCreated || this.#created.has(from)
    if (from !== to) this.#move(at, from, to, value)
    else if (destroyed) this.#move(at, from, null, value)
    if (destroyed) this.#lost.set(from, 0n)
  }

  /** @param at null for what is told elsewhere: the value of the transaction itself */
  #move(at: string | null, from: Hex, to: Hex | null, amount: bigint): void {
    if (amount === 0n) return
    const lost = this.#lost
    if (from !== to && lost.has(from)) lost.set(from, (lost.get(from) ?? 0n) - amount)
    if (from !== to && to !== null && lost.has(to)) lost.set(to, (lost.get(to) ?? 0n) + amount)
    this.#last = { from, to, amount }
    if (at !== null) this.moves.push({ at, from, to, amount })
  }

  /** The end of the transaction, when destroyed contracts cease to be. */
  lose(): void {
    const { tip } = this.#rules
    for (const [account, since] of this.#lost) {
      const amount = since + (account === tip.to ? tip.amount : 0n)
      if (amount > 0n) this.moves.push({ at: `destroyed:${account}`, from: account, to: null, amount })
    }
  }
}
