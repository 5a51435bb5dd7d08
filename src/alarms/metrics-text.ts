import { ALARM_KINDS, type AlarmKind } from "../contracts/alarm.ts"
import type { ReceiverFigures } from "./delivery.ts"

/** What a follower knows of itself. */
export interface FollowFigures {
  readonly blocksSeen: number
  readonly blocksUndone: number
  /** Raised since it began. */
  readonly alarms: Readonly<Partial<Record<AlarmKind, number>>>
  readonly withdrawn: number
  readonly unknown: number
  /** Null before the first block. */
  readonly lastHeight: number | null
  /** Milliseconds since 1970; null where it is not known. */
  readonly lastTime: number | null
  readonly receivers: readonly ReceiverFigures[]
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [Labels, number]

/**
 * The text format of Prometheus, version 0.0.4: a HELP and a TYPE line before each family, one sample a line. What is
 * not known has no sample.
 */
export function metricsText(figures: FollowFigures): string {
  const { receivers, alarms, lastHeight, lastTime } = figures
  // Two webhooks of one host have the same name, and a sample may stand once only.
  const byReceiver = (value: (one: ReceiverFigures) => number): Sample[] =>
    receivers.map((one, n) => [{ receiver: `${n + 1} ${one.name}` }, value(one)])
  return [
    family("ashiato_blocks_total", "counter", "Blocks taken in.", [[{}, figures.blocksSeen]]),
    family("ashiato_blocks_undone_total", "counter", "Blocks taken back.", [[{}, figures.blocksUndone]]),
    family(
      "ashiato_alarms_total",
      "counter",
      "Alarms raised.",
      ALARM_KINDS.map((kind): Sample => [{ kind }, alarms[kind] ?? 0]),
    ),
    family("ashiato_alarms_withdrawn_total", "counter", "Alarms withdrawn.", [[{}, figures.withdrawn]]),
    family("ashiato_alarms_unknown_total", "counter", "Alarms that could not be judged.", [
      [{}, figures.unknown],
    ]),
    family("ashiato_last_block_height", "gauge", "Height of the newest block.", known(lastHeight)),
    family(
      "ashiato_last_block_time_seconds",
      "gauge",
      "Time of the newest block, in seconds since 1970.",
      known(lastTime === null ? null : lastTime / 1000),
    ),
    family(
      "ashiato_queue_length",
      "gauge",
      "Notices not yet delivered.",
      byReceiver(one => one.waiting),
    ),
    family(
      "ashiato_deliveries_total",
      "counter",
      "Notices delivered.",
      byReceiver(one => one.delivered),
    ),
    family(
      "ashiato_delivery_failures_total",
      "counter",
      "Tries that failed.",
      byReceiver(one => one.failures),
    ),
  ].join("")
}

const known = (value: number | null): readonly Sample[] => (value === null ? [] : [[{}, value]])

function family(name: string, type: "counter" | "gauge", help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].map(line => `${line}\n`).join("")
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")
}
