import type { AlarmMessages, ToldAlarm } from "./alarms.en.ts"

type Window = Extract<ToldAlarm, { kind: "outflow" }>["found"]["window"]
type Traced = Extract<ToldAlarm, { kind: "arrival" | "moved" }>["found"]["traced"][number]

const windowText = ({ seconds, blocks }: Window): string =>
  [seconds === null ? [] : [`${seconds} 秒`], blocks === null ? [] : [`${blocks} ブロック`]]
    .flat()
    .join("かつ ")

const figures = (traced: readonly Traced[]): string =>
  traced.map(({ theft, rule, amount }) => `${theft} の ${amount}（${rule}）`).join("、")

function line(notice: ToldAlarm): string {
  const { alarm, status, block } = notice
  const head = status === "withdrawn" ? `取り消し（ブロックが無効になりました）: ${alarm}` : `警報 ${alarm}`
  const at = block === null ? "" : `、ブロック ${block.height}`
  switch (notice.kind) {
    case "outflow": {
      const { amount, asset, limit, window } = notice.found
      const most = "amount" in limit ? limit.amount : `残高の ${limit.percent}%`
      if (status === "unknown")
        return `${head}${at}: ${amount} ${asset} が出ました。残高が分からないため、限度（${most}）を超えたかどうかは不明です`
      return `${head}${at}: ${windowText(window)}以内に ${amount} ${asset} が出ました。限度は ${most} です`
    }
    case "arrival":
      return `${head}${at}: 取引 ${notice.found.tx} で追跡対象が届きました: ${figures(notice.found.traced)}（${notice.found.asset}）`
    case "moved":
      return `${head}${at}: 取引 ${notice.found.tx} で追跡対象の保有が動きました: ${figures(notice.found.traced)}（${notice.found.asset}）`
    case "label":
      return `${head}: ${notice.found.list} が ${notice.found.address} を「${notice.found.label}」としています`
  }
}

export const alarmsJa: AlarmMessages = { line }
