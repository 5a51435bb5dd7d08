import type { IncidentMessages } from "./incidents.en.ts"

export const incidentsJa: IncidentMessages = {
  intro: count =>
    `盗難${count}件。額も名前もすべてだれかの主張であり、このプログラムが認定したものではありません。`,
  none: "条件に合う盗難は登録簿にありません。",
  kinds: {
    exchange: "取引所",
    bridge: "ブリッジ",
    wallet: "ウォレット",
    payments: "決済",
    gambling: "賭博",
    "decentralised-exchange": "分散型取引所",
  },
  causes: {
    "keys-taken": "鍵の奪取",
    "malware-mail": "マルウェア付きメール",
    "social-engineering": "人をだます手口",
    "signers-deceived": "署名者への偽の表示",
    "supplier-breached": "委託先への侵入",
    "software-fault": "ソフトウェアの欠陥",
    insider: "内部者",
    "account-data-taken": "口座情報の流出",
    unknown: "不明",
  },
  priced: {
    theft: "盗難時の価格",
    disclosure: "公表時の価格",
    publication: "後の掲載時の価格",
    unstated: "価格の日付の記載なし",
  },
  stances: {
    asserted: "主張",
    possible: "可能性を指摘",
    weakened: "後退",
    omitted: "挙げうる場で挙げず",
    denied: "否定",
  },
  by: {
    actor: "だれがしたと言われているか。見出しは主張する側の呼び名で、このプログラムの認定ではありません",
    year: "年別",
    country: "被害者の国別（だれかの主張による）",
    cause: "手口別（そうされているもの）",
  },
  verdicts: {
    exact: () => "再現できました。内訳の合計は公表額と一致します。",
    rounded: unit =>
      `正確には再現できません。内訳の合計は ${unit} 単位に丸めたときにだけ公表額と一致します。`,
    "parts-missing": () => "再現できません。どこにも名の出ていない事件が含まれています。",
    off: () => "再現できません。名の挙がった内訳を足しても公表額になりません。",
  },
  disclosed: "（公表日）",
  saidToBe: "したと言われている者",
  nobodyNamed: "名は挙がっていません",
  noClaim: "これについての主張はありません",
  disputed: "争いあり:別の名を挙げる主張、または疑う主張があります",
  copy: of => `${of} の繰り返し`,
  notVerified: "未確認",
  slip: "既知の誤り",
  sums: "合計（通貨と価格の基準ごとに別々。換算はしません。主張の最小から最大まで）",
  assetSums: "資産（主張の最小から最大まで）",
  thefts: count => `${count}件`,
  without: ids => `この額なし: ${ids}`,
  leftOut: "どの合計にも入れていないもの",
  unverifiedFigures: "出典で未確認",
  slips: "出典の既知の誤り",
  to: "〜",
  stated: "公表額",
  partsTotal: "内訳の合計",
  difference: "差",
  notCounted: "数えられず",
  statedBy: "公表した者",
  sources: "出典",
  unnamed: "名の出ていないもの",
  unverifiedParts: "「未確認」の内訳は、出典とされるところで読めていません。",
  help: `ashiato incidents [--by actor|year|country|cause] [--actor 名] [--year 年] [--country 国]
ashiato incidents --sum ID

取引所などの預かり手からの盗難の登録簿です。何が、どのように、だれから失われ、だれがしたと言われているかを、主張した者と
出典とともに示します。主張が食い違うときは最小から最大までの幅で示します。金額の換算はせず、合計は通貨と価格の日付ごとに
分けます。出典で確認できていないものは、どの合計にも入れません。

一覧の対象
  --by actor              だれかが挙げた名ごとに、挙げた者とともに（名は主張であり、認定ではありません）
  --by year|country|cause 年ごと、被害者の国ごと、手口とされるものごと
  --actor 名              したと言われている者の名（主張した者の書き方）にこの語を含むものだけ
  --year 年               この年のものだけ
  --country 国            被害者がこの国にあったとされるものだけ（2文字: KR、JP）
  --sum ID                公表された総額の内訳を足し合わせる(un-571、group-ib-882、joint-2025)
  --register DIR          同梱のもの以外の登録簿（cases/incidents と同じ形の JSON）
出力
  --json                  ashiato/incidents/1（--sum では ashiato/incident-sum-check/1）
  --csv                   主張を1行に1件
  --stix FILE             一覧の盗難を STIX 2.1 のバンドルに
  --misp FILE             一覧の盗難を MISP のイベントに
  --lang en|ja            言語（既定: ロケールによる）

例
  ashiato incidents
  ashiato incidents --by actor --year 2018
  ashiato incidents --sum un-571
  ashiato incidents --country KR --csv
`,
}
