import type { GapTexts } from "./gaps.en.ts"

export const gapsJa: GapTexts = {
  "rule-skipped": d => `規則 ${d.rule} は UTXO 型の台帳だけに定義されているため、飛ばしました。`,
  "services-followed": () =>
    "指定により、サービスの先まで追いました。サービスがまとめた資金から払い出すのは利用者のものです。サービスより先の数字は、だれかを責める根拠になりません。",
  "theft-beyond-horizon": d => `盗難 ${d.theft} の入金 ${d.ref} は追跡の終点より後にあり、数えていません。`,
  "theft-moves-nothing": d =>
    `盗難 ${d.theft} の入金 ${d.ref} は自分あての送金で、何も動かないため数えていません。`,
  unrecorded: () => "ここから出たと情報源は述べていますが、行き先または金額の記録がありません。",
  "opening-balance": () =>
    "記録が始まる前の残高が分かりません。残高が負にならない最小の額を、追跡対象外のものとして列の先頭に置きました。",
  "origin-unknown": () => "出所の分からない発行がありました。追跡対象外として扱いました。",
  "rests-on-gap": d =>
    `この場所の数字は、${d.on}${d.more === "yes" ? " ほか" : ""} について分かっていないことに左右されます。`,
  "clock-backwards": d =>
    `時計の逆行があります。前の記録より早い時刻の記録が ${d.count} 件（最初は ${d.at}）。順序は位置で決めているため、数字には影響しません。`,
}
