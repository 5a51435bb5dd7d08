const help = `ashiato follow bitcoin --rpc URL [--thefts FILE] [--ledger DIR]

Keeps a ledger of Bitcoin's family, and under each rule what is traced of every theft of a file, at the tip of a node, and
prints a line for each new block. Blocks that the chain leaves are taken back, as far as 100 deep. A node that is not there is
waited for. Killed at any moment and run again, it goes on where it was; a block may be told twice then, none is left out.
The first time it begins at the node's tip: what is before is history, which "ashiato sweep" answers.

  --rpc URL               a Bitcoin or Litecoin node
  --rpc-cookie FILE       the node's .cookie file, in place of user and password
  --network NAME          mainnet (default), testnet, regtest, litecoin, litecoin-regtest
  --ledger DIR            the ledger, made where there is none (default ./ashiato.ledger)
  --thefts FILE           CSV theft,ref (txid:vout): groups credits into thefts
  --rule NAMES            fifo, lifo, haircut, clean-first, dirty-first, tiho, poison; or all (default)
  --fees drop|follow      count fees apart (default), or follow them into the coinbase
  --services FILE         CSV address,service: where following stops
  --alarms FILE           what must ring, and where it is delivered (ashiato/alarms/1; docs/alarms.md)
  --metrics PORT          serve /metrics (Prometheus) on this machine
  --poll SECONDS          how often the node is asked for news (default 5)
  --until-height H        end when this block has been told
  --once                  end at the node's tip, and at once where there is no node
  --json                  one line of JSON for each event (ashiato/follow/1)
  --lang en|ja

Ctrl-C stores what is under way and ends with 130.

Examples
  ashiato follow bitcoin --rpc http://user:pw@127.0.0.1:8332 --thefts thefts.csv
  ashiato follow bitcoin --rpc http://127.0.0.1:9332 --rpc-cookie ~/.litecoin/.cookie --network litecoin \\
    --thefts thefts.csv --rule fifo,haircut --alarms alarms.json --json
`

interface Block {
  readonly height: number
  readonly hash: string
}

interface Sum {
  readonly rule: string
  readonly theft: string
  readonly spent: string
  readonly received: string
}

const named = ({ height, hash }: Block): string => `${height} ${hash}`

export const followEn = {
  help,
  stopping: "Stopping: what is under way is stored first. Ctrl-C again stops at once; what was stored stays.",
  waiting: "Waiting; this is not said again until it is over.",
  labelsUnwatched: (ids: readonly string[]): string =>
    `Alarms of kind "label" are not looked at while following: ${ids.join(", ")}`,
  began: (block: Block, again: boolean): string =>
    again ? `going on after block ${named(block)}` : `following from block ${named(block)} on`,
  block: (block: Block, time: string | null, transactions: number): string =>
    `block ${named(block)} ${time ?? "?"}: ${transactions} transaction(s)`,
  sum: ({ rule, theft, spent, received }: Sum): string =>
    `  ${rule} ${theft}: ${spent} spent, ${received} received`,
  undone: (block: Block): string => `undone ${named(block)}`,
  unknownRef: (theft: string, ref: string): string => `not in the chain so far: ${ref} of ${theft}`,
  back: "going on: it is over",
  alarm: (notice: string): string => `alarm ${notice}`,
  ended: (block: Block, interrupted: boolean): string =>
    `${interrupted ? "interrupted" : "ended"} at block ${named(block)}`,
}

export type FollowMessages = typeof followEn
