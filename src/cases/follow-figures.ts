import type { ReceiverFigures } from "../alarms/delivery.ts"
import type { FollowFigures } from "../alarms/metrics-text.ts"
import type { AlarmKind } from "../contracts/alarm.ts"
import type { FollowEvent } from "../contracts/follow.ts"
import { millisecondsOf } from "../units/time.ts"

/** What a follower can say of itself, counted from the events that it gives. */
export class FollowCounts {
  readonly #alarms: Partial<Record<AlarmKind, number>> = {}
  #blocksSeen = 0
  #blocksUndone = 0
  #withdrawn = 0
  #unknown = 0
  #lastHeight: number | null = null
  #lastTime: number | null = null

  count(event: FollowEvent): void {
    if (event.event === "block") {
      this.#blocksSeen++
      this.#lastTime = event.time === null ? null : millisecondsOf(event.time)
      this.#lastHeight = event.height
    } else if (event.event === "undone") {
      this.#blocksUndone++
      this.#lastTime = null
      this.#lastHeight = event.height - 1
    } else if (event.event === "began") this.#lastHeight = event.height
    else if (event.event === "alarm") this.#countAlarm(event.notice)
  }

  #countAlarm({ status, kind }: Extract<FollowEvent, { event: "alarm" }>["notice"]): void {
    if (status === "withdrawn") this.#withdrawn++
    else if (status === "unknown") this.#unknown++
    else this.#alarms[kind] = (this.#alarms[kind] ?? 0) + 1
  }

  figures(receivers: readonly ReceiverFigures[]): FollowFigures {
    return {
      blocksSeen: this.#blocksSeen,
      blocksUndone: this.#blocksUndone,
      alarms: { ...this.#alarms },
      withdrawn: this.#withdrawn,
      unknown: this.#unknown,
      lastHeight: this.#lastHeight,
      lastTime: this.#lastTime,
      receivers,
    }
  }
}
