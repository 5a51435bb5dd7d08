import { join } from "node:path"
import type { FollowFigures } from "../alarms/metrics-text.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { FollowEvent } from "../contracts/follow.ts"
import { loadTold, saveTold } from "../stores/sweeps/told-blocks.ts"
import { Problem } from "../units/problem.ts"
import { FollowedAccounts } from "./follow-account.ts"
import { FollowCounts } from "./follow-figures.ts"
import type { BlockAt, FollowedChain, FollowedLedger } from "./follow-ledger.ts"
import { lockFollowed } from "./follow-lock.ts"
import type { FollowedNode } from "./follow-node.ts"
import type { FollowedThefts, FollowQuestion, FollowWatch } from "./follow-question.ts"
import { sumsOf } from "./follow-sums.ts"
import { FollowedUtxo } from "./follow-utxo.ts"
import { SWEEPS_FOLDER } from "./sweep-inquiry.ts"
import { sweepKey } from "./sweep-key.ts"

/** So many blocks at most are swept again after a kill. */
const KEEP_EVERY = 16
/** As many blocks as a ledger takes back. */
const WINDOW = 100

/** Tells the blocks of a ledger that were not told yet, and undoes those that it has left. */
export class Follower {
  readonly #question: FollowQuestion
  readonly #node: FollowedNode
  readonly #chain: Chain
  readonly #followed: FollowedChain
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

  private constructor(question: FollowQuestion, node: FollowedNode, chain: Chain) {
    const { folder, thefts, fees, rules } = question
    this.#question = question
    this.#node = node
    this.#chain = chain
    const services = new Map([...chain.services, ...question.services])
    const own = join(folder, SWEEPS_FOLDER, sweepKey({ thefts, fees, services, chain: chain.name }))
    this.#followed = followedOf({ ...question, own, services }, chain)
    // What is told depends on the rules, what a rule comes to does not.
    const followed = join(own, `follow-${[...rules].join("+")}`)
    this.#unlock = lockFollowed(followed)
    this.#toldFile = join(followed, "told.blocks")
    this.#watch = question.openWatch?.(join(followed, "alarms")) ?? null
    const told = loadTold(this.#toldFile)
    this.#told = [...(told?.blocks ?? [])]
    this.#beganAt = told?.beganAt ?? 0
  }

  static async open(question: FollowQuestion, node: FollowedNode): Promise<Follower> {
    const { from } = question
    return new Follower(
      question,
      node,
      await loadChain(from.kind === "bitcoin" ? from.network.chain : from.kind),
    )
  }

  /** The last block of which all has been told. */
  get last(): BlockAt | null {
    return this.#told.at(-1) ?? null
  }

  /** Looks at labels, which come whether the node is there or not. @throws Problem `labels-...`, `alarm-...` */
  async look(): Promise<void> {
    await this.#watch?.labels(notice => this.#say({ event: "alarm", notice }))
  }

  /**
   * Goes through what the published ledger has that was not told yet. Stops between two blocks where it is asked to.
   *
   * @throws Problem of the ledger; `ledger-reorganised` where it has left every block that was told
   */
  async round(): Promise<void> {
    const ledger = this.#followed.open()
    try {
      if (ledger.horizon === null) return
      await this.#begin(ledger, ledger.horizon)
      if (this.#isWatching && this.last?.hash === ledger.horizon.hash) return
      await this.#undo(({ height, hash }) => ledger.hashAt(height) === hash)
      const told = this.last as BlockAt
      if (!this.#isWatching) {
        await this.#watch?.begin(told, async (addresses, asset, block) => {
          const asked = this.#node.balanceAt
          return asked === null
            ? ledger.balanceAt(addresses, asset, block.height)
            : asked(addresses, asset, block)
        })
      }
      this.#isWatching = true
      this.#sayUnknown(ledger.unknown)
      ledger.bringTo(told)
      await this.#tell(ledger, ledger.horizon)
    } finally {
      ledger.close()
    }
  }

  /** The first time following begins at the ledger's last block: what was before is history, which sweep answers. */
  async #begin(ledger: FollowedLedger, horizon: BlockAt): Promise<void> {
    const again = this.#told.length > 0
    if (!again) {
      this.#told = []
      for (let height = Math.max(0, horizon.height - WINDOW); height <= horizon.height; height++) {
        const hash = ledger.hashAt(height)
        if (hash !== null) this.#told.push({ height, hash })
      }
      this.#beganAt = horizon.height
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

  async #tell(ledger: FollowedLedger, horizon: BlockAt): Promise<void> {
    const { signal, untilHeight } = this.#question
    const watch = this.#watch
    const end = Math.min(horizon.height, untilHeight ?? horizon.height)
    for (let height = (this.last as BlockAt).height + 1; height <= end; height++) {
      if (signal.aborted) break
      const hash = ledger.hashAt(height)
      if (hash === null) throw new Error(`follow: the ledger has no block ${height}`)
      const block = { height, hash }
      const { transactions, ...moves } = ledger.step(block, watch !== null)
      const told = { chain: this.#chain.name, ...moves }
      for (const notice of (await watch?.block(told)) ?? []) this.#say({ event: "alarm", notice })
      const { time, debits, credits } = moves
      this.#say({ event: "block", ...block, time, transactions, traced: sumsOf(debits, credits) })
      this.#told.push(block)
      this.#keepTold()
      if (height % KEEP_EVERY === 0) ledger.keep()
      // So that Ctrl-C is heard, and deliveries go on.
      await new Promise(resolve => setImmediate(resolve))
    }
    ledger.keep()
  }

  /** Once each, until the chain has it. */
  #sayUnknown(unknown: FollowedLedger["unknown"]): void {
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

function followedOf(order: FollowedThefts & Pick<FollowQuestion, "from">, { native }: Chain): FollowedChain {
  const { from } = order
  return from.kind === "bitcoin"
    ? new FollowedUtxo(order, from.network, native.asset)
    : new FollowedAccounts(order)
}
