import { grouped } from "./many.ts"
import type { ScreenMessages } from "./screen.en.ts"

const clusterReasons: Readonly<Record<string, string>> = {
  "not-looked-up":
    "この台帳は、出力を持ち主ごとに並べる前に公開されたものです（ashiato ledger publish で作り直せます）",
  "ledger-absent": "調べるには、そのチェーンの台帳が必要です",
  "account-chain": "口座型のチェーンには共同支出がないため、クラスターがありません",
  "not-in-ledger": "台帳にこのアドレスが現れません",
  "too-large": "大きすぎるため、ここでは調べきれません（ashiato cluster をお使いください）",
  "actors-disagree":
    "一つのクラスターの中でラベルの示す持ち主が食い違うため、何も引き継ぎません（ashiato cluster をお使いください）",
  "not-there": "台帳に現れません",
  "owners-unknown": "読み込まれたものからは持ち主が分かりません",
}

export const screenJa: ScreenMessages = {
  kinds: { address: "アドレス", transaction: "取引", output: "出力", "account-ref": "送金" },
  colon: "：",
  semicolon: "；",
  comma: "、",
  title: (ref, kind, chains) => `${ref}（${kind}、${chains}）`,
  noChain: "ネットワーク不明",
  verdicts: { pass: "通過", review: "要確認", refuse: "拒否" },
  noVerdict: "判定なし：方針が指定されていません（--policy FILE）",
  byRule: (rule, policy) => `${policy} の規則「${rule}」による`,
  onSide: {
    spent: by => `支払った側について、${by}`,
    received: by => `受け取った側について、${by}`,
  },
  byDefault: policy => `${policy} の既定による。当てはまる規則はありません`,
  because: "根拠",
  inferred: "推定、クラスターを通じて",
  inferredBeyond: "クラスターには引き継がれていないもの",
  ownerIs: addresses => `持ち主は ${addresses}`,
  paidBy: addresses => `支払った側は ${addresses}`,
  spentBy: addresses => `支払った側は ${addresses}`,
  receivedBy: addresses => `受け取った側は ${addresses}`,
  few: (addresses, more) => (more === 0 ? addresses : `${addresses} ほか ${more} 件`),
  sides: {
    spent: "支払った側",
    received: "受け取った側",
    both: "支払い、受け取った側",
    paid: "支払った側",
    owned: "持ち主",
    selfPaid: "持ち主で、支払った側",
  },
  sanctions: "制裁",
  labels: "ラベル",
  withdrawn: "取り下げられたラベル（現在は有効ではありません）",
  named: "事件の記録での名前",
  traced: "追跡された価値",
  cluster: count =>
    `${grouped(count)} アドレスのクラスターを通じて（推定：このアドレスについて述べたものではありません）`,
  outputCluster: count =>
    `持ち主の ${grouped(count)} アドレスのクラスターを通じて（推定：この出力そのものについてではありません）`,
  transactionCluster: count =>
    `${grouped(count)} アドレスのクラスターを通じて（推定：この取引そのものについてではありません）`,
  clusterEmpty: count => `${grouped(count)} アドレスのクラスターを調べましたが、該当するものはありません。`,
  payersCluster: count =>
    `支払った側の ${grouped(count)} アドレスのクラスターを通じて（推定：この出力について述べたものではありません）`,
  payersEmpty: (clusters, count) =>
    `支払った側の ${grouped(clusters)} 個のクラスター（合わせて ${grouped(count)} アドレス）を調べましたが、該当するものはありません。`,
  notCarried: "引き継がないもの：一覧によれば、そのアドレスだけについてのラベルです",
  memberWithdrawn: "ほかのアドレスの、取り下げられたラベル（現在は有効ではありません）",
  heldBack: reason =>
    ({
      "both-large": "誤った併合の疑いがあるため併合していません：どちらの側も大きすぎます",
      "different-actors": "誤った併合の疑いがあるため併合していません：ラベルの示す持ち主が異なります",
    })[reason],
  spendsWith: (txid, members, others) => `${txid} で ${members} が ${others} と一緒に支払っています`,
  clustersEmpty: (clusters, count) =>
    `持ち主の ${clusters} 個のクラスター（合わせて ${grouped(count)} アドレス）を調べましたが、該当するものはありません。`,
  via: "経路",
  paidByTitle:
    "支払い元（一つ手前です。誰でも誰にでも送れるもので、このアドレスについて述べたものではありません）",
  paidAtMost: (amounts, transactions) => `${transactions} 件の取引で、最大 ${amounts} をここへ支払い`,
  payer: "ここへ支払った側",
  deposit: "入金用アドレス（記録からの推定）",
  lookAlikes: "見せかけ",
  unknown: "分からなかったこと",
  nothing: "調べた範囲では何も見つかりませんでした。",
  labelledAs: (label, list) => `${list} が「${label}」とラベル付け`,
  seen: (day, whose) => {
    const by = { list: "一覧の日付", user: "取り込み時の指定", import: "取り込んだ日" }[whose]
    return `${day} 時点（${by}）`
  },
  withdrawnOn: day => `${day} に取り下げ`,
  confidence: word => `確度：${word}`,
  category: word => `分類：${word}`,
  abuse: word => `悪用の種類：${word}`,
  actor: word => `主体：${word}`,
  network: word => `ネットワーク：${word}`,
  unchecked: "検査符号は未確認",
  source: "出典",
  licence: word => `利用条件：${word}`,
  namedAs: (name, where) => `事件 ${where} の記録では「${name}」`,
  grade: word => `等級：${word}`,
  tracedOf: (theft, where) => `${where} の盗難「${theft}」から追跡`,
  received: "受け取り",
  held: "記録の末尾での保有",
  arrived: "サービスに到着（その先は追跡せず）",
  arrivedNote: "そのうち今も保有されている額は分かりません",
  atMostHeld: amount => `サービスに届いており、最大でこれだけが今も保有されている可能性があります：${amount}`,
  stop: {
    file: list => `サービス一覧 ${list} に記載`,
    case: list => `事件 ${list} の記録に記載`,
    chain: () => "チェーン自体による",
    label: (list, label) => `${list} が「${label}」とラベル付け`,
    "deposit-address": (list, label, via) =>
      `記録から見て入金用アドレス：${via}（${list} が「${label}」とラベル付け）へ送るだけ（推定）`,
    cluster: (list, label, via) =>
      `記録から見て同じ持ち主：${via}（${list} が「${label}」とラベル付け）と一緒に支払いに使われている（推定）`,
  },
  stopsLeftOut: count => `… ほか ${count} 件`,
  range: (least, most) => `${least} から ${most} まで`,
  everyRule: amount => `どの規則でも ${amount}`,
  poisonApart: "poison は上限の広がりで、この幅には入りません",
  hops: count => (count === 0 ? "盗まれたと申告された受け取りそのもの" : `${count} 段階`),
  upTo: what => `${what} まで正しい`,
  height: height => `高さ ${height}`,
  notKnown: "不明",
  path: rule => `盗難からここまでの道筋（${rule}）`,
  pathLeftOut: count => `… 手前の ${count} 段階を省略`,
  noHash: "ハッシュの記録なし",
  rules: "規則ごと（受け取り、サービスに到着、保有）",
  lookAlike: {
    address: (of, known) => `${of ?? "あるアドレス"} に似せたもの（${known}）。別のアドレスです`,
    token: (symbol, of, known) =>
      `「${symbol}」と名乗り、${of ?? "追跡中の資産"} に似せたトークンです（${known}）`,
    transaction: (symbol, of, known) =>
      `見せかけのトークン「${symbol}」の送金です${of === null ? "" : `。${of} への送金に見せかけています`}（${known}）`,
  },
  ends: (head, tail) => `先頭 ${head} 文字と末尾 ${tail} 文字が一致`,
  oneIn: oneIn =>
    oneIn === 1n
      ? "偶然の一致：無関係のアドレスでも、既知のどれかとこの程度に似ることがあります。"
      : `偶然の一致：無関係のアドレスが既知のどれかとこれほど似るのは、多くとも ${oneIn.toLocaleString("en")} 件に 1 件です。`,
  recorded: "事件の記録による",
  resembles: "先頭と末尾の文字だけからの推定",
  carriesNothing: "調べた範囲では、追跡された価値は届いていません。",
  carriesSome: "ただし追跡された価値が届いています。上をご覧ください。",
  moreUnknown: count => `… ほか ${grouped(count)} 件。それぞれの答えにあります（--json）`,
  ofSome: (count, all) => (count === all ? "" : `（${grouped(all)} 件中 ${grouped(count)} 件）`),
  clean: "該当なし",
  notInLedger: "台帳に現れません",
  looked: "調べたもの",
  lookedLabels: (count, folder, day, newest) =>
    `${folder} のラベル ${grouped(count)} 件、${day} 時点${newest === null ? "" : `（最も新しいラベルは ${newest}）`}`,
  lookedLedger: (folder, chain, thefts) => `台帳 ${folder}（${chain}）、追跡した盗難 ${grouped(thefts)} 件`,
  lookedCases: names => `同梱の事件：${names}`,
  counts: (screened, found, bad) =>
    `${grouped(screened)} 件を照会：該当あり ${grouped(found)} 件、該当なし ${grouped(screened - found)} 件。読み取れないもの ${grouped(bad)} 件。`,
  countsByVerdict: (pass, review, refuse) =>
    `通過 ${grouped(pass)}、要確認 ${grouped(review)}、拒否 ${grouped(refuse)}`,
  neverMatches: {
    theft: (file, path, value) =>
      `ashiato: ${file}: ${path}: 読み込まれたものに盗難「${value}」はありません。この条件が満たされることはありません`,
    asset: (file, path, value) =>
      `ashiato: ${file}: ${path}: 追跡された価値に資産「${value}」のものはありません。この条件が満たされることはありません`,
    list: (file, path, value) =>
      `ashiato: ${file}: ${path}: 読み込まれたラベルに一覧「${value}」はありません。この条件が満たされることはありません`,
  },
  noScore: "点数は付けません。ラベルはそれぞれの一覧が述べたもので、出典を添えています。",
  unknownText: {
    "labels-absent": () =>
      "ラベルの一覧が読み込まれていないため、ラベルや制裁の有無は分かりません（ashiato labels import）。",
    "owners-unknown": () =>
      "読み込まれたものからは持ち主が分かりません。ここに書かれた文字列そのもののラベルだけを調べました。",
    "labels-later": d =>
      `${d.day} より後に付いたラベルが ${d.count} 件あり（最初のものは ${d.first}）、ここには示していません。`,
    "labels-old": d =>
      d.count === "0"
        ? `${d.day} までに確認されたラベルは 1 件もありません。その日に一覧が何を述べていたかは分かりません。`
        : d.newest === "-"
          ? "どのラベルにも一覧の日付がなく、取り込んだ日しかありません。一覧がいつのものかは分かりません。"
          : `最も新しいラベルは ${d.newest} のものです。それから ${d.day} までに一覧が述べたことは分かりません。`,
    "ledger-absent": d =>
      `このチェーン（${d.chains}）の台帳が読み込まれていません。調べたのは同梱の事件だけです。`,
    "ledger-other-chain": d =>
      `台帳は ${d.chain} のもので、これは ${d.chains} のものです。台帳では調べていません。`,
    "thefts-absent": () => "盗難が指定されていないため（--thefts）、台帳の中は追跡していません。",
    "not-in-ledger": d => `${d.ledger} には現れません。`,
    "horizon-before": d =>
      d.day === "?"
        ? `${d.what} の記録がいつまでのものかは分かりません。最後の記録より後の動きは見えません。`
        : `${d.what} の記録は ${d.day} までです。それより後の動きは見えません。`,
    "trace-incomplete": d =>
      `追跡そのものに分からない点が ${d.count} 件あります。同じ盗難で「ashiato trace」を実行すると一覧が出ます。`,
    "clusters-unknown": d => {
      const what = d.count === undefined ? "クラスター" : `持ち主のうち ${d.count} 件のクラスター`
      return `${what}については何も言えません：${clusterReasons[d.why ?? ""] ?? d.why}。`
    },
    "clusters-left-out": d =>
      `ほかの持ち主 ${d.count} 件のクラスターは、それまでに調べた量が上限に達したため調べていません。アドレスごとに照会してください。`,
    "cluster-too-large": d =>
      `${d.clusters === "1" ? "クラスターは" : `${d.clusters} 個のクラスターは合わせて`} ${d.count} アドレスあり、追跡された価値を調べたのは ${d.most} だけです。`,
    "owners-left-out": d =>
      `持ち主は ${d.of} 件あり、そのうち ${d.count} 件は除きました。それらについては何も調べていません。`,
    "spenders-unknown": () =>
      "この台帳からは誰が支払ったか分からないため（ashiato ledger publish で作り直せます）、受け取った側だけを調べました。",
    "spenders-not-asked": () =>
      "その取引で誰が支払ったかを調べられないため、支払った側についての方針の規則は働きません。その取引を含む台帳が必要です。",
    "chain-ambiguous": d => `次のどのネットワークのものとも読めるため、それぞれで調べました：${d.chains}。`,
    "checksum-unchecked": d =>
      d.why === "absent"
        ? "検査符号のない書き方のため、書き間違いがあっても分かりません。"
        : "検査符号が合っているかどうかは、ここでは確かめていません。書き間違いがあっても分かりません。",
    "network-unknown": () => "対応していないネットワークのため、書かれたままの形で一覧を調べました。",
    "stopped-at-service": d =>
      `追跡された価値が ${d.services} に届いたところで追跡を止めました。そのうち今も保有されている額は分かりません。`,
    "payers-not-looked": d =>
      d.leftOut === undefined
        ? "誰がここへ支払ったかは調べていません。この台帳からは分からないか、動きが多すぎます。"
        : `ここへ支払った側は、新しい ${d.transactions} 件の取引にある ${d.payers} アドレスを調べただけで、すべてではありません。それより古い ${d.leftOut} 件の取引は除きました。`,
    "stopped-before": d =>
      `ここより手前で追跡を止めています。追跡された価値は ${d.services} に届いており、そこがこの取引で支払っています。そのうちどれだけが先へ渡ったかは分かりません。`,
    "as-of-labels-only": d =>
      `${d.day} という日付はラベルだけに効きます。追跡はそれぞれの記録の末尾までです。`,
  },
  help: `ashiato screen REF... [--file LIST]

アドレス・取引・出力について、この計算機の上で分かることを答えます。ラベルと制裁、追跡された価値とその道筋、見せかけ、
分からなかったこと、そしてご自身の方針による判定です。ネットワークには何も問い合わせません。

  REF                     アドレス、取引 ID、出力（txid:vout）、口座型チェーンの送金（txid#n）
  --file LIST             1 行に 1 つ書いた一覧。空行と「# ...」は読み飛ばします。「-」は標準入力
  --chain NAME            bitcoin、testnet、regtest、litecoin、litecoin-regtest、ethereum、nem（既定：形から判断）
どこを調べるか
  --labels DIR            ラベルのフォルダー（既定 ./ashiato.labels、あれば）
  --ledger DIR            台帳（既定 ./ashiato.ledger、あれば）
  --thefts FILE           theft,ref：台帳の中で盗まれたもの。初回に追跡し、次からは保存した列を読みます
  --case NAME             事件ファイル、または同梱の事件。同梱のものは指定しなくても調べます
  --rule NAMES            追跡の規則をコンマ区切りで（既定：すべて）
  --as-of DATE            その日に一覧が述べていたこと、YYYY-MM-DD（既定：今日）
何を答えるか
  --policy FILE           ご自身の規則（JSON か YAML、ashiato/policy/1）。通過・要確認・拒否と、働いた規則を答えます
  --json                  1 つの JSON 文書。答えは 1 行に 1 つ
  --lang en|ja            言語（既定：ロケールから）

終了コード：すべて照会できれば 0、方針が 1 つでも拒否すれば 1、読み取れないものがあれば 2（ほかには答えます）。

例
  ashiato screen 0x47666fab8bd0ac7003bce3f5c3585383f09486e2
  ashiato screen 0xa4b24033f4c6d70133e4557c2c32a3fb693e449e --policy policy.yaml
  ashiato screen --file deposits.txt --labels ashiato.labels --json
  ashiato screen 4a5e...b:0 --ledger ashiato.ledger --thefts thefts.csv
`,
}
