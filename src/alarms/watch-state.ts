import { readFileSync } from "node:fs"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import { Problem } from "../units/problem.ts"
import type { KeptBlock } from "./block-clock.ts"
import type { OutflowRecord, OutflowStand, OutflowState } from "./outflow-watch.ts"

const STATE_SCHEMA = "ashiato/alarm-state/1"
const NOTICE_SCHEMA = new URL("../contracts/alarm.schema.json", import.meta.url)

/** By the base of a key, how often it was withdrawn, and in a block of which height. */
export type Rounds = Map<string, { readonly height: number; readonly withdrawn: number }>

/** What an `AlarmWatch` knows. */
export interface WatchState {
  readonly chain: string
  /** The highest block that was ever seen; -1 before the first. */
  readonly highest: number
  readonly blocks: readonly KeptBlock[]
  readonly rounds: ReadonlyMap<string, { readonly height: number; readonly withdrawn: number }>
  /** By alarm. `definition` is `definitionOf` what was asked for then. */
  readonly outflows: ReadonlyMap<string, { readonly definition: string; readonly state: OutflowState }>
}

interface WrittenStand {
  readonly balance: string | null
  readonly rang: string | null
  readonly told: boolean
}

interface WrittenRecord extends WrittenStand {
  readonly height: number
  readonly clock: number | null
  readonly out: string
}

interface Written {
  readonly schema: typeof STATE_SCHEMA
  readonly chain: string
  readonly highest: number
  readonly blocks: readonly KeptBlock[]
  readonly rounds: readonly (readonly [base: string, height: number, withdrawn: number])[]
  readonly outflows: readonly {
    readonly alarm: string
    readonly definition: string
    readonly before: WrittenStand
    readonly records: readonly WrittenRecord[]
  }[]
}

/** One line of JSON. */
export function watchStateText({ chain, highest, blocks, rounds, outflows }: WatchState): string {
  const written: Written = {
    schema: STATE_SCHEMA,
    chain,
    highest,
    blocks,
    rounds: [...rounds].map(([base, { height, withdrawn }]) => [base, height, withdrawn]),
    outflows: [...outflows].map(
      ([
        alarm,
        {
          definition,
          state: { before, records },
        },
      ]) => ({
        alarm,
        definition,
        before: writeStand(before),
        records: records.map(one => {
          const { height, clock, out } = one
          return { height, clock, out: `${out}`, ...writeStand(one) }
        }),
      }),
    ),
  }
  return `${JSON.stringify(written)}\n`
}

/** @throws Problem `alarm-state-damaged` */
export function readWatchState(text: string): WatchState {
  const written = checked(text)
  return {
    chain: written.chain,
    highest: written.highest,
    blocks: written.blocks,
    rounds: new Map(written.rounds.map(([base, height, withdrawn]) => [base, { height, withdrawn }])),
    outflows: new Map(
      written.outflows.map(({ alarm, definition, before, records }) => [
        alarm,
        { definition, state: { before: readStand(before), records: records.map(readRecord) } },
      ]),
    ),
  }
}

function writeStand({ balance, rang, told }: OutflowStand): WrittenStand {
  return {
    balance: balance === null ? null : `${balance}`,
    rang: rang === null ? null : `${rang}`,
    told,
  }
}

function readStand({ balance, rang, told }: WrittenStand): OutflowStand {
  return {
    balance: balance === null ? null : BigInt(balance),
    rang: rang === null ? null : BigInt(rang),
    told,
  }
}

function readRecord(written: WrittenRecord): OutflowRecord {
  const { height, clock, out } = written
  return { height, clock, out: BigInt(out), ...readStand(written) }
}

function checked(text: string): Written {
  const document = parsed(text)
  validator ??= compiled()
  if (validator(document)) return document
  const [first] = validator.errors ?? []
  const what = `${first?.instancePath ?? ""} ${first?.keyword ?? ""}`.trim()
  throw new Problem("alarm-state-damaged", { what })
}

let validator: ValidateFunction<Written> | null = null

function compiled(): ValidateFunction<Written> {
  const notices = JSON.parse(readFileSync(NOTICE_SCHEMA, "utf8")) as { readonly $defs: object }
  const ajv = new Ajv2020({ strict: false, validateSchema: false, meta: false })
  return ajv.compile<Written>({ ...FORM, $defs: notices.$defs })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem("alarm-state-damaged", { what: "JSON" })
  }
}

const INTEGER = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
const AMOUNT = { type: "string", pattern: "^(0|[1-9][0-9]{0,99})$" }
const orNull = (form: object) => ({ anyOf: [form, { type: "null" }] })
const closed = (properties: Readonly<Record<string, object>>) => ({
  type: "object",
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
})
const CLOCK = orNull({ type: "integer" })
const STAND = { balance: orNull(AMOUNT), rang: orNull(AMOUNT), told: { type: "boolean" } }

const FORM = closed({
  schema: { const: STATE_SCHEMA },
  chain: { type: "string" },
  highest: { type: "integer", minimum: -1 },
  blocks: {
    type: "array",
    items: closed({
      height: INTEGER,
      hash: { type: "string" },
      time: orNull({ type: "string" }),
      clock: CLOCK,
      rung: { type: "array", items: { $ref: "#/$defs/notice" } },
    }),
  },
  rounds: {
    type: "array",
    items: {
      type: "array",
      prefixItems: [{ type: "string" }, INTEGER, { ...INTEGER, minimum: 1 }],
      minItems: 3,
      maxItems: 3,
    },
  },
  outflows: {
    type: "array",
    items: closed({
      alarm: { type: "string" },
      definition: { type: "string" },
      before: closed(STAND),
      records: { type: "array", items: closed({ height: INTEGER, clock: CLOCK, out: AMOUNT, ...STAND }) },
    }),
  },
})
