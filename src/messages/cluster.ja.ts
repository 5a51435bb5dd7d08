import type { ClusterMessages } from "./cluster.en.ts"
import { grouped } from "./many.ts"

export const clusterJa: ClusterMessages = {
  help: `ashiato cluster REF...   台帳から同じ持ち主と読み取れるアドレスと、それを示す取引

REF はアドレス、出力（txid:vout）、または取引の ID です。取引のときは、そこで支払った側のクラスターを示します。
一つの取引に一緒に入力を出したアドレスを同じ持ち主とみなします。CoinJoin は除きます。おつりは示すだけで、まとめることは
ありません。ほかのアドレスのラベルは、経路を添えて推定として引き継ぎます。口座型のチェーン（Ethereum、NEM）には共同支出が
ないため、入金用アドレスだけを調べます。

  --ledger DIR            ashiato ingest が作った台帳（既定は ./ashiato.ledger）
  --labels DIR            ashiato labels import で取り込んだラベル（既定は、あれば ./ashiato.labels）
  --as-of 日付            その日に一覧が述べていたこと（YYYY-MM-DD、既定は今日）
  --most N                それぞれの一覧を N 件まで示す（既定 20、最大 100000）
  --json                  ashiato/cluster/1 として出力
  --lang en|ja            言語（既定はロケールから）

例
  ashiato cluster 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
  ashiato cluster 4a5e...b:0 --ledger btc.ledger --labels ashiato.labels --as-of 2024-06-30
  ashiato cluster 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --most 1000 --json
`,
  colon: "：",
  semicolon: "；",
  doubts: {
    payjoin: "払う側と受け取る側の双方が入力を出した取引（payjoin）であること",
    coinjoin: "ここで知られていない形で複数の持ち主が一緒に支払ったこと",
    "two-party-join": "二人の持ち主が一緒に支払ったこと",
    "batch-by-service": "サービスが自分のアドレスから多数の顧客に同じ額を払ったこと",
    "self-transfer": "持ち主が自分のアドレスの間で移しただけであること",
    "shared-custody": "一つのサービスが多数の顧客のために署名していること",
    "fresh-payee": "受け取る側が未使用のアドレスを渡したこと",
    "reused-change": "ウォレットがおつりを使用済みのアドレスで受け取ること",
    "same-wallet-kind": "払う側と受け取る側のアドレスの種類が同じであること",
    "upgraded-wallet": "ウォレットがおつりを新しい種類のアドレスで受け取ること",
    "coin-selection": "ウォレットが必要以上の入力を選んだこと",
    "round-in-other-money": "支払いが別の通貨で切りのよい額だったこと",
    "only-customer": "これまでこのサービスにだけ支払ってきた顧客自身のウォレットであること",
    "few-sweeps": "偶然であること（確認できたのは 2 回未満）",
    "kept-tokens": "一度届いたまま動かないトークンが持ち主自身のものであること",
  },
  patterns: {
    whirlpool: "Whirlpool の形",
    "wasabi-1": "Wasabi 1 の形",
    "wasabi-2": "Wasabi 2 の形",
    joinmarket: "JoinMarket の形",
    "equal-outputs": "同額の出力",
  },
  heuristics: {
    "self-change": "支払いに使われたアドレスへ戻る",
    "one-time-address": "未使用のアドレスへの唯一の出力",
    "script-type": "払う側と同じ種類のアドレスへの唯一の出力",
    "optimal-change": "どの入力よりも小さい唯一の出力",
    "round-payment": "切りのよくない唯一の出力",
  },
  kinds: { address: "アドレス", output: "出力", transaction: "取引" },
  title: (ref, kind) => `${ref}（${kind}）`,
  subject: address => `${address} の持ち主`,
  members: count =>
    count === 1
      ? "クラスター：このアドレスだけ。ほかのアドレスと一緒に入力を出したことがありません"
      : `クラスター：${grouped(count)} アドレス`,
  cut: {
    owners:
      "打ち切り：調べる上限を超えるアドレスに達しました。ほかにもある可能性があり、ラベルは引き継ぎません",
    transactions: "打ち切り：取引が調べる上限を超えました。ほかにもある可能性があり、ラベルは引き継ぎません",
    outputs: "打ち切り：出力が調べる上限を超えました。ほかにもある可能性があり、ラベルは引き継ぎません",
  },
  accounts: "口座型のチェーンには共同支出がないため、クラスターはありません。",
  merges: count => `まとめた根拠（${count} 件）`,
  link: (from, to, txid) => `${from} と ${to} が ${txid} に一緒に入力を出した`,
  leftOut: count => `CoinJoin として除き、まとめなかった取引（${count} 件）`,
  coinjoin: (txid, pattern, alike) => `${txid}：${pattern}、同額の出力 ${alike} 件`,
  payjoins: count => `まとめたが payjoin かもしれない取引：不要な入力がある（${count} 件）`,
  changes: count => `おつりの候補：示すだけで、まとめません（${count} 件）`,
  vote: (output, address, why) => `${output} ${address}：${why}`,
  agreed: output => `二つ以上が一致し、異なるものなし：${output}`,
  notAgreed: "二つが一致しないか、互いに食い違います",
  heldBack: count => `誤った併合を防ぐため保留し、まとめなかった取引（${count} 件）`,
  bridge: {
    "both-large": (txid, a, b, sizes) =>
      `${txid}：${a}（${sizes[0]} アドレス）と ${b}（${sizes[1]} アドレス）。どちらも大きい`,
    "different-actors": (txid, a, b, _sizes, actors) =>
      `${txid}：${a}（ラベルは ${actors[0]}）と ${b}（ラベルは ${actors[1]}）`,
  },
  deposit: service => `記録から見て ${service} の入金用アドレス：そこへ送るだけ（推定）`,
  noDeposit:
    "入金用アドレスとは認められません。ラベルのある一つのサービスへ送るだけ、という形ではありません。",
  depositWeak: service =>
    `${service} の入金用アドレスかもしれません：送ったのは一度だけで、一回の支払いと区別できません（推定）`,
  depositUnknown: {
    "no-labels": "ラベルがないため、入金用アドレスかどうかは調べられません（ashiato labels import）。",
    "too-many-moves": "動きが多すぎて顧客のものではないため、入金用アドレスかどうかは調べません。",
  },
  depositAssets: assets => `対象は ${assets}。ほかの資産については述べません`,
  sweeps: count => `送った取引（${count} 件）`,
  own: count => `このアドレス自身のラベル（${count} 件）`,
  reached: count =>
    `クラスターを通じて届くラベル（推定：このアドレスについて述べたものではありません）（${count} 件）`,
  notCarried: count => `ほかのアドレスのラベルで、引き継がないもの（${count} 件）`,
  noLabels: {
    members: "クラスターのアドレスのうち、一覧にラベルのあるものはありません。",
    account: "このアドレスのラベルは、一覧にありません。",
  },
  labelsAbsent: "ラベルの一覧が取り込まれていません（ashiato labels import）。",
  disagree: actors => `ラベルの示す持ち主が食い違うため（${actors}）、どれも引き継ぎません。`,
  label: (address, label, kind, list, seen) =>
    `${address}：${list} のラベル「${label}」（${kind}、${seen} 時点）`,
  sanction: "制裁",
  abuse: word => `悪用の種類：${word}`,
  noCategory: "分類なし",
  by: path => `経路 ${path}`,
  cannotRuleOut: "否定できないこと",
  more: count => `ほか ${grouped(count)} 件（--most で増やせます）`,
  moreSubjects: count => `この取引のほかの持ち主 ${count} 人のクラスターは調べていません。`,
  horizon: (height, hash, time) => `ブロック ${height} ${hash} ${time} まで`,
  noHorizon: "台帳は空です。",
  labelled: (count, asOf) => `収録ラベル ${grouped(count)} 件のうち ${asOf} 時点で有効なもの`,
  rates: (worlds, first, last) =>
    `真の持ち主が分かっている模擬チェーンで測った正しさ（${worlds}、${first} から ${last}。実際のチェーンとは異なります）`,
  ratesOfList: list =>
    `答えの分かっている一覧で測った正しさ（${list}。実際のチェーンで出会うものとは異なります）`,
  rate: (heuristic, counted, precision, recall) =>
    `${heuristic}（${counted}）：示したもののうち正しいのは ${precision}、正しいもののうち示せたのは ${recall}`,
  counted: {
    transaction: "取引",
    pair: "アドレスの対",
    output: "出力",
    address: "アドレス",
    symbol: "トークンのシンボル",
  },
  share: (percent, right, of, low, high) =>
    low === null
      ? `${percent}（${of} のうち ${right}）`
      : `${percent}（${of} のうち ${right}、${low} から ${high}）`,
  notMeasured: "不明の割合",
  notProof: "クラスターは記録の読み取りであり、所有の証明ではありません。",
  notProofOfDeposit: "入金用アドレスという判断は記録の読み取りであり、だれのものかの証明ではありません。",
  notProofOfLikeness:
    "似ているというのは文字の読み取りであり、どちらがだれのものかについては何も述べません。",
}
