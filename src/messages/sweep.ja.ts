import type { SweepMessages } from "./sweep.en.ts"

const help = `ashiato sweep --thefts FILE [--ledger DIR]

台帳全体を先頭から一度だけ読み、ファイルにあるすべての盗難について、追跡対象のコインに各ルールで印を付けます。ビットコイン系の
台帳でも、アカウント型（Ethereum、NEM、移動のファイル）の台帳でも使えます。
同じデータなら「ashiato trace」と同じ数字になります。trace は必要な部分だけを取り出し、sweep はすべてを順に読みます。盗難が多い
とき、チェーンの大部分に及ぶときは sweep のほうが速くなります。どこまで進んだかは台帳のフォルダーに残り、同じ問いをもう一度実行
すると続きから進みます。

  --thefts FILE           CSV theft,ref（txid:vout。アカウント型では trace と同じ txid#value など）: 入金を盗難ごとにまとめる
  --ledger DIR            「ashiato ingest」で作った台帳（既定は ./ashiato.ledger）
  --rule NAMES            fifo, lifo, haircut, clean-first, dirty-first, tiho, poison。all ですべて（既定。アカウント型に tiho はない）
  --fees drop|follow      手数料を別に数える（既定）、または受け取り手まで追う
  --services FILE         CSV address,service: 追跡を止める場所
  --to-height H           この高さのブロックまで（このブロックを含む）
  --list N                一覧に載せる保有と到着の数。資産ごとに大きい順（既定 100）
  --threads N             同時に進めるルールの数（既定はコアごとに一つ）。アカウント型では全ルールを一度に進める
  --run N                 約 N 取引（アカウント型では N 行）ずつ読み進める（既定では、収まるならまとめて読む。アカウント型は 1,048,576 行）
  --fresh                 残っている途中経過を使わず、先頭から始める
  --json, --lang en|ja

例
  ashiato sweep --thefts thefts.csv
  ashiato sweep --thefts thefts.csv --rule fifo,haircut --to-height 840000 --json
`

export const sweepJa: SweepMessages = {
  help,
  counts: "全体の数",
  counted: (rule, holdings, arrivals, resumedFrom) =>
    `  ${rule}: 保有 ${holdings} 件、到着 ${arrivals} 件。${
      resumedFrom === null ? "先頭のブロックから読みました" : `高さ ${resumedFrom} の続きから読みました`
    }`,
}
