import type { LinkMessages } from "./links.en.ts"

const help = `ashiato links --thefts FILE [--ledger DIR | --transfers FILE]

盗難どうしの間に台帳が示す事実を、二件ずつ組にして挙げます。取引、金額、確かさ、その種の事実について知られている落とし穴を添え、
強い種類から並べます。点数は付けず、誰の名も挙げません。ある事実が誰についてどれほどの重みを持つかは、ご自身が書いた判断に
もとづいて "ashiato attribute" が量ります。

  --thefts FILE           CSV theft,ref: 入金を盗難ごとにまとめたもの (二件以上)
  --ledger DIR            "ashiato ingest" で作った台帳 (既定は ./ashiato.ledger)
  --transfers FILE        台帳の代わり: CSV txid,n,height,time,from,to,asset,amount [kind,exchange,grade,source]
  --chain NAME            移転ファイルのチェーン: アドレスを検査し、手数料に使う通貨がわかります
  --rule NAME             fifo (既定), lifo, haircut, clean-first, dirty-first, tiho
  --services FILE         CSV address,service: 追跡を止める場所
  --labels DIR            "ashiato labels import" で保存したラベル (既定は ./ashiato.labels があればそれ)
  --as-of DATE            この日にリストが述べていたことで数える YYYY-MM-DD (既定は今日)
  --to-height H           このブロックまで (このブロックを含む)
  --json, --lang en|ja

例
  ashiato links --thefts thefts.csv
  ashiato links --thefts thefts.csv --ledger btc.ledger --labels ashiato.labels --json
  ashiato links --thefts thefts.csv --transfers transfers.csv --chain ethereum --services services.csv
`

export const linksJa: LinkMessages = {
  help,
  kinds: {
    "shared-spending": "同時の使用: 一つの取引が双方の保有分に署名しています",
    commingling: "合流と送金: 双方の価値が一か所に入り、その保有者がまとめて送っています",
    "gas-funding": "同じ資金元: 手数料のための最初の資金が同じアカウントから来ています",
    "shared-deposit":
      "サービスの同じ入金アドレス: その口座の持ち主 (資金洗浄者) を結び付けるもので、盗んだ者を結び付けません",
    timing: "時間帯 (UTC): 参考として示すだけです",
    "chain-order": "チェーン上の順序: 参考として示すだけです",
  },
  pitfalls: {
    payjoin:
      "支払う側と受け取る側の双方が入力を出した可能性があります (payjoin)。その場合、署名者は二人です。",
    "unknown-coinjoin": "ここで知られていない型のコインジョインかもしれません。",
    "custodian-signs":
      "サービスと知られていない業者が、両者を含む多くの顧客のために署名した可能性があります。",
    "paid-before":
      "ここで使われる前に、追跡した価値が別の人に支払われていた可能性があります。署名者は保有者であり、盗んだ者とは限りません。",
    "cannot-refuse":
      "送られてくる価値は誰も拒めません。一方の盗難の保有者が、もう一方の保有者を巻き込むために送ったのかもしれません。その場合、送った分だけ費用がかかっています。",
    "unlabelled-service": "リストに載っていないサービス (仲介業者、ミキサー、取引所) の場所かもしれません。",
    "rule-decides": "アカウントからどのコインが先に出たかは規則によります。ほかの規則でもお確かめください。",
    "seller-of-gas":
      "取引所、フォーセット、中継者、手数料の販売者は何千もの相手に送ります。この資金元は、調べたリストには載っていません。",
    "funds-many": "資金元が支払った相手が多いほど、この相手が含まれることの意味は小さくなります。",
    "launderer-not-thief":
      "サービスに口座を持つ者を結び付けます。その者は他人のために洗浄しているかもしれず、盗んだ者どうしは結び付けません。",
    "broker-for-many": "仲介業者や口座の名義貸しは、多くの盗難のコインを受け取ります。",
    "pattern-only": "一人の顧客の入金アドレスであることは動きからの推定です。個人の財布かもしれません。",
    "few-sweeps": "転送は二回に達していません。サービスへの一回の支払いも同じに見えます。",
    copyable: "誰でも好きな時間に動けます。時間帯は身元を示しません。",
    "zone-unknown":
      "同じ時間帯には多くの人がいます。UTC+9 は韓国も日本も同じです。データを見た後に選ぶことになるため、時間帯は選んでいません。",
    automation: "プログラムは昼夜を問わず動き、サービスの予定が顧客の動きに見えることもあります。",
    "order-is-no-link": "どちらが先かは可能性を示すだけで、それ自体は何も結び付けません。",
    "no-labels": "ラベルは使っていません。追跡は、明示されたサービスでのみ止まりました。",
  },
  nothing: {
    receipt:
      "受け取りのみ、数えません: 双方から受け取っただけのアドレスです。誰でもどのアドレスにも送れます。",
    dust: "微少額、数えません: 一方の盗難額の千分の一に届きません。この程度は誰にでも送られます。",
    coinjoin: "コインジョイン、数えません: 複数の保有者が署名しています。",
    "sweep-to-service":
      "数えません: すべてが一つのサービスに入りました。サービス自身が顧客のアドレスを空にしたのかもしれません。",
    "service-address": "数えません: 多くの人が使うサービスのアドレスです。",
    "service-funder": "数えません: 資金元はサービスです。",
    "busy-funder": "数えません: 資金元は一万回を超えて動いており、サービスに見られる動きです。",
    "victim-funder": "数えません: 資金元は盗まれた側のアカウントです。",
  },
  roles: {
    spends: "使用",
    "pays-in": "入金",
    "pays-on": "送金",
    funds: "資金供給",
    arrives: "到着",
    stolen: "盗難",
    "last-moved": "最後の動き",
  },
  notLooked: {
    "no-account-history": "アカウントの資金元は調べていません: 記録からアカウントの動きがわかりません。",
    "native-unknown": "アカウントの資金元は調べていません: 手数料に使う通貨は --chain でわかります。",
  },
  intro: (thefts, rule) =>
    `${thefts} 件の盗難の間のつながり (規則 ${rule} で追跡)。台帳からの事実です。点数は付けず、誰の名も挙げません。`,
  onlyOne: "盗難が一件しかありません。つながりは二件の間のものです。",
  took: (id, amounts) => `  ${id} の被害: ${amounts}`,
  pair: (a, b) => `${a} と ${b}`,
  none: "  両者を結び付けるものは見つかりませんでした。",
  sameCoins: amounts => `  双方が同じコインを盗んでいます。以下には含めません: ${amounts}`,
  grade: grade => `確かさ: ${grade}`,
  hops: hops => `盗難から ${hops} 段`,
  restsOn: heuristics => `根拠とする読み方: ${heuristics}`,
  funded: count => `資金元が支払った相手は全部で ${count} 件です`,
  nearest: seconds => `最も近い二つの取引の間隔: ${seconds} 秒`,
  interleaved: is =>
    is ? "一方が動いている間にもう一方も動いています" : "一方の動きは、もう一方の盗難より前に止まっています",
  leftOut: count => `ほか ${count} 件`,
  nothingHead: "数えないもの:",
  pitfallHead: "見つかったものについて知られている落とし穴:",
  gaps: "不足:",
  movesLeftOut: count => `追跡した動きが多すぎるため、${count} 件は調べていません。`,
  height: height => `高さ ${height}`,
}
