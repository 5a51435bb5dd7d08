import type { FollowMessages } from "./follow.en.ts"

const help = `ashiato follow bitcoin --rpc URL   [--thefts FILE] [--alarms FILE] [--ledger DIR]
ashiato follow ethereum --rpc URL
ashiato follow nem --nis URL

台帳と、ファイルにあるすべての盗難の追跡結果（各ルール）を、ノードの先端に保ち、新しいブロックごとに一行を出力します。チェーンから
外れたブロックは 100 個の深さまで取り消します。ノードが応答しないときは待ちます。いつ強制終了されても、もう一度実行すると続きから
進みます。そのとき同じブロックを二度知らせることはありますが、抜けることはありません。
初回はノードの先端から始まります。それより前のことは「ashiato sweep」で分かります。

  --rpc URL               Bitcoin 系または Ethereum のノード
  --rpc-cookie FILE       ノードの .cookie ファイル。ユーザー名とパスワードの代わり（bitcoin）
  --network NAME          mainnet（既定）, testnet, regtest, litecoin, litecoin-regtest（bitcoin）
  --chain-id N            チェーンの番号（ethereum、既定 1）
  --up-to WHAT            latest（既定）、または取り消されることのない finalized（ethereum）
  --check-tokens yes|no   トークンを契約の balanceOf と突き合わせる（ethereum、既定 yes）
  --nis URL               NEM のノード
  --from-height H         空の台帳を始めるブロック（ethereum, nem、既定は最初のブロック）
  --ledger DIR            台帳。なければ作ります（既定は ./ashiato.ledger）
  --thefts FILE           CSV theft,ref: 入金を盗難ごとにまとめる
  --rule NAMES            fifo, lifo, haircut, clean-first, dirty-first, tiho（bitcoin のみ）, poison。all ですべて（既定）
  --fees drop|follow      手数料を別に数える（既定）、またはブロックの生成者まで追う
  --services FILE         CSV address,service: 追跡を止める場所
  --alarms FILE           何を警報とし、どこへ届けるか（ashiato/alarms/1、docs/alarms.md）
  --labels DIR            種類「label」の警報のための、ラベルの保管場所（既定は ./ashiato.labels があればそれ）
  --metrics PORT          このマシンの中だけに /metrics（Prometheus）を出す
  --poll SECONDS          ノードに問い合わせる間隔（秒、既定 5）
  --until-height H        このブロックを知らせたら終わる
  --once                  ノードの先端まで進んだら終わる。ノードがなければすぐに終わる
  --json                  出来事ごとに JSON を一行（ashiato/follow/1）
  --lang en|ja

Ctrl-C を押すと、処理中のものを保存してから終わります（終了コード 130）。

例
  ashiato follow bitcoin --rpc http://user:pw@127.0.0.1:8332 --thefts thefts.csv
  ashiato follow bitcoin --rpc http://127.0.0.1:9332 --rpc-cookie ~/.litecoin/.cookie --network litecoin \\
    --thefts thefts.csv --rule fifo,haircut --alarms alarms.json --json
  ashiato follow ethereum --rpc http://127.0.0.1:8545 --from-height 23000000 --alarms alarms.json
`

const named = ({ height, hash }: { readonly height: number; readonly hash: string }) => `${height} ${hash}`

export const followJa: FollowMessages = {
  help,
  stopping:
    "停止します。処理中のものを保存してから終わります。もう一度 Ctrl-C を押すとすぐに止まります。保存済みのものは残ります。",
  waiting: "待っています。再開するまで、この表示は繰り返しません。",
  began: (block, again) =>
    again ? `ブロック ${named(block)} の続きから追います` : `ブロック ${named(block)} から追い始めます`,
  block: (block, time, transactions) => `ブロック ${named(block)} ${time ?? "?"}：${transactions} 取引`,
  sum: ({ rule, theft, asset, spent, received }) =>
    `  ${rule} ${theft}：支出 ${spent}、受取 ${received}（${asset}）`,
  undone: block => `取り消し ${named(block)}`,
  unknownRef: (theft, ref) => `まだチェーンにありません：${theft} の ${ref}`,
  back: "再開しました",
  alarm: notice => `警報 ${notice}`,
  ended: (block, interrupted) => `${interrupted ? "中断" : "終了"}：ブロック ${named(block)}`,
}
