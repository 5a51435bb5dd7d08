import type { ProblemDetail } from "../units/problem.ts"
import { labelReasonJa } from "./labels-reasons.ja.ts"
import type { ProblemTexts } from "./problems.en.ts"
import { syntaxFault } from "./syntax-faults.en.ts"
import { syntaxFaultsJa } from "./syntax-faults.ja.ts"

export const problemsJa: ProblemTexts = {
  "amount-fraction": d =>
    `金額 ${d.value} に小数点があります。最小単位（sat、micro-XEM、wei）の整数で書いてください`,
  "amount-negative": d =>
    `金額 ${d.value} が負です。0 以上で書き、逆向きの移動なら from と to を入れ替えてください`,
  "amount-malformed": d =>
    `金額「${d.value}」は整数ではありません。符号・空白・先頭の 0 を付けず、数字だけで書いてください`,
  "amount-too-large": d => `金額 ${d.value} は 2^256 - 1 を超えています。対応する台帳にこの額はあり得ません`,
  "address-checksum": d =>
    `アドレス ${d.address} は ${d.chain} の正しいアドレスではありません（${d.reason}）。出典から写し直すか、--chain を外して文字列のまま扱ってください`,
  "time-malformed": d =>
    `時刻「${d.value}」を読み取れません。時間帯付きの ISO 8601（2018-01-26T00:02:13+09:00）か UNIX 秒で書くか、空欄にしてください`,
  "grade-unknown": d => `等級「${d.value}」はありません。${d.known} のどれかを使ってください`,
  "kind-unknown": d => `種別「${d.value}」はありません。${d.known} のどれかを使うか、空欄にしてください`,
  "kind-contradicts": d => `種別「${d.kind}」が「${d.ends}」欄の内容と合いません。どちらかを直してください`,
  "from-unrecorded": () =>
    "from の「?」は、記録のない行き先を表す記号です。口座を書くか、発行なら from を空にしてください",
  "asset-malformed": d =>
    `資産名「${d.value}」に斜線があります。場所は 口座/資産 と書くため、斜線を使わないでください`,
  "integer-malformed": d => `「${d.value}」は 0 から 2147483647 までの整数ではありません。直してください`,
  "csv-malformed": d => `CSV として読めません（${d.reason}）。この行の引用符と欄の数を確かめてください`,
  "csv-column-missing": d => `見出し行に列 ${d.column} がありません。列は ${d.expected} です`,
  "csv-column-unknown": d => `見出し行の列「${d.column}」は使えません。列は ${d.expected} です`,
  "csv-column-twice": d => `見出し行に列 ${d.column} が 2 つあります。1 つにしてください`,
  "csv-separator": () => "見出し行がコンマ区切りではありません。コンマ区切りの CSV で保存してください",
  "csv-empty": d => `ファイルが空です。1 行目に列名 ${d.columns} が必要です`,
  "file-missing": () => "ファイルがありません。パスを確かめてください",
  "file-unreadable": d => `ファイルを読めません（${d.reason}）。種類と権限を確かめてください`,
  "file-encoding": d => `ファイルが ${d.expected} ではありません。${d.expected} で保存し直してください`,
  "line-encoding": d =>
    `この行は ${d.expected} ではありません。ファイルを ${d.expected} で保存し直してください`,
  "field-too-long": d => `欄が ${d.most} 文字を超えています。識別子・アドレス・金額でこの長さはあり得ません`,
  "field-empty": () => "欄が空です。値が必要です",
  "control-characters": () => "欄に制御文字があります。取り除いてください",
  "height-falls": d => `高さ ${d.height} が高さ ${d.before} の後にあります。行を高さの順に並べてください`,
  "tx-rows-apart": d => `取引 ${d.tx} の行が離れています。同じ取引の行は続けて並べてください`,
  "n-not-rising": d =>
    `同じ取引の中で n ${d.n} が n ${d.before} の後にあります。n は取引の中で増えていく必要があります`,
  "row-nowhere": () => "出元も行き先もない行です。from か to を書いてください",
  "exchange-one-leg": d =>
    `交換 ${d.exchange} が片側しかありません。1 つの取引の中に、ちょうど 2 種類の資産の行が必要です`,
  "exchange-assets": d =>
    `交換 ${d.exchange} に資産が ${d.assets} 種類あります。ちょうど 2 種類にしてください`,
  "exchange-across-transactions": d =>
    `交換 ${d.exchange} が複数の取引にまたがっています。すべての行を同じ txid にしてください`,
  "output-twice": d => `出力 ${d.output} が 2 回現れます。1 出力 1 行にしてください`,
  "tx-rows-disagree": d => `取引 ${d.tx} の行どうしで高さ・index・時刻が食い違っています。同じにしてください`,
  "position-shared": d =>
    `取引 ${d.tx} と ${d.other} が同じブロックで index ${d.index} を名乗っています。別々の index にしてください`,
  "input-twice": d => `取引 ${d.tx} に入力 ${d.n} が 2 つあります。重複しない番号にしてください`,
  "input-unknown-output": d => `入力が使う ${d.output} が出力ファイルにありません。その出力を加えてください`,
  "input-spent-output": d =>
    `入力が使う ${d.output} は ${d.by} がすでに使っています。出力は 1 度しか使えません`,
  "input-from-later": d =>
    `取引 ${d.tx} の入力が使う ${d.output} は、その位置ではまだ存在しません。高さと index を確かめてください`,
  "input-without-transaction": d =>
    `取引 ${d.tx} に入力はありますが、出力ファイルに行がありません。出力を加えてください`,
  "credits-above-debits": d =>
    `取引 ${d.tx} の出金 ${d.credits} が入金 ${d.debits} を超えています。足りない入力を加えるか、値を直してください`,
  "ref-malformed": d => `盗難の参照「${d.ref}」を読み取れません。${d.form} の形で書いてください`,
  "ref-unknown": d =>
    `盗難の参照 ${d.ref} が記録にありません。出力は txid:vout、Ethereum は txid#value、txid#call:経路、txid#log:番号、NEM の取引と送金の行は txid#n と書いてください`,
  "ref-ambiguous": d =>
    `盗難の参照 ${d.ref} に当たる行が複数あります。行ごとに参照が定まるよう txid を付けてください`,
  "theft-empty": () => "盗難が 1 つも指定されていません。theft,ref の行を 1 つ以上書いてください",
  "service-twice": d =>
    `アドレス ${d.address} が ${d.service} と ${d.known} の両方で載っています。1 つにしてください`,
  "json-malformed": d => `JSON として読めません（${faultOf(d.reason)}）。ここを直してください`,
  "json-expected": d =>
    `${d.path || "文書"} は${expectation(d)}。直してください（形式は ${d.schema ?? "case.schema.json"} にあります）`,
  "yaml-malformed": d =>
    `YAML として読めません（${faultOf(d.reason)}）。ここを直してください。別名とタグは使えません`,
  "policy-unknown-key": d => `${d.path} は方針の項目ではありません。ここで使えるのは ${d.known} です`,
  "policy-missing": d => `方針に ${d.path} がありません。書いてください`,
  "policy-value": d => `${d.path} の値が ${d.value} です。${d.expected} の形で書いてください`,
  "policy-amount-negative": d =>
    `${d.path} が ${d.value} です。ここの金額は最小単位で 0 以上です。マイナスを付けずに書いてください`,
  "policy-id-twice": d => `方針に「${d.id}」という規則が 2 つあります。別々の id にしてください`,
  "policy-contradiction": d =>
    `規則「${d.a}」（${d.first}）と「${d.b}」（${d.second}）は条件が同じで判定が違います。どちらか一方にしてください`,
  "policy-never-fires": d =>
    `規則「${d.id}」が働くことはありません。その条件では必ず先に規則「${d.earlier}」が働きます。前に移すか、削ってください`,
  "policy-thresholds": d => `規則「${d.id}」：${d.a} と ${d.b} は両立しません。どちらかを直してください`,
  "policy-side-traced": d =>
    `${d.path} は支払った側の追跡された価値を問うていますが、追跡された価値は受け取った側について示すものです。side を削るか、"cluster: { traced: ... }" としてください`,
  "policy-side-of-nothing": d =>
    `${d.path} に side がありますが、側のある条件がありません。sanctioned、label、traced、cluster、lookAlike のどれかを加えるか、side を削ってください`,
  "screen-missing-ref": () =>
    "照会するものが指定されていません。アドレス・取引・出力を書くか、--file で一覧を指定してください",
  "screen-ref-invalid": d =>
    `${d.address} は ${d.chain} のアドレスに見えますが、正しくありません（${d.reason}）。出典から写し直してください`,
  "screen-ref-unrecognised": d =>
    `「${d.ref}」は、対応するチェーンのアドレス・取引 ID・出力（txid:vout）のどれでもなく、そのままの形で載っている一覧もありません。確かめてください`,
  "screen-output-number": d =>
    `「${d.ref}」は出力ではありません。番号が、取引にあり得る最後の 4294967295 を超えています。確かめてください`,
  "cluster-missing-ref": () =>
    "調べる対象がありません。台帳にあるアドレス、出力（txid:vout）または取引の ID を指定してください",
  "cluster-ref-unrecognised": d =>
    `「${d.ref}」は、この台帳のチェーン ${d.chain} のアドレスではありません${d.reason === undefined ? "" : `（${d.reason}）`}。確かめるか、--ledger で別の台帳を指定してください`,
  "cluster-not-in-ledger": d =>
    `${d.ledger} には、最後のブロックまで ${d.ref} が一度も現れません。クラスターについては何も言えません。確かめるか、ashiato ingest で台帳を新しくしてください`,
  "cluster-nobody": d =>
    `${d.ref} の価値は、だれも使えないか、だれのものか隠されているため、持ち主もクラスターもありません。別の出力を指定してください`,
  "case-unknown": d =>
    `事件「${d.name}」はありません。同梱の事件は ${d.known} です。または事件ファイルのパスを指定してください`,
  "case-reference": d =>
    `${d.path} が示す ${d.what}「${d.id}」が事件の中にありません。名前を直すか、加えてください`,
  "case-duplicate": d => `${d.path} の id「${d.id}」が重複しています。id は 1 度だけ使ってください`,
  "case-remainder": d => `移動 ${d.id} は残額を動かしますが、送り手がありません。from を書いてください`,
  "claim-circle": d =>
    `主張 ${d.id} がそれ自身から派生しています（${d.circle}）。この中の派生を 1 つ外してください`,
  "band-wrong": d =>
    `証拠 ${d.id} の ${d.hypothesis} に対する幅が ${d.band} です。幅は 0 から 1 の間で下端から上端へ書き、上端は 0 より大きくしてください`,
  "band-missing": d =>
    `証拠 ${d.id} に仮説 ${d.hypothesis} の ${d.what} がありません。「その他」も含め、すべての仮説について書いてください`,
  "quote-too-long": d =>
    `主張 ${d.id} の引用が ${d.words} 語あります。${d.most} 語未満にしてください（日本語は 2 文字を 1 語と数えます）`,
  "hypotheses-without-other": () =>
    "「その他または不明」を表す仮説がちょうど 1 つ必要です。1 つに other: true を付けてください",
  "attribution-none": d =>
    `事件「${d.name}」には attribution.json がありません。帰属ファイルのパスを指定してください`,
  "priors-sum": d => `事前確率の合計が ${d.sum} です。ちょうど 1 になるようにしてください`,
  "without-unknown": d =>
    `--without の「${d.id}」は、この事件の主張、証拠、グループ、派生のどれでもありません。派生は「写し/元」の形で書きます`,
  "rule-unknown": d => `規則「${d.value}」はありません。all、または ${d.known} から選んでください`,
  "rule-needs-utxo": d =>
    `規則 ${d.rule} は UTXO 型の台帳だけに定義されており、この記録は口座型です。外してください`,
  "chain-unknown": d => `チェーン「${d.value}」はありません。${d.known} のどれかを使ってください`,
  "option-value": d =>
    `オプション ${d.option} の値「${d.value}」は使えません。${d.expected} を指定してください`,
  "option-unknown": d => `オプション ${d.option} はありません。ashiato ${d.command} --help を見てください`,
  "option-needs-value": d =>
    `オプション ${d.option} には値が必要です。ashiato ${d.command} --help を見てください`,
  "option-takes-none": d =>
    `オプション ${d.option} は値を取りません。ashiato ${d.command} --help を見てください`,
  "option-missing-source": () =>
    "追跡する記録がありません。事件の名前か、--transfers FILE、または --outputs FILE と --inputs FILE を指定するか、「ashiato ingest」で台帳を作ってください",
  "ingest-missing-source": d => `ingest ${d.what}の取得元を指定してください：${d.options}`,
  "option-needs-option": d => `${d.a}は${d.b}と一緒に使います。両方を指定するか、どちらも外してください`,
  "rpc-needs-ledger": d =>
    `${d.chain}のノードはアカウントごとの動きを答えられません。先に台帳を作ってください：ashiato ingest ${d.chain} --rpc URL`,
  "ingest-without-heights": () =>
    "行に高さがありません。台帳は高さで順序を決め、続きから取り込みます。高さを付けるか、--transfersでファイルを直接追跡してください",
  "case-not-on-chain": d =>
    `${d.case}が盗難とする入金は、このノードのチェーンに一つもありません。チェーン全体を持つノードを指定するか、事件だけを追跡してください`,
  "option-conflict": d => `${d.a} と ${d.b} は一緒に使えません。どちらかを外してください`,
  "option-missing-theft": () =>
    "盗難が指定されていません。--theft REF[,REF] か --thefts FILE を指定してください",
  "command-unknown": d => `コマンド「${d.value}」はありません。ashiato --help を見てください`,
  "heights-absent": d =>
    `--to-height ${d.height} の前後の記録に高さがありません。記録にある高さを指定するか、外してください`,
  "report-unwritable": d => `報告書を書き込めません（${d.reason}）。フォルダーと権限を確かめてください`,
  "output-unwritable": d => `答えを書き出せません（${d.reason}）。書き出された分は途中までです`,
  "cache-unwritable": d =>
    `取得した応答をここに保存できません（${d.reason}）。空き容量とフォルダーの権限を確かめてください`,
  "account-too-busy": d =>
    `アカウント ${d.account} の ${d.list} は ${d.rows} 行を超え、サービスの一覧では追跡できません。サービスであれば --services FILE に挙げ、そうでなければ台帳かノードから追跡してください`,
  "remote-unreachable": d =>
    `${d.path || "要求"}に応答がありません（${d.said}）。アドレスとサービスの稼働を確かめ、同じコマンドを再実行してください。保存済みのデータはそのままです`,
  "remote-timed-out": d =>
    `${d.path}に${d.said}以内の応答がありません。後で再実行するか、別のサービスを指定してください。保存済みのデータはそのままです`,
  "remote-rate-limited": d =>
    `サービスがこれ以上の要求を受け付けません（${d.path}：${d.said}）。しばらく待って同じコマンドを再実行すると、続きから始まります`,
  "remote-not-found": d =>
    `サービスに${d.path}がありません。このチェーンとこのAPIを提供しているか確かめてください`,
  "remote-nonsense": d =>
    `${d.path}への応答を解釈できません（${d.said}）。アドレスがこのチェーンとこのAPIのものか確かめてください`,
  "remote-too-large": d => `${d.path}への応答が大きすぎます（${d.said}）。読み込みませんでした`,
  "remote-unauthorised": d =>
    `サービスが利用者名とパスワードを求めているか、拒んでいます（${d.path}：${d.said}）。http://user:password@host:portと書くか、ノードのcookieファイルを指定してください`,
  "remote-redirected": d =>
    `サービスが${d.path}を別の場所へ転送しています（${d.said}）。指定されていないホストには問い合わせません。必要ならそのホストを指定してください`,
  "remote-other-network": d =>
    `サービスは${d.found}のもので、${d.expected}ではありません。正しいネットワークか別のアドレスを指定してください`,
  "remote-behind": d =>
    `サービスのブロックは${d.theirs}までで、台帳の${d.ours}より遅れています。追いつくまで待ってください`,
  "remote-reorganised": d =>
    `読み込み中に高さ${d.height}でチェーンが再編成されました。同じコマンドを再実行してください`,
  "node-without-index": () =>
    "ノードに取引の索引がないか、まだ完成していません。-txindex=1を付けて起動するか、「ashiato ingest」で台帳を作ってください",
  "scan-too-long": d =>
    `ブロック${d.horizon}まですべての支払いをたどるには、メモリに置ける${d.most}件を超える入力が必要です（ブロック${d.height}で到達）。「ashiato ingest」で台帳を作ってそこから追跡するか、--to-heightで終わりを早めてください`,
  "block-malformed": d =>
    `ブロック${d.block}を読めません（${d.reason}、${d.at}バイト目）。検証済みのノードからブロックを取り直してください`,
  "block-spends-unknown": d =>
    `ブロック${d.block}：${d.tx}が使う${d.output}は、それより前のどのブロックにもありません。このブロックは保存していません。検証済みのノードからブロックを取り直してください`,
  "block-spends-spent": d =>
    `ブロック${d.block}：${d.tx}が使う${d.output}は、すでに使われています。このブロックは保存していません。検証済みのノードからブロックを取り直してください`,
  "block-spends-burned": d =>
    `ブロック${d.block}：${d.tx}が使う${d.output}は、だれにも使えない出力です。このブロックは保存していません。検証済みのノードからブロックを取り直してください`,
  "block-makes-value": d =>
    `ブロック${d.block}：${d.tx}の出力の合計は${d.credits}ですが、許される額は${d.debits}までです。このブロックは保存していません。検証済みのノードからブロックを取り直してください`,
  "blocks-none": d =>
    `ここには${d.network}のブロックを含むblk*.datファイルがありません。ノードのblocksフォルダーを指定してください`,
  "blocks-other-network": d =>
    `ブロックは${d.found}のもので、${d.expected}ではありません。正しいネットワークを指定してください`,
  "blocks-incomplete": d =>
    `ブロックファイルに高さ${d.height}以降のブロック（${d.hash}など）がありません。剪定されたノードにはすべてのブロックがありません`,
  "chain-data-malformed": d =>
    `${d.what}はこのチェーンにあり得ない内容です（${d.reason}）。取り直してください`,
  "ledger-missing": d =>
    `${d.folder}に台帳がありません。「ashiato ingest」で作るか、--ledgerで別の場所を指定してください`,
  "ledger-locked": d =>
    `別のプロセス（${d.holder}）が台帳に書き込んでいます。終わるのを待つか、止めてください。保存済みのデータは失われません`,
  "ledger-other-chain": d =>
    `この台帳は${d.found}のもので、${d.expected}ではありません。台帳一つにチェーン一つです。--ledgerで別のフォルダーを指定してください`,
  "ledger-other-version": d =>
    `台帳の形式は${d.found}ですが、このプログラムが読めるのは${d.expected}です。取り込み直してください`,
  "ledger-not-published": d =>
    `${d.folder}の台帳には公開済みの列がまだありません。「ashiato ledger publish」を実行してください`,
  "ledger-damaged": d =>
    `台帳の列が壊れています（${d.reason}）。columnsフォルダーを削除し、「ashiato ledger publish」を実行してください`,
  "ledger-unreadable": d =>
    `ledger.duckdbを読み取れません（${d.reason}）。台帳のフォルダーを削除して取り込み直すか、--ledgerで別のフォルダーを指定してください`,
  "ledger-link-broken": d => `台帳のつながりが切れています：${d.at}の${d.what}。取り込み直してください`,
  "ledger-reorganised": d =>
    `高さ${d.height}から先で、チェーンが台帳のブロックと分かれました。新しいフォルダーに取り込むか、同じ枝のノードを指定してください`,
  "ledger-unwritable": d =>
    `台帳に書き込めません（${d.reason}）。空き容量か権限を確かめてください。保存済みのデータはそのままです`,
  "sweep-missing-thefts": () => "盗難が指定されていません。--thefts FILE（CSV theft,ref）を付けてください",
  "ledger-without-owners": () =>
    "この台帳は、出力を所有者ごとに引ける形になる前に公開されたものです。「ashiato ledger publish」を一度実行してください",
  "ledger-columns-old": () =>
    "この台帳の列は以前の版で公開されたものです。「ashiato ledger publish」を一度実行してください",
  "ledger-full": d =>
    `台帳の${d.what}が上限の${d.most}件を超えます（番号は32ビットです）。チェーンの範囲を狭めてください`,
  "day-malformed": d => `「${d.value}」は日付として読めません。YYYY-MM-DD の形で書いてください`,
  "labels-missing": d =>
    `${d.folder} にラベルがありません。「ashiato labels import ファイル」で取り込むか、--labels で別のフォルダーを指定してください`,
  "labels-not-published": d =>
    `${d.folder} のラベルにはまだ索引がありません。「ashiato labels import --labels ${d.folder}」をファイルなしで実行してください`,
  "labels-damaged": d =>
    `保存されたラベルが壊れています（${d.reason}）。索引であれば columns フォルダーを削除し、「ashiato labels import」をファイルなしで実行してください。取り込み済みファイルの場合は控えから戻してください`,
  "labels-other-version": d =>
    `ラベルの索引の形式は ${d.found} ですが、このプログラムが読めるのは ${d.expected} です。columns フォルダーを削除し、「ashiato labels import」をファイルなしで実行してください`,
  "labels-locked": d =>
    `別のプロセス（${d.holder}）がラベルを取り込み中です。終わるのを待ってください。今回の分は何も保存されていません`,
  "labels-unwritable": d =>
    `ラベルを書き込めません（${d.reason}）。空き容量か権限を確かめてください。保存済みのものはそのままです`,
  "labels-malformed": d =>
    `ラベルのファイルとして読めません：${labelReasonJa(String(d.reason))}。何も取り込んでいません`,
  "labels-reject": d =>
    `取り込めないラベルが ${d.count} 件あります。最初は ${d.address}（${labelReasonJa(String(d.reason))}）です。ファイルを直すか --strict を外してください。何も取り込んでいません`,
  "labels-list-unknown": d =>
    `「${d.value}」という一覧はありません。「ashiato labels list」で確かめてください`,
  "labels-complete-empty": d =>
    `このファイルからは何も取り込めないので、ラベルのある一覧「${d.list}」の全体ではあり得ません。ファイルを直すか --complete を外してください。何も取り込んでいません`,
  "labels-address": d =>
    `${d.address} は ${d.chain} のアドレスに見えますが、正しくなく（${labelReasonJa(String(d.reason))}）、そのままの形で載っている一覧もありません。出典から写し直してください`,
  "labels-no-folder": d =>
    `${d.folder} はラベルのフォルダーではなく、ファイルか、ファイルの先の場所です。--labels でフォルダーを指定してください`,
  "labels-task": d =>
    d.value === ""
      ? `ラベルについて何をするかを書いてください：ashiato labels ${d.known}。詳しくは ashiato labels --help`
      : `「ashiato labels ${d.value}」はありません。使えるのは ${d.known} です`,
  "labels-why-what": () =>
    "何について調べるかを書いてください：「ashiato labels why アドレス」、またはラベルが付けた主体の短い名前",
  "day-impossible": d =>
    `${d.value} の一覧はあり得ません。最も古いコインは Bitcoin の最初のブロックの日、${d.first} のものです。ファイルがそう述べる日付を書いてください`,
  "alarm-limit": d =>
    `警報「${d.id}」には amount と percent のどちらか一方だけが必要です。いずれか一つを書いてください`,
  "alarm-percent": d =>
    `警報「${d.id}」の percent が「${d.value}」です。0 以上 100 未満の数を、小数点以下 9 桁までで書いてください`,
  "alarm-receivers": () =>
    "警報の届け先がありません。deliver に stdout、file、webhooks のいずれかを書いてください",
  "alarm-webhook": d =>
    `「${d.url}」は webhook として使えません。http または https のアドレスを、利用者名・パスワード・# を付けずに 1 度だけ書いてください`,
  "alarm-secret": d =>
    `秘密鍵が ${d.least} バイトより短いです。もっと長いものにして、受け取り側にも設定してください`,
  "alarm-state-damaged": d =>
    `保存された警報の状態が読めません（${d.what}）。ファイルを削除すると最初からやり直せますが、それまでに数えた分は失われます`,
  "alarm-queue-damaged": d =>
    `警報の待ち行列が壊れています（${d.what}）。フォルダーを別の場所に移し、まだ届いていない警報がないか確かめてから、もう一度始めてください`,
  "alarm-unwritable": d =>
    `ここに警報を書き込めません（${d.reason}）。空き容量と権限を確かめて、もう一度始めてください。待ち行列に入った警報は残っています`,
  "does-not-reconcile": d =>
    `${d.asset} の ${d.rule} による答えの収支が合いません。プログラムの誤りであり、この数字は使えません。入力を添えて報告してください`,
  internal: d =>
    `プログラムが失敗しました（${d.reason}）。プログラムの誤りです。入力を添えて報告してください`,
}

function expectation({ keyword, value }: ProblemDetail): string {
  switch (keyword) {
    case "type":
      return `型が ${value} でなければなりません`
    case "required":
      return `「${value}」が必要です`
    case "additionalProperties":
      return `「${value}」を持てません`
    case "duplicate":
      return `「${value}」を 1 度しか持てません`
    case "enum":
    case "const":
      return ` ${value} でなければなりません`
    case "pattern":
      return ` ${value} の形でなければなりません`
    default:
      return ` ${keyword} ${value} を満たしていません`
  }
}

function faultOf(reason: string | number | undefined): string {
  return syntaxFault(String(reason), syntaxFaultsJa)
}
