import { grouped } from "./many.ts"
import type { ServicesMessages } from "./services.en.ts"

export const servicesJa: ServicesMessages = {
  why: "追跡を止めた根拠",
  at: (service, addresses) => (addresses === 1 ? service : `${service}（アドレス ${addresses} 件）`),
  file: list => `サービス一覧 ${list} に記載`,
  case: list => `事件 ${list} の記録に記載`,
  chain: "チェーン自体が持ち主を隠すため、サービスとして扱う",
  label: (label, kind, list, source, seen) =>
    `${list}${source} のラベル「${label}」（${kind}、${seen} 時点）`,
  kind: (category, abuse) => (abuse === null ? category : `${category}；悪用の種類：${abuse}`),
  sanction: told => `制裁：${told}`,
  noCategory: "分類なし",
  from: source => `（出典 ${source}）`,
  moreLabels: count => `ほかのラベル ${count} 件`,
  disagree: "だれのものかについてラベルが食い違っています。それでも追跡は止めます",
  "deposit-address": via => `記録から見て入金用アドレス：${via} へ送るだけ（推定）`,
  cluster: via => `記録から見て同じ持ち主：${via} と一緒に支払いに使われている（推定）`,
  depositAddress: address => `入金用アドレス ${address}`,
  shown: "それを示す取引",
  cannotRuleOut: "否定できないこと",
  doubts: {
    payjoin: "払う側と受け取る側の双方が入力を出した取引（payjoin）であること",
    coinjoin: "ここで知られていない形で複数の持ち主が一緒に支払ったこと",
    "two-party-join": "二人の持ち主が一緒に支払ったこと",
    "shared-custody": "一つのサービスが多数の顧客のために署名していること",
    "only-customer": "これまでこのサービスにだけ支払ってきた顧客自身のウォレットであること",
    "few-sweeps": "偶然であること（確認できたのは 2 回未満）",
    "kept-tokens": "一度届いたまま動かないトークンが持ち主自身のものであること",
  },
  short: {
    file: "サービス一覧による",
    case: "事件の記録による",
    chain: "チェーンによる",
    label: "ラベルによる",
    "deposit-address": "記録の形による：入金用アドレス",
    cluster: "記録の形による：クラスター",
  },
  labelsAsked: (count, asOf) =>
    `収録ラベル ${grouped(count)} 件のうち ${asOf} 時点で有効なもので判断しました。分類がサービスに当たるラベルのある場所で追跡を止めます。ラベルが食い違うときは、すべてを示します。`,
  andLeftOut: count => `ほか ${count} 件`,
}
