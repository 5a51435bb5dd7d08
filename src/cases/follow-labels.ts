import { existsSync } from "node:fs"
import { type LabelState, loadLabels, saveLabels } from "../alarms/label-state.ts"
import { type KnownClaims, newLabels } from "../alarms/label-watch.ts"
import type { AlarmNotice, AlarmsFile, LabelAlarm } from "../contracts/alarm.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { type LabelColumns, openLabelColumns } from "../stores/label-book/label-columns.ts"
import { Problem } from "../units/problem.ts"
import { dayOf } from "./labels-day.ts"
import { DEFAULT_LABELS } from "./labels-open.ts"

/** So many addresses are looked up before others have their turn: deliveries, and Ctrl-C. */
const AT_A_TIME = 256
const NO_BOOK: Pick<LabelBook, "labelsOf"> = { labelsOf: () => [] }

/**
 * What a label book says of watched addresses, held against what it said before. A book is looked into when a pack has
 * come to it, and on each new day, since a label may stand from a day on. What is known is on disk, so that a list that
 * is imported while nobody follows rings at the next start; of an address that is new to an alarm, what is said already
 * is history.
 */
export class FollowedLabels {
  readonly #alarms: readonly LabelAlarm[]
  readonly #chain: string
  readonly #folder: string | null
  readonly #file: string
  #known: LabelState
  /** The day and the packs that were looked at last. */
  #seen: string | null = null
  #isKept = true

  /**
   * @param folder of the book; null for the default one, which need not be there
   * @throws Problem `alarm-state-damaged`
   */
  constructor(file: string, { alarms, chain }: AlarmsFile, folder: string | null) {
    this.#file = file
    this.#chain = chain
    this.#folder = folder
    this.#alarms = alarms.filter(alarm => alarm.kind === "label")
    this.#known = loadLabels(file)
  }

  /**
   * What rings since the last time. What is not kept after it is found again by the next process, under the same keys.
   *
   * @throws Problem `labels-missing`, `labels-not-published` the first time; `labels-damaged`, `labels-other-version`
   */
  async look(day: string = dayOf(null)): Promise<readonly AlarmNotice[]> {
    if (this.#alarms.length === 0) return []
    const book = this.#open(day)
    try {
      const seen = JSON.stringify([day, book?.packNames() ?? null])
      if (seen === this.#seen) return []
      const notices = await this.#lookInto(book)
      this.#seen = seen
      return notices
    } finally {
      book?.close()
    }
  }

  /** Null where there is none, which is to be expected of the default one, and of one that is being made. */
  #open(day: string): LabelColumns | null {
    const isFirst = this.#seen === null
    if (!existsSync(this.#folder ?? DEFAULT_LABELS) && !(isFirst && this.#folder !== null)) return null
    try {
      return openLabelColumns(this.#folder ?? DEFAULT_LABELS, day)
    } catch (error) {
      const isPassing =
        error instanceof Problem && ["labels-missing", "labels-not-published"].includes(error.code)
      if (isFirst || !isPassing) throw error
      return null
    }
  }

  async #lookInto(book: LabelColumns | null): Promise<readonly AlarmNotice[]> {
    const known = new Map<string, ReadonlyMap<string, KnownClaims>>()
    const notices: AlarmNotice[] = []
    let looked = 0
    for (const alarm of this.#alarms) {
      const before = this.#known.get(alarm.id)
      const own = new Map<string, KnownClaims>()
      for (const address of alarm.addresses) {
        const claims = before?.get(address) ?? null
        const found = newLabels(this.#chain, alarm, address, claims, book ?? NO_BOOK)
        notices.push(...found.notices)
        // A book that is away for the moment unsays nothing.
        own.set(address, book === null && claims !== null ? claims : found.known)
        if (++looked % AT_A_TIME === 0) await new Promise(resolve => setImmediate(resolve))
      }
      known.set(alarm.id, own)
    }
    this.#isKept = false
    this.#known = known
    return notices
  }

  /** What rang is told: it does not ring again. On disk when it returns. */
  keep(): void {
    if (this.#isKept) return
    saveLabels(this.#file, this.#known)
    this.#isKept = true
  }
}
