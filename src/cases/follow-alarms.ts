import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Writable } from "node:stream"
import { definitionOf } from "../alarms/alarm-key.ts"
import { AlarmQueue } from "../alarms/alarm-queue.ts"
import { AlarmWatch } from "../alarms/alarm-watch.ts"
import { Delivery, type ReceiverFigures } from "../alarms/delivery.ts"
import { telling } from "../alarms/durable.ts"
import { receiversOf } from "../alarms/receivers.ts"
import { loadWatch, saveWatch } from "../alarms/state-file.ts"
import type { WatchState } from "../alarms/watch-state.ts"
import type { Alarm, AlarmNotice, AlarmsFile } from "../contracts/alarm.ts"
import type { BlockMoves } from "../ports/block-moves.ts"
import { FollowedLabels } from "./follow-labels.ts"
import type { BalanceAt, BlockAt } from "./follow-ledger.ts"
import type { FollowWatch } from "./follow-question.ts"

/** Twice what a ledger takes back at a time: the node may leave a branch before it has grown as long as the last. */
const UNDO_DEPTH = 200
/** A receiver that is away does not hold up the end for longer. */
const SETTLE_MS = 5_000

/**
 * The alarms of a file held against the blocks that are followed. What rings is in the queue on disk, and after it the
 * state that goes with the block, before a block counts as told: killed in between, the same is found again under the
 * same keys, which the queue knows.
 */
export class FollowAlarms implements FollowWatch {
  readonly #queue: AlarmQueue
  readonly #delivery: Delivery
  readonly #stop = new AbortController()
  readonly #delivering: Promise<void>
  #fault: unknown = null
  readonly #file: AlarmsFile
  readonly #stateFile: string
  readonly #labels: FollowedLabels
  #watch: AlarmWatch
  #saved: WatchState | null

  /**
   * Delivers what an earlier run has left, at once and until it is closed.
   *
   * @param folder of one question's alarms in a ledger
   * @param labels where the label book is; null for the default folder
   * @param output of the receiver "stdout"
   * @throws Problem `alarm-...`
   */
  constructor(folder: string, file: AlarmsFile, labels: string | null, output: Writable) {
    mkdirSync(folder, { recursive: true })
    this.#file = file
    this.#labels = new FollowedLabels(join(folder, "labels.json"), file, labels)
    this.#stateFile = join(folder, "state.json")
    this.#saved = loadWatch(this.#stateFile)
    const queue = join(folder, "queue")
    this.#queue = new AlarmQueue(queue)
    this.#delivery = new Delivery(queue, this.#queue, receiversOf(file.deliver, output))
    this.#delivering = this.#delivery.run(this.#stop.signal).catch((error: unknown) => {
      this.#fault = error
    })
    // Of the others it is not known yet what their addresses held.
    const kept = file.alarms.filter(alarm => alarm.kind !== "outflow" || this.#isKept(alarm))
    this.#watch = this.#watchOf(kept, this.#saved)
  }

  #watchOf(
    alarms: readonly Alarm[],
    saved: WatchState | null,
    openings: ReadonlyMap<string, bigint> = new Map(),
  ) {
    return new AlarmWatch({ chain: this.#file.chain, alarms, undoDepth: UNDO_DEPTH, openings }, saved)
  }

  #isKept(alarm: Alarm): boolean {
    return this.#saved?.outflows.get(alarm.id)?.definition === definitionOf(alarm)
  }

  async begin(at: BlockAt, balanceAt: BalanceAt): Promise<void> {
    const openings = new Map<string, bigint>()
    for (const alarm of this.#file.alarms) {
      if (alarm.kind !== "outflow" || this.#isKept(alarm)) continue
      const balance = await balanceAt(alarm.addresses, alarm.asset, at)
      if (balance !== null) openings.set(alarm.id, balance)
    }
    this.#watch = this.#watchOf(this.#file.alarms, this.#watch.save(), openings)
    this.#keep()
  }

  async forget(): Promise<void> {
    telling(this.#stateFile, () => rmSync(this.#stateFile, { force: true }))
    this.#saved = null
    this.#watch = this.#watchOf(
      this.#file.alarms.filter(({ kind }) => kind !== "outflow"),
      null,
    )
  }

  async block(moves: BlockMoves): Promise<readonly AlarmNotice[]> {
    const { tip } = this.#watch
    if (tip?.height === moves.height && tip.hash === moves.hash) {
      // Looked at before a kill: what rang is in the queue, and told again.
      return this.#watch.save().blocks.at(-1)?.rung ?? []
    }
    const withdrawn = this.#takeBackTo(moves.height)
    return this.#queued([...withdrawn, ...this.#watch.add(moves)])
  }

  async undone({ height }: BlockAt): Promise<readonly AlarmNotice[]> {
    return this.#queued(this.#takeBackTo(height))
  }

  async labels(tell: (notice: AlarmNotice) => void): Promise<void> {
    const notices = await this.#labels.look()
    this.#raise(notices)
    for (const notice of notices) tell(notice)
    // Killed before: the same labels are found again, under the same keys.
    this.#labels.keep()
  }

  /** A kill may have come between the look at a block and the note that it was told: the watch is one ahead then. */
  #takeBackTo(height: number): AlarmNotice[] {
    const withdrawn: AlarmNotice[] = []
    for (let tip = this.#watch.tip; tip !== null && tip.height >= height; tip = this.#watch.tip) {
      withdrawn.push(...this.#watch.undo(tip.height, tip.hash))
    }
    return withdrawn
  }

  #queued(notices: readonly AlarmNotice[]): readonly AlarmNotice[] {
    this.#raise(notices)
    this.#keep()
    return notices
  }

  #raise(notices: readonly AlarmNotice[]): void {
    if (this.#fault !== null) throw this.#fault
    this.#queue.append(notices)
  }

  #keep(): void {
    saveWatch(this.#stateFile, this.#watch.save())
  }

  get receivers(): readonly ReceiverFigures[] {
    return this.#delivery.figures
  }

  /** What is not delivered by then stays in the queue for the next run. */
  async close(): Promise<void> {
    if (this.#fault === null) await this.#delivery.settled(SETTLE_MS)
    this.#stop.abort()
    await this.#delivering
    this.#queue.close()
  }
}
