import type { LabelMessages } from "./labels.en.ts"
import { labelReasonJa } from "./labels-reasons.ja.ts"
import { grouped } from "./many.ts"

export const labelsJa: LabelMessages = {
  help: `ashiato labels import ファイル...   アドレスについての一覧を取り込みます（すべて取り込むか、何も取り込まないか）
ashiato labels list               取り込んだ一覧を示します。--list か --category を付けるとラベルも示します
ashiato labels why アドレス       そのアドレスについて一覧が述べることを並べ、似たアドレスも示します。台帳があれば、
                                  一緒に支払うアドレスを通じて届くラベルも示します
ashiato labels why 主体           ラベルが主体として挙げる短い名前について、一覧が述べることを示します
ashiato labels export --list 名前 ファイル.yaml
                                  一覧の有効なラベルを TagPack として、主体を ActorPack として書き出します

  --labels DIR            ラベルのフォルダー（既定は ./ashiato.labels）
  --as-of 日付            その日に知られていたこと（YYYY-MM-DD、既定は今日の UTC）
  --ledger DIR            why で、一緒に支払うほかのアドレスのラベルと、どこの入金用アドレスかを調べる台帳
                          （既定は、あれば ./ashiato.ledger）
  --list 名前             import では一覧の名前、list と export ではその一覧だけ
  --category 分類         list ではその分類だけ
  --seen 日付             import で、ファイルに日付がないときの日付
  --complete              import で、各ファイルがその日の一覧の全体であることを示します。以前あって今はないものは
                          その日から取り下げとして印を付け、消さずに残します
  --licence 文, --source 文
                          import で、記載のないラベルに付けます
  --strict                import で、取り込めないものが一つでもあれば全体を断ります
  --actors                export で、ラベルもある一覧の主体を書き出します
  --json                  JSON で出力
  --lang en|ja            言語（既定はロケールから）

ファイル：GraphSense の TagPack と ActorPack（.yaml）、sanctioned_addresses_XBT.json など、OFAC の sdn.csv、CSV の address,name、CSV の
address,network,label[,actor,category,abuse,confidence,is_cluster_definer,source,licence,note,seen,withdrawn]、事件ファイル（case.json）。
ファイルなしの import は、取り込み済みの内容を確かめ、必要なときに索引を作り直します。

例
  ashiato labels import ofac.yaml exchanges.yaml --licence MIT
  ashiato labels import sanctioned_addresses_XBT.json --seen 2024-09-10 --complete
  ashiato labels why 0x098b716b8aaf21512996dc57eb0615e2383e2f96 --as-of 2023-01-01
  ashiato labels why 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --ledger btc.ledger --json
`,
  imported: (file, list, day) => `${file}：${list}、${day} 現在`,
  dayFrom: { list: "一覧の日付", user: "指定された日付", import: "取り込んだ日" },
  entries: (entries, labels, actors, rejects) => {
    const taken = [
      ...(labels > 0 || actors === 0 ? [`ラベル ${grouped(labels)} 件`] : []),
      ...(actors > 0 ? [`主体 ${grouped(actors)} 件`] : []),
    ]
    return `  全 ${grouped(entries)} 件：${taken.join("、")}を取り込み、${grouped(rejects)} 件は取り込めず`
  },
  counts: (added, duplicates) =>
    `  取り込んだもののうち新規 ${grouped(added)} 件、既知またはファイル内の重複 ${grouped(duplicates)} 件`,
  unchecked: (count, networks) =>
    `  うち ${grouped(count)} 件のアドレスは、ここに検査のない形式で、書かれたまま保存（ネットワーク ${networks}）`,
  future: count => `  うち ${grouped(count)} 件は今日より後の日付で、その日までは数えません`,
  earlier: count => `  うち ${count} 件は、より早い日から知られていたことになりました`,
  withdrawnNow: count => `  以前の一覧の ${count} 件が今はなく、取り下げとして印を付けました`,
  notWithdrawn: (count, because) =>
    because === null
      ? `  以前の一覧の ${count} 件は今回取り込んだ中にありませんが、そのまま残します。取り込めなかった項目がそれを指していたかもしれません：`
      : `  以前の一覧の ${count} 件は今回取り込んだ中にありませんが、どれも取り下げにしません：${
          because === "many-rejects"
            ? "取り込めなかった項目が多すぎます"
            : "取り込めなかった項目にアドレスの読めないものがあり、どれを指していたか分かりません"
        }`,
  spared: (address, entry) => `    ${address}：取り込めなかった ${entry} が指していたかもしれません`,
  moreSpared: count => `    ほか ${count} 件`,
  rejects: count => `  取り込めなかったもの ${count} 件：`,
  reject: (line, address, network, reason) => `    ${line}${address}${network}：${labelReasonJa(reason)}`,
  line: line => `${line} 行目：`,
  moreRejects: count => `    ほか ${count} 件`,
  note: text => `  注：${labelReasonJa(text)}`,
  stored: folder => `${folder} に保存しました。`,
  nothingTaken: folder => `何も取り込めなかったため、${folder} には何も加えていません。`,
  nothingNew: folder => `新しいものはありません。${folder} はそのままです。`,
  indexed: folder => `${folder} の索引は取り込み済みの内容と合っています。`,
  asOf: day => `${day} 現在`,
  lists: {
    list: "一覧",
    creator: "作成者",
    standing: "有効",
    withdrawn: "取り下げ",
    actors: "主体",
    days: "日付",
    licence: "ライセンス",
  },
  later: count => `${count} 件はその後のもの`,
  noLists: "ラベルはありません。",
  sources: (named, more) => `出典：${named}${more > 0 ? `、ほか ${more} 件` : ""}`,
  none: address =>
    `ここにある一覧には ${address} についての記載がありません。問題がないという意味ではなく、これらの一覧にないというだけです。`,
  standing: (count, address) => `${address} のラベル ${count} 件`,
  withdrawnTitle: "取り下げられたもの：",
  laterTitle: "その日より後のもの：",
  fields: {
    list: "一覧",
    creator: "作成者",
    network: "ネットワーク",
    unchecked: "アドレスは未検査（このネットワークの検査はありません）",
    actor: "主体",
    category: "分類",
    abuse: "悪用の種類",
    confidence: "確度",
    cluster: "クラスターを定める",
    yes: "はい",
    no: "いいえ",
    source: "出典",
    licence: "ライセンス",
    note: "注",
    seen: "日付",
    withdrawn: "取り下げ",
    uri: "ウェブ",
    categories: "分類",
    jurisdictions: "国・地域",
    aliases: "別名",
    context: "補足",
  },
  actorAsked: name => `ここにある一覧に「${name}」というアドレスの記載はありません。主体としての記載：`,
  labelledActor: (labels, addresses) =>
    `この主体を挙げるラベルは ${addresses} アドレスの ${labels} 件です${addresses > 0 ? "。最初のアドレス：" : "。"}`,
  moreOfActor: count => `ほか ${count} アドレス`,
  ofList: (list, count) => `一覧「${list}」：ラベル ${count} 件`,
  moreListsOfActor: count => `ほか ${count} 件の一覧`,
  withdrawnOfActor: count => `ほかに ${count} 件のラベルがこの主体を挙げていましたが、取り下げられました`,
  describedTitle: "だれを指すかについての一覧の説明：",
  conflict: said =>
    `だれのものかについて一覧が食い違っています：${said}。どれが正しいかはここでは決めません。`,
  saidBy: (actor, lists) => `${actor}（${lists}）`,
  lookAlikes: "よく似た別のアドレスで、ラベルのあるもの：",
  lookAlike: (address, head, tail) => `  ${address}：先頭 ${head} 文字と末尾 ${tail} 文字が同じ`,
  through: ledger => `${ledger} を通じて届くもの：`,
  throughUnknown: {
    "other-chain": "何も言えません：台帳のチェーンのアドレスではありません。",
    "not-in-ledger": "何も言えません：台帳に一度も現れません。",
    "too-many-moves": "何も言えません：動きが多すぎて、顧客の入金用アカウントとは考えられません。",
  },
  throughNothing: "ほかのアドレスから届くラベルはありません。",
  moreInCluster: count => `ほか ${count} 件（ashiato cluster で示せます）`,
  exported: (what, count, file) =>
    `${count} 件の${what === "labels" ? "ラベル" : "主体"}を ${file} に書き出しました。`,
  leftOut: (withdrawn, later) =>
    `この形式では表せないため書き出していないもの：取り下げられた ${withdrawn} 件、今日より後の日付の ${later} 件。`,
}
