import { join } from "node:path"
import type { FollowFigures } from "../alarms/metrics-text.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { FollowEvent } from "../contracts/follow.ts"
import { type Columns, openColumns } from "../stores/columns/columns.ts"
import { SweepTrail } from "../stores/sweeps/sweep-trail.ts"
import { loadTold, saveTold } from "../stores/sweeps/told-blocks.ts"
import { BlockTable } from "../stores/utxo-ledger/block-table.ts"
import { OwnerTable } from "../stores/utxo-ledger/owner-table.ts"
import { SweepLedger } from "../stores/utxo-ledger/sweep-ledger.ts"
import { Problem } from "../units/problem.ts"
import { FollowCounts } from "./follow-figures.ts"
import { lockFollowed } from "./follow-lock.ts"
import { MoveTeller } from "./follow-moves.ts"
import { type BlockAt, declaredSoFar, type FollowQuestion, type FollowWatch } from "./follow-question.ts"
import { FollowedRule } from "./follow-rule.ts"
import { sumsOf } from "./follow-sums.ts"
import { sweepKey } from "./sweep-key.ts"
import { SWEEPS_FOLDER } from "./sweep-ledger.ts"

/** So many blocks at most are swept again after a kill. */
const KEEP_EVERY = 16
/** As many blocks as a ledger takes back. */
const WINDOW = 100

/** Tells the blocks of a ledger that were not told yet, and undoes those that it has left. */
export class Follower {
  readonly #question: FollowQuestion
  readonly #chain: Chain
  readonly #stops: ReadonlyMap<string, string>
  readonly #rules: readonly FollowedRule[]
  readonly #toldFile: string
  readonly #watch: FollowWatch | null
  readonly #unlock: () => void
  readonly #counts = new FollowCounts()
  #told: BlockAt[]
  /** Blocks up to this height were there before following began, and nobody was told of them. */
  #beganAt: number
  #hasBegun = false
  #isWatching = false
  #unknown = new Set<string>()

