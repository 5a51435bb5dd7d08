import { syntaxFault } from "./syntax-faults.en.ts"
import { syntaxFaultsJa } from "./syntax-faults.ja.ts"

/** What is wrong with an entry or a file of labels, and what was noted, in Japanese; `$1` is what the pattern holds. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^wrong length$/, "長さが違います"],
  [/^unexpected character$/, "使えない文字があります"],
  [/^upper and lower case mixed$/, "大文字と小文字が混ざっています"],
  [/^checksum does not match$/, "チェックサムが合いません"],
  [/^not of this network$/, "このネットワークのアドレスではありません"],
  [/^wrong checksum form for its witness version$/, "witness バージョンとチェックサムの形式が合いません"],
  [/^no such witness version$/, "その witness バージョンはありません"],
  [/^witness program of a wrong length$/, "witness プログラムの長さが違います"],
  [/^wrong padding$/, "余りのビットが正しくありません"],
  [/^no (\w+)$/, "$1 がありません"],
  [/^a tag of a transaction, not of an address$/, "アドレスではなくトランザクションのタグです"],
  [/^the file does not say which network it is of$/, "どのネットワークのものかファイルに書かれていません"],
  [/^unknown key "(.*)" left out$/, "未知のキー「$1」は取り込みません"],
  [
    /^(?:line (\d+): )?(\S+) is listed as an address of (\S+); by its checksum it is one of (\S+), and taken as that$/,
    "$2（$1 行目）は $3 のアドレスと書かれていますが、チェックサムによれば $4 のもので、そう扱います",
  ],
  [
    /^(\S+) (\S+) is before (\S+), the day of the first block of any chain$/,
    "$1 の $2 は、どのチェーンの最初のブロックの日（$3）よりも前です",
  ],
  [/^YAML: nested too deep$/, "YAML：入れ子が深すぎます"],
  [/^not a YAML mapping$/, "YAML のマッピングではありません"],
  [/^neither a list of tags nor one of actors$/, "tags も actors もありません"],
  [/^(\S+) is no list$/, "$1 がリストではありません"],
  [/^an entry of (\w+) is no mapping$/, "$1 にマッピングでない項目があります"],
  [/^a mapping stands within a mapping$/, "マッピングの中にマッピングがあります"],
  [/^a key is no text$/, "文字列でないキーがあります"],
  [/^the key "(.*)" stands twice$/, "キー「$1」が二度書かれています"],
  [/^"(.*)" is neither text nor a list of texts$/, "「$1」は文字列でも文字列のリストでもありません"],
  [/^"(.*)" has more than (\d+) entries$/, "「$1」の項目が $2 を超えています"],
  [/^an entry of "(.*)" is no text$/, "「$1」に文字列でない項目があります"],
  [/^more than (\d+) aliases$/, "エイリアスが $1 を超えています"],
  [/^the alias \*(.*) stands for nothing$/, "エイリアス *$1 の指すものがありません"],
  [/^the YAML tag (.*) is not allowed$/, "YAML のタグ $1 は使えません"],
  [/^the pack has no (\w+)$/, "パックに $1 がありません"],
  [/^an actor has no (\w+)$/, "$1 のない主体があります"],
  [
    /^the actor "(.*)" stands twice and differs; the other one is on line (\d+)$/,
    "主体「$1」が二度、違う内容で書かれています（もう一方は $2 行目）",
  ],
  [
    /^the alias "(.*)" of "(.*)" is the id of another actor, on line (\d+)$/,
    "「$2」の別名「$1」は別の主体の id です（$3 行目）",
  ],
  [/^(.+) is longer than (\d+) characters$/, "$1 が $2 文字を超えています"],
  [/^(.+) holds markup: (.*)$/s, "$1 にマークアップがあります：$2"],
  [/^(.+) holds control characters or hidden ones$/, "$1 に制御文字か見えない文字があります"],
  [/^(\S+) is "(.*)", not true or false$/, "$1 が「$2」で、true でも false でもありません"],
  [/^lastmod "(.*)" is no date$/, "lastmod「$1」は日付ではありません"],
  [/^(\S+) is a list$/, "$1 がリストになっています"],
  [/^(\S+) "(.*)" is no day of the form YYYY-MM-DD$/, "$1「$2」は YYYY-MM-DD の日付ではありません"],
  [/^withdrawn on (\S+), before it was seen on (\S+)$/, "取り下げの $1 が、最初の日付 $2 より前です"],
  [/^(\d+) fields expected, (\d+) found$/, "$1 列のはずが $2 列あります"],
  [
    /^the column "(.*)" is not known; the columns are (.*)$/,
    "列「$1」は知られていません。使える列は $2 です",
  ],
  [/^a column stands twice$/, "同じ列が二度あります"],
  [/^the column (\w+) is missing$/, "列 $1 がありません"],
  [/^not a row of sdn\.csv: (\d+) fields$/, "sdn.csv の行ではありません（$1 列）"],
  [/^not JSON$/, "JSON ではありません"],
  [/^not a JSON list of addresses$/, "JSON のアドレス一覧ではありません"],
  [
    /^JSON that is neither a case file nor named sanctioned_addresses_CURRENCY\.json$/,
    "事件ファイルでも sanctioned_addresses_通貨.json でもない JSON です",
  ],
  [
    /^(\d+) bytes, more than the (\d+) that are read whole; give it as CSV$/,
    "$1 バイトあり、一度に読む上限の $2 を超えます。CSV にしてください",
  ],
  [/^not UTF-8$/, "UTF-8 ではありません"],
  [
    /^no file that can be read: a folder, a device or a pipe$/,
    "読めるファイルではなく、フォルダーか装置かパイプです",
  ],
  [
    /^no line ends within the first (\d+) bytes: no CSV$/,
    "最初の $1 バイトに行の終わりがなく、CSV ではありません",
  ],
  [/^the file is empty$/, "ファイルが空です"],
  [/^the name ends in none of (.*)$/, "ファイル名の末尾が $1 のどれでもありません"],
  [/^no list$/, "一覧がありません"],
  [/^the file changed while it was read$/, "読んでいる間にファイルが変わりました"],
  [/^CSV: a quote is not closed$/, "CSV：引用符が閉じていません"],
  [
    /^CSV: a quote inside a field that does not begin with one; double it and quote the field$/,
    "CSV：引用符で始まらない欄の中に引用符があります。二重にし、欄を引用符で囲んでください",
  ],
  [
    /^CSV: something stands between a closing quote and the next comma$/,
    "CSV：閉じる引用符と次のコンマの間に文字があります",
  ],
  [
    /^CSV: a record of more than (\d+) characters; a quote may not be closed$/,
    "CSV：1 件が $1 文字を超えています。引用符が閉じていないかもしれません",
  ],
]

/** As it is where it has no words here. */
export function labelReasonJa(reason: string): string {
  const [, code] = /^YAML: (\S+)$/.exec(reason) ?? []
  if (code !== undefined) return `YAML として読めません（${syntaxFault(code, syntaxFaultsJa)}）`
  const found = REASONS.find(([pattern]) => pattern.test(reason))
  return found === undefined ? reason : reason.replace(found[0], found[1])
}
