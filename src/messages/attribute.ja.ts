import type { AttributeMessages } from "./attribute.en.ts"

export const attributeJa: AttributeMessages = {
  comma: "、",
  colon: "：",
  semicolon: "、",
  title: name => `だれがしたと言われているか：${name}`,
  read: date => `情報源を読んだ日：${date}`,
  headHypotheses: "仮説",
  other: "それ以外または不明を表す",
  headClaims: "主張（根ごと。写しはその下に置き、重みはない）",
  headDerivations: "どの主張がどれに由来するか",
  headEvidence: "作業表（判断による）",
  headMethod: "計算のしかた",
  headPair: (one, other) => `${one} と ${other} の比較`,
  headMoves: "答えの動き",
  headMatrix: "不整合による検算",
  headPosterior: "あなたの事前確率のもとでのみ",
  headSources: "情報源",
  headNames: "だれがだれを何と呼ぶか",
  headConflicts: "名前の食い違い",
  aspects: {
    attribution: "だれがしたと言われているか",
    link: "ほかの盗難とのつながり",
    laundering: "コインのその後",
    amount: "金額",
    time: "時刻",
    control: "帰属を誤った例（戒めとして）",
  },
  stances: {
    asserted: "断定",
    possible: "可能性を指摘",
    weakened: "弱めた",
    omitted: "言及なし（否定ではない）",
    denied: "否定",
  },
  sureness: { stated: "自ら明示", probable: "おそらく", inferred: "推定" },
  standings: {
    strongest: "全部",
    overlapping: "重なりを除く",
    copy: "写し：0",
    removed: "外した",
    open: "未知",
  },
  supports: {
    none: "どちらも支持しない",
    "below-scale": "弱い支持に満たない（尺度は 2 から）",
    weak: "弱い支持",
    moderate: "中程度の支持",
    "moderately-strong": "やや強い支持",
    strong: "強い支持",
    "very-strong": "非常に強い支持",
    "extremely-strong": "極めて強い支持",
  },
  chances: {
    "almost-no-chance": "ほとんどありえない",
    "very-unlikely": "非常に考えにくい",
    unlikely: "考えにくい",
    "roughly-even": "ほぼ五分五分",
    likely: "ありそう",
    "very-likely": "非常にありそう",
    "almost-certain": "ほぼ確実",
  },
  moves: {
    group: "グループを外す",
    item: "項目を外す",
    derivation: "派生でないとする",
    derivations: "どの主張も派生でないとする",
    open: "見つかったとする",
  },
  relations: {
    "same-or-overlap": "同じか重なる",
    overlap: "重なる",
    probable: "おそらく重なる",
  },
  method: {
    judgement:
      "格付けと幅はこの記録を書いた者の判断であり、測定ではありません。法廷で試されたものでもありません（R v T [2010] EWCA Crim 2439 を参照）。本プログラムはだれも名指ししません。どの記述もその主張者のものです。",
    copies:
      "ほかの主張をそのまま繰り返すものは写しです。主張がすべて写しである項目に重みはありません。元の主張を外しても、写しは写しのままです。",
    ratio:
      "幅は P(項目 | 仮説) の下端と上端で、判断によります。A の B に対する比 = [A の下端 / B の上端, A の上端 / B の下端]。",
    reliability:
      "r = その項目の最初の主張の文字 × 数字。値は MISP admiralty-scale v5（A 1、B 0.75、C 0.5、D 0.25、E 0、F 0.5、1 1、2 0.75、3 0.5、4 0.25、5 0、6 0.5）。掛け合わせるのは本プログラムの規則です。",
    discount:
      "r による割引（両端とも）：LR >= 1 は 1 + r (LR - 1)、LR < 1 は 1 / (1 + r (1/LR - 1)) になります。",
    groups:
      "グループごとに、区間が 1 から最も遠い項目を全部数えます（同じなら広いもの、次に先のもの）。ほかは 1 - 重なり で再び割り引きます。どれになるかは組ごとに異なることがあります。",
    cap: "比を掛け合わせます。全体が誤らせる確率 m により、LR >= 1 は 1 / ((1 - m)/LR + m)、LR < 1 は (1 - m) LR + m になります。",
    rounding: "計算はすべて正確に行い、3 桁で表示します。下端は切り捨て、上端は切り上げです。",
    words:
      "言葉は ENFSI 2015 によります（2 弱い、10 中程度、100 やや強い、1000 強い、10,000 非常に強い、1,000,000 極めて強い）。確認は一部のみで、数字が優先します。支持は一方の仮説の他方に対するもので、確率ではありません。",
    matrix: "検算：競合仮説分析。II は 2、I は 1 と数え、合うものは数えません。重みのない項目は除きます。",
  },
  says: (who, says) => `${who} の主張：${says}`,
  copyOf: ids => `${ids} の写し`,
  partOf: ids => `一部は ${ids} から`,
  removed: "外した",
  inItsWords: "確かさ（原文）",
  quote: (text, via) => (via === null ? `「${text}」` : `「${text}」（${via}）`),
  values: "額",
  approximate: "約",
  priceDateUnknown: "価格の日は不明",
  priceDate: date => `${date} の価格`,
  revises: ids => `${ids} を改める`,
  disputes: ids => `${ids} に異を唱える`,
  correction: (wrong, right, why) => `情報源の誤り：「${wrong}」は「${right}」。${why}`,
  note: "注",
  unverified: "未確認",
  verified: "確認済み",
  published: date => `公表 ${date}`,
  derivation: (copy, how, of, part) => `${copy}：${of} に${part ? "一部" : ""}由来（${how}）`,
  derivationOut: "成り立たないものとした",
  restsOn: why => `根拠：${why}`,
  columns: {
    item: "項目",
    group: "グループ",
    claims: "主張",
    grade: "格付け",
    reliability: "r",
    overlap: "重なり",
    raw: "幅から",
    discounted: "割引後",
    standing: "数え方",
    counted: "値",
    change: "変更",
    factor: "動き",
    hypothesis: "仮説",
    inconsistency: "不整合",
    prior: "あなたの事前確率",
    posterior: "事後確率",
    word: "言葉（ICD 203）",
    name: "名前",
    namer: "呼ぶ者",
    since: "いつから",
    formerly: "以前の名",
  },
  ifFound: "見つかれば",
  reason: "判断の理由",
  noHigh: "上端なし",
  span: (low, high) => `${low} 〜 ${high}`,
  product: "積",
  misleading: (chance, most) =>
    `m = ${chance}（判断による）。比は ${most} を超えず、${chance} を下回りません`,
  afterCap: "上限の適用後",
  support: (low, high) => (low === high ? low : `${low} から ${high} まで`),
  supportFor: (word, hypothesis) => (hypothesis === null ? word : `${hypothesis} への${word}`),
  undecided: "区間が 1 をまたぐため、この証拠では両者を決められません",
  asItStands: "現状",
  factor: text => `${text} 倍`,
  mostKnown: id => `知られているもののうち、${id} が答えを最も動かします。`,
  mostOpen: id => `知られていないもののうち、${id} が見つかれば答えを最も動かします。`,
  nothingMoves: "知られているもので答えを動かすものはありません。",
  matrixPair: (one, other, matrix, ratio) => `${one} / ${other}：行列の傾き ${matrix}、比の傾き ${ratio}`,
  neither: "どちらでもない",
  opposed: "逆を向いています。幅を見直してください",
  posteriorNote:
    "あなたの事前確率を上の比に通したものです。事前確率が違えば数字も変わります。報告書に載せるものではありません。",
  posteriorRange: (low, high) => (low === high ? low : `${low} 〜 ${high}`),
  namesNote: "重なりはだれかの主張であって、同一を意味しません。つながりをたどって広げることもしません。",
  overlapLine: (relation, other, namer) => `${other}（${namer}）と${relation}とされる`,
  noName: name => `この記録に「${name}」と呼ぶ者はいません。`,
  unknownDate: "不明",
  saidBy: {
    lead: "以下はほかの者がそれぞれの名で述べていることです。本報告書はだれも名指しせず、重みも付けません。一覧に名がないことは否定ではありません。ほかの主張を繰り返すものはその下に置き、二人目の証人とは数えません。",
    claimsCaption: "主張（根ごと）とその写し",
    timeCaption: "言われていることの移り変わり",
    claim: "主張",
    who: "主張者",
    says: "内容",
    stance: "立場",
    grade: "格付け（Admiralty）",
    date: "日付",
    of: "だれについて",
    source: "情報源",
    working: name => `証拠の重みと計算の過程：ashiato attribute ${name}`,
  },
  help: `ashiato attribute 事件 [--without ID[,ID]] [--posterior --prior H=0.1,...] [--json]
ashiato attribute --names 名前|all [--json]

だれがしたと言われているか、だれの言葉で、だれから得たものか。また証拠の重みを、計算の過程とともに示します。
本プログラムはだれも名指ししません。幅と格付けは判断によるものです。

  事件                    同梱の事件（coincheck-2018、bybit-2025）、または帰属ファイルのパス
  --without ID[,ID]       これらの主張、項目、グループ、派生（写し/元）を除いて計算する
  --posterior             自分の事前確率に比を当てはめる。--prior が必要
  --prior H=0.1,...       すべての仮説の事前確率。小数で、合計はちょうど 1
  --names 名前|all        その名で呼ぶのはだれか、どの名と重なるとされるか
  --stix ファイル         事件の記録と主張を STIX 2.1 のバンドルとして書き出す
  --misp ファイル         主張を MISP イベントとして書き出す
  --csv ファイル          主張を CSV として書き出す
  --json                  ashiato/attribute/1 として出力
  --lang en|ja            言語（既定：ロケールによる）

例
  ashiato attribute coincheck-2018
  ashiato attribute coincheck-2018 --without CC-UN171/CC-GIB
  ashiato attribute coincheck-2018 --without CC-ASAHI --lang ja
  ashiato attribute coincheck-2018 --posterior --prior DPRK=0.2,EECRIME=0.2,OTHER=0.6
  ashiato attribute coincheck-2018 --stix coincheck-2018.stix.json
  ashiato attribute --names TraderTraitor
`,
}
