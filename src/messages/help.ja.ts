import type { helpEn } from "./help.en.ts"

export const helpJa: typeof helpEn = {
  general: `ashiato（足跡）：盗まれたコインを、盗難から現在の場所まで、最小単位まで正確に追います

  ashiato trace ...      事件またはファイルの盗難を、各規則を並べて追う
  ashiato ingest ...     ノードのブロックファイル、ノード、送金ファイルから台帳を作る
  ashiato ledger ...     台帳の内容を見る、つながりをすべて確かめる、読み出し用の列を公開する
  ashiato sweep ...      台帳全体で、ファイルにあるすべての盗難の、追跡対象のコインに印を付ける
  ashiato follow ...     台帳と追跡結果をノードの先端に保ち、ブロックごとに知らせ、警報を出す
  ashiato labels ...     アドレスについての一覧（取り込み、表示、理由、書き出し）
  ashiato screen ...     アドレス・取引・出力について分かることと、ご自身の方針による判定
  ashiato cluster ...    同じ持ち主と読み取れるアドレスと、それを示す取引、届くラベル
  ashiato attribute ...  だれがしたと言われているか、だれの言葉か。証拠の重みを過程とともに示す
  ashiato links ...      盗難どうしの間に台帳が示す事実と、知られている落とし穴。点数も名指しもしない
  ashiato incidents ...  盗難の登録簿。失われたとされる額、手口、したと言われる者。公表された合計の検算
  ashiato --version      バージョンを表示
  ashiato --help         この説明を表示

どのコマンドにも --help（例付き）と --lang en|ja があります。終了コードは、完了 0、収支が合わない 1、
入力の誤り 2（標準エラーに 1 行：場所、内容、対処）。
データがこのコンピューターの外に出ることはなく、指定されていないホストには問い合わせません。
`,
  trace: `ashiato trace 事件 [--nis URL]
ashiato trace --theft 参照[,参照] | --thefts ファイル   [--ledger フォルダー | --rpc URL | --nis URL | --explorer URL |
                                    --transfers ファイル | --outputs ファイル --inputs ファイル]

追う対象
  事件                    同梱の事件（coincheck-2018、bybit-2025）、または事件ファイルのパス。--nis を付けると、
                          報じられた送金を NEM ノードの送金に置き換える
  --theft 参照[,参照]     入金 1 件ごとに 1 つの盗難：txid:vout。口座型のチェーンは txid#value、txid#call:経路、
                          txid#log:番号、NEM の取引と送金行は txid#n
  --thefts ファイル       CSV theft,ref：入金を盗難ごとにまとめる
追う記録
  --ledger フォルダー     「ashiato ingest」で作った台帳。書き込み中でも読める（既定 ./ashiato.ledger）
  --rpc URL               -txindex=1 の Bitcoin、Litecoin ノード。追いながら問い合わせる
  --rpc-cookie ファイル   利用者名とパスワードの代わりに、ノードの .cookie ファイル
  --nis URL               NEM の NIS1 ノード
  --explorer URL          ノードなし：Esplora の API を持つエクスプローラー。--chain ethereum なら Etherscan、
                          Blockscout。生の応答を ./ashiato.answers に残す
  --transfers ファイル    CSV txid,n,height,time,from,to,asset,amount［kind,exchange,grade,source］
  --outputs ファイル      CSV txid,vout,height,index,time,address,value
  --inputs ファイル       CSV txid,n,spent_txid,spent_vout
  --chain 名前            bitcoin、testnet、regtest、litecoin、litecoin-regtest、ethereum、nem：ファイルなら
                          アドレスを検査する。ノード、エクスプローラーならそのチェーン（既定は bitcoin）
追い方
  --rule 一覧|all         fifo, lifo, haircut, clean-first, dirty-first, tiho, poison（既定は all）
  --fees drop|follow      追跡額のうち手数料を数えるだけ（既定）か、ブロック生成者まで追うか
  --to-height H           この高さまで（その高さを含む）
  --min 金額              追跡額がこれ未満の入金は追わない（最小単位、既定 0）
  --max-hops N            盗難から N 取引より先は追わない
  --services ファイル     CSV address,service：追跡を止める場所
  --labels フォルダー     「ashiato labels import」で取り込んだラベル（既定 ./ashiato.labels、あれば使う）。
                          ラベルがサービスとする場所で追跡を止める。台帳を追うときは、サービスへ送るだけの
                          アドレスと、サービスと一緒に支払うアドレスでも止める
  --as-of 日付            この日までに公表されていたラベルで判断する。YYYY-MM-DD（既定は今日）
  --stop-at-services no   サービスの先まで追う（警告が付く）
出力
  --json                  ashiato/trace/1 の形で出力
  --flows N|all           追跡された入金を順に N 件、または全件（既定はなし）
  --report ファイル.html  印刷用の 1 ファイルの報告書を書く
  --lang en|ja            言語（既定はロケールによる）

例
  ashiato trace coincheck-2018
  ashiato trace coincheck-2018 --lang ja --report coincheck.html
  ashiato trace bybit-2025 --rule fifo,haircut --json
  ashiato trace bybit-2025 --labels ashiato.labels --as-of 2025-02-21
  ashiato trace --theft 0437...c9:0
  ashiato trace --theft 0437...c9:0 --explorer https://blockstream.info/api
  ashiato trace coincheck-2018 --nis http://127.0.0.1:7890
  ashiato trace --theft 4a5e...b:0 --outputs outputs.csv --inputs inputs.csv --chain bitcoin
  ashiato trace --thefts thefts.csv --transfers transfers.csv --chain nem --services services.csv
`,
  ingest: `ashiato ingest bitcoin   --blocks フォルダー | --rpc URL [--rpc-cookie ファイル]   [--network 名前]
ashiato ingest ethereum  --rpc URL | --export フォルダー
ashiato ingest nem       --nis URL
ashiato ingest transfers ファイル [--chain 名前]

台帳に足りないブロックを取り込みます。ブロックはすべて確かめ（ID、マークルルート、作業証明、親、合計、二重使用なし）、
丸ごと保存するか、まったく保存しないかのどちらかです。再実行すると続きから始まり、新しいものがなければ何も変わりません。
チェーンから外れたブロックは、100 個まで取り消します。

取得元
  --blocks フォルダー     ノードの「blocks」フォルダー（Bitcoin Core、Litecoin Core の blk*.dat）
  --rpc URL               ノードの JSON-RPC。http://user:password@127.0.0.1:8332
  --rpc-cookie ファイル   利用者名とパスワードの代わりに、ノードの .cookie ファイル
  --export フォルダー     ethereum-etl のファイル：blocks、transactions、logs、token_transfers、traces
  --nis URL               NEM の NIS1 ノード。http://127.0.0.1:7890
  --network 名前          mainnet（既定）、testnet、regtest、litecoin、litecoin-regtest
  --chain-id N            ethereum：ネットワークのID（既定 1、メインネット）
  --check-tokens yes|no   ethereum の --rpc：トークンの動きを契約の balanceOf と照合します。ブロックの一まとまりにつき
                          1,000 口座まで（既定 yes）。合わないトークンは欠落として示します
  --chain 名前            送金ファイルのチェーン：アドレスを確かめます
範囲
  --from-height 高さ      ethereum、nem：空の台帳の始まり
  --to-height 高さ        この高さまで（これを含む）
  --up-to finalized|latest
                          ethereum の --rpc：取り消されることのないブロックまで（既定）、または最新のブロックまで
保存先
  --ledger フォルダー     台帳のフォルダー（既定 ./ashiato.ledger）
  --json                  保存した内容を JSON で
  --lang en|ja            言語（既定：ロケールから）

例
  ashiato ingest bitcoin --blocks ~/.bitcoin/blocks
  ashiato ingest bitcoin --rpc http://127.0.0.1:18443 --rpc-cookie ~/.bitcoin/regtest/.cookie --network regtest
  ashiato ingest ethereum --rpc http://127.0.0.1:8545 --from-height 21895000 --ledger eth.ledger
  ashiato trace --theft 4a5e...b:0
`,
  ledger: `ashiato ledger info      台帳の内容、どのブロックまでか、取得元、欠けているもの
ashiato ledger verify    すべてのつながりを確かめ直す：親、ヘッダーと作業証明、マークルルート、合計、二重使用、
                         列と表の一致（切れていれば終了コード 1）
ashiato ledger publish   trace が読む列を書き直す

  --ledger フォルダー     台帳のフォルダー（既定 ./ashiato.ledger）
  --json                  JSON で
  --lang en|ja            言語（既定：ロケールから）

例
  ashiato ledger info
  ashiato ledger verify --ledger eth.ledger
`,
}
