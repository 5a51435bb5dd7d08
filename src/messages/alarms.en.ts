import { many } from "./many.ts"

interface AlarmWindow {
  readonly seconds: number | null
  readonly blocks: number | null
}

interface TracedFigure {
  readonly theft: string
  readonly rule: string
  readonly amount: string
}

/** What of a notice (`ashiato/alarm/1`) is told. */
export type ToldAlarm = {
  readonly alarm: string
  readonly status: "raised" | "unknown" | "withdrawn"
  readonly block: { readonly height: number } | null
} & (
  | {
      readonly kind: "outflow"
      readonly found: {
        readonly amount: string
        readonly asset: string
        readonly limit: { readonly amount: string } | { readonly percent: string }
        readonly window: AlarmWindow
      }
    }
  | {
      readonly kind: "arrival" | "moved"
      readonly found: {
        readonly tx: string
        readonly asset: string
        readonly traced: readonly TracedFigure[]
      }
    }
  | {
      readonly kind: "label"
      readonly found: { readonly address: string; readonly label: string; readonly list: string }
    }
)

const windowText = ({ seconds, blocks }: AlarmWindow): string =>
  [seconds === null ? [] : [`${seconds} s`], blocks === null ? [] : [many(blocks, "block", "blocks")]]
    .flat()
    .join(" and ")

const figures = (traced: readonly TracedFigure[]): string =>
  traced.map(({ theft, rule, amount }) => `${amount} of ${theft} by ${rule}`).join(", ")

/** One notice as a line for a person. Amounts are smallest units. */
function line(notice: ToldAlarm): string {
  const { alarm, status, block } = notice
  const head = status === "withdrawn" ? `withdrawn (its block is undone): ${alarm}` : `alarm ${alarm}`
  const at = block === null ? "" : `, block ${block.height}`
  switch (notice.kind) {
    case "outflow": {
      const { amount, asset, limit, window } = notice.found
      const most = "amount" in limit ? limit.amount : `${limit.percent}% of the balance`
      if (status === "unknown")
        return `${head}${at}: ${amount} ${asset} left; whether that is more than ${most} is unknown, because the balance is not known`
      return `${head}${at}: ${amount} ${asset} left within ${windowText(window)}; the limit is ${most}`
    }
    case "arrival":
      return `${head}${at}: traced value arrived in ${notice.found.tx}: ${figures(notice.found.traced)} (${notice.found.asset})`
    case "moved":
      return `${head}${at}: a traced holding was spent in ${notice.found.tx}: ${figures(notice.found.traced)} (${notice.found.asset})`
    case "label":
      return `${head}: ${notice.found.list} says of ${notice.found.address}: ${notice.found.label}`
  }
}

export const alarmsEn = { line }

export type AlarmMessages = typeof alarmsEn
