import type { GapTexts } from "./gaps.en.ts"
import { grouped } from "./many.ts"

const NOT_ON_CHAIN: Readonly<Record<string, string>> = {
  "not-found": "チェーン上に見つからない",
  contradicted: "示された取引は別のものを動かしている",
  ambiguous: "当てはまる送金がチェーン上に複数ある",
  unread: "長い履歴のうち読んだ範囲には見つからない",
  open: "情報源が行き先か金額を示していない（支払いはチェーンの記録による）",
}

export const gapsJa: GapTexts = {
  "rule-skipped": d => `規則 ${d.rule} は UTXO 型の台帳だけに定義されているため、飛ばしました。`,
  "services-followed": d =>
    `指定により、サービス ${grouped(Number(d.services))} 件（アドレス ${grouped(Number(d.addresses))} 件）の先まで追いました：${d.names}${d.more === "yes" ? " ほか" : ""}。サービスがまとめた資金から払い出すのは利用者のものです。サービスより先の数字は、だれかを責める根拠になりません。`,
  "services-not-recognised": d =>
    d.reason === "limits"
      ? `アドレス ${d.addresses} 件については、記録が多すぎるため、ラベルのあるサービスの入金用アドレスやクラスターに当たるかを調べていません。ラベルだけで判断しました。`
      : d.reason === "no-owners"
        ? "この台帳では、だれとだれが一緒に支払うかを調べていないため、ラベルのあるサービスの入金用アドレスやクラスターは見分けていません。ラベルだけで判断しました。"
        : "ラベルのあるサービスの入金用アドレスやクラスターを見分けられるのは、台帳（--ledger）を追うときだけです。ここではラベルだけで判断しました。",
  "theft-beyond-horizon": d => `盗難 ${d.theft} の入金 ${d.ref} は追跡の終点より後にあり、数えていません。`,
  "theft-moves-nothing": d =>
    `盗難 ${d.theft} の入金 ${d.ref} は自分あての送金で、何も動かないため数えていません。`,
  unrecorded: () => "ここから出たと情報源は述べていますが、行き先または金額の記録がありません。",
  "opening-balance": () =>
    "記録が始まる前の残高が分かりません。残高が負にならない最小の額を、追跡対象外のものとして列の先頭に置きました。",
  "origin-unknown": () => "出所の分からない発行がありました。追跡対象外として扱いました。",
  "rests-on-gap": d =>
    `この場所の数字は、${d.on}${d.more === "yes" ? " ほか" : ""} について分かっていないことに左右されます。`,
  "reported-not-on-chain": d =>
    `事件の送金 ${d.of} 件のうち ${d.replaced} 件はチェーンの記録に置き換えました。次の番号のものは数字に入っていません：${d.ids}（${NOT_ON_CHAIN[d.found ?? ""] ?? d.found}）。`,
  "record-unproven": d =>
    d.service
      ? `記録は ${d.service} の応答によるもので、漏れがないことは証明できません。応答から抜けたものはここにもありません。`
      : "この場所の記録に漏れがないことは証明できません。サービスの応答から抜けたものはここにもありません。",
  "internal-calls-absent": d =>
    `契約の内部呼び出し${d.from ? `（ブロック ${d.from} から）` : ""}を取得できませんでした（追跡機能 tracer がないか、古いブロックに使えません）。契約が動かしたネイティブ通貨は記録に含まれていません。`,
  "token-does-not-add-up": d =>
    d.asset
      ? `${d.asset} のイベントは残高と一致しません（${d.reason}）。送金手数料、残高の再計算、イベントのない入金などが考えられます。`
      : "この場所のイベントはノードの残高と一致しません。記録に残らずにトークンが動いています。",
  "levy-unknown": d =>
    d.asset
      ? `${d.asset} の徴収額（levy）が分かりません（${d.reason}）。送金は記録より多くを動かした可能性があります。`
      : "この場所のモザイクには、額の分からない徴収（levy）があった可能性があります。",
  "extension-block": () =>
    "Litecoin の拡張ブロックは金額と持ち主を隠します。サービスとして扱い、入ったものは到着、出たものは追跡対象外としました。実際の拡張ブロックでは試していません。",
  "clock-backwards": d =>
    `時計の逆行があります。前の記録より早い時刻の記録が ${d.count} 件（最初は ${d.at}）。順序は位置で決めているため、数字には影響しません。`,
}