  private constructor(question: FollowQuestion, chain: Chain) {
    const { folder, thefts, fees, services, rules } = question
    this.#question = question
    this.#chain = chain
    this.#stops = new Map([...chain.services, ...services])
    const key = sweepKey({ thefts, fees, services: this.#stops, chain: chain.name })
    const own = join(folder, SWEEPS_FOLDER, key)
    this.#rules =
      thefts.length === 0 ? [] : rules.map(rule => new FollowedRule(rule, fees, new SweepTrail(own, rule)))
    // What is told depends on the rules, what a rule comes to does not.
    const followed = join(own, `follow-${[...rules].join("+")}`)
    this.#unlock = lockFollowed(followed)
    this.#toldFile = join(followed, "told.blocks")
    this.#watch = question.openWatch?.(join(followed, "alarms")) ?? null
    const told = loadTold(this.#toldFile)
    this.#told = [...(told?.blocks ?? [])]
    this.#beganAt = told?.beganAt ?? 0
  }

  static async open(question: FollowQuestion): Promise<Follower> {
    return new Follower(question, await loadChain(question.network.chain))
  }

  /** The last block of which all has been told. */
  get last(): BlockAt | null {
    return this.#told.at(-1) ?? null
  }

  /**
   * Goes through what the published ledger has that was not told yet. Stops between two blocks where it is asked to.
   *
   * @throws Problem of the ledger; `ledger-reorganised` where it has left every block that was told
   */
  async round(): Promise<void> {
    const columns = openColumns(this.#question.folder)
    try {
      const all = this.#ledger(columns, null)
      if (all.horizon === null) return
      await this.#begin(all)
      const isOnChain = ({ height, hash }: BlockAt): boolean =>
        height < all.blocks && all.hashAt(height) === hash
      await this.#undo(isOnChain)
      const told = this.last as BlockAt
      if (!this.#isWatching) await this.#watch?.begin(told, columns)
      this.#isWatching = true
      const upTo = this.#ledger(columns, told.height)
      const { declared, unknown } = declaredSoFar(all, this.#question.thefts)
      this.#sayUnknown(unknown)
      const before = declaredSoFar(upTo, this.#question.thefts).declared
      for (const rule of this.#rules) rule.bringTo(upTo, before, declared)
      await this.#tell(columns, all, isOnChain)
    } finally {
      columns.close()
    }
  }

  #ledger(columns: Columns, toHeight: number | null): SweepLedger {
    return new SweepLedger(columns, this.#question.network.network, this.#stops, toHeight)
  }

  /** The first time following begins at the ledger's last block: what was before is history, which sweep answers. */
  async #begin(all: SweepLedger): Promise<void> {
    const again = this.#told.length > 0
    if (!again && all.horizon !== null) {
      const first = Math.max(0, all.blocks - 1 - WINDOW)
      this.#told = Array.from({ length: all.blocks - first }, (_, at) => {
        return { height: first + at, hash: all.hashAt(first + at) }
      })
      this.#beganAt = all.horizon.height
      await this.#watch?.forget()
      this.#keepTold()
    }
    if (this.#hasBegun) return
    this.#hasBegun = true
    this.#say({ event: "began", ...(this.last as BlockAt), again })
  }

  async #undo(isOnChain: (block: BlockAt) => boolean): Promise<void> {
    for (let last = this.last; last !== null && !isOnChain(last); last = this.last) {
      if (this.#told.length === 1)
        throw new Problem("ledger-reorganised", { height: last.height }, { file: this.#question.folder })
      if (last.height > this.#beganAt) {
        for (const notice of (await this.#watch?.undone(last)) ?? []) this.#say({ event: "alarm", notice })
      } else {
        await this.#watch?.forget()
        this.#isWatching = false
      }
      this.#say({ event: "undone", height: last.height, hash: last.hash })
      this.#told.pop()
      this.#beganAt = Math.min(this.#beganAt, last.height - 1)
      this.#keepTold()
    }
  }

  #keepTold(): void {
    saveTold(this.#toldFile, { beganAt: this.#beganAt, blocks: this.#told })
  }

  async #tell(columns: Columns, all: SweepLedger, isOnChain: (block: BlockAt) => boolean): Promise<void> {
    const { thefts, signal, network, untilHeight } = this.#question
    const watch = this.#watch
    const ids = thefts.map(({ id }) => id)
    const blocks = new BlockTable(columns)
    const moves = new MoveTeller(columns, new OwnerTable(columns, network.network), this.#chain.native.asset)
    const end = Math.min(all.blocks, (untilHeight ?? all.blocks) + 1)
    for (let height = (this.last as BlockAt).height + 1; height < end; height++) {
      if (signal.aborted) break
      const block = { height, hash: all.hashAt(height) }
      const chain = all.run(height, height + 1)
      const lots = this.#rules.map(rule => rule.step(chain, block, ids))
      const { debits, credits } = moves.moves(chain, lots, watch !== null)
      const time = blocks.timeAt(height)
      const told = { chain: this.#chain.name, ...block, time, debits, credits }
      for (const notice of (await watch?.block(told)) ?? []) this.#say({ event: "alarm", notice })
      const transactions = chain.txEnd - chain.txFrom
      this.#say({ event: "block", ...block, time, transactions, traced: sumsOf(debits, credits) })
      this.#told.push(block)
      this.#keepTold()
      if (height % KEEP_EVERY === 0) for (const rule of this.#rules) rule.keep(isOnChain)
      // So that Ctrl-C is heard, and deliveries go on.
      await new Promise(resolve => setImmediate(resolve))
    }
    for (const rule of this.#rules) rule.keep(isOnChain)
  }

  /** Once each, until the chain has it. */
  #sayUnknown(unknown: readonly { theft: string; ref: string }[]): void {
    const now = new Set(unknown.map(({ theft, ref }) => `${theft} ${ref}`))
    for (const one of unknown) {
      if (!this.#unknown.has(`${one.theft} ${one.ref}`)) this.#say({ event: "unknown-ref", ...one })
    }
    this.#unknown = now
  }

  async close(): Promise<void> {
    await this.#watch?.close()
    this.#unlock()
  }

  get figures(): FollowFigures {
    return this.#counts.figures(this.#watch?.receivers ?? [])
  }

  #say(event: FollowEvent): void {
    this.#counts.count(event)
    this.#question.onEvent(event)
  }
}
