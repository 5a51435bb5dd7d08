import type { LedgerMessages } from "./ledger.en.ts"

export const ledgerJa: LedgerMessages = {
  stopping:
    "停止します。処理中のものを保存してから終わります。もう一度 Ctrl-C を押すとすぐに止まります。保存済みのものは残ります。",
  ingested: (folder, { after, from, undone, interrupted }) => {
    if (after === null) return `台帳 ${folder}：空です。`
    const undo = undone > 0 ? `チェーンから外れた ${undone} ブロックを取り消し、` : ""
    const stored =
      from > after.height
        ? "新しいブロックはありません"
        : `ブロック ${from} から ${after.height} までを保存し、公開しました`
    const cut = interrupted ? "（中断しました。同じコマンドで続きから始まります）" : ""
    return `台帳 ${folder}：${undo}${stored}。高さ ${after.height}（${after.hash}）まで正しい${cut}`
  },
  chain: "チェーン",
  horizon: "ここまで正しい",
  published: "公開済み",
  notPublished: "まだありません",
  height: (height, hash, time) => `高さ ${height}、${hash}（${time}）`,
  empty: "空",
  counts: "内容",
  rows: {
    blocks: "ブロック",
    transactions: "取引",
    outputs: "出力",
    inputs: "入力",
    rows: "送金",
    accounts: "アカウント",
    assets: "資産",
    pots: "ポット",
  },
  from: "取得元",
  provenance: (from, to, source, at) => `ブロック ${from} から ${to}：${source}、保存 ${at}`,
  gaps: "欠けているもの",
  noGaps: "分かっている欠けはありません",
  beingWritten: holder => `${holder} が書き込み中です。以下は公開済みの列の内容です。`,
  verified: (blocks, rows) =>
    `つながりは正しい：${blocks} ブロック、${rows} 行を確かめました（親ブロック、順序、合計、二重使用なし、列と表の一致）。`,
  broken: count => `つながりが切れています：${count} 件。`,
  faults: {
    order: at => `${at}：番号に抜けがあるか、ブロックと合いません`,
    parent: at => `ブロック ${at} が直前のブロックを親としていません`,
    header: at => `ブロック ${at}：ヘッダーのハッシュが合いません`,
    work: at => `ブロック ${at}：作業証明が目標を満たしません`,
    "merkle-root": at => `ブロック ${at}：取引がマークルルートと合いません`,
    "spent-unknown": at => `入力 ${at} が使う出力がそれより前にありません`,
    "spent-twice": at => `出力 ${at} が二度使われています`,
    "spent-burned": at => `入力 ${at} が、だれにも使えない出力を使っています`,
    "made-value": at => `${at} の出力の合計が許される額を超えています`,
    link: at => `つながりの誤り：${at}`,
    "columns-damaged": at => `列：${at}`,
    "columns-differ": at => `列が表と違います：${at}`,
    "columns-behind": at =>
      `列が古いブロック（${at}）のものです。「ashiato ledger publish」を実行してから確かめてください`,
  },
  publishedNow: folder => `${folder} の列を公開しました。`,
}
