import type { Language } from "./language.ts"

/** How far a piece of work is: `known` where its end is known. By itself, for every command may show it. */
const en = {
  known: (what: string, percent: number, rate: string, left: number) =>
    `${what}: ${percent}%, ${rate}, ${left} s left`,
  open: (what: string, done: number, rate: string) => `asking ${what}: ${done} answers, ${rate}`,
  rates: {
    bytes: (perSecond: number) => `${(perSecond / 1e6).toFixed(1)} MB/s`,
    blocks: (perSecond: number) => `${Math.round(perSecond)} blocks/s`,
    rows: (perSecond: number) => `${Math.round(perSecond)} rows/s`,
    answers: (perSecond: number) => `${perSecond.toFixed(1)}/s`,
  },
}

const ja: typeof en = {
  known: (what, percent, rate, left) => `${what}：${percent}%、${rate}、残り ${left} 秒`,
  open: (what, done, rate) => `${what} に問い合わせ中：応答 ${done} 件、${rate}`,
  rates: {
    bytes: perSecond => `${(perSecond / 1e6).toFixed(1)} MB/秒`,
    blocks: perSecond => `${Math.round(perSecond)} ブロック/秒`,
    rows: perSecond => `${Math.round(perSecond)} 行/秒`,
    answers: perSecond => `毎秒 ${perSecond.toFixed(1)} 件`,
  },
}

export function progressMessages(language: Language): typeof en {
  return language === "ja" ? ja : en
}
