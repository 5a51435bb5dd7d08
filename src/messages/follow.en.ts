import { many } from "./many.ts"

const help = `ashiato follow bitcoin --rpc URL   [--thefts FILE] [--alarms FILE] [--ledger DIR]
ashiato follow ethereum --rpc URL
ashiato follow nem --nis URL

Keeps a ledger, and under each rule what is traced of every theft of a file, at the tip of a node, and prints a line for each
new block. Blocks that the chain leaves are taken back, as far as 100 deep. A node that is not there is waited for. Killed at any
moment and run again, it goes on where it was; a block may be told twice then, none is left out. The first time it begins at the
node's tip: what is before is history, which "ashiato sweep" answers.

  --rpc URL               a node of Bitcoin's family, or of Ethereum
  --rpc-cookie FILE       the node's .cookie file, in place of user and password (bitcoin)
  --network NAME          mainnet (default), testnet, regtest, litecoin, litecoin-regtest (bitcoin)
  --chain-id N            the chain's number (ethereum; default 1)
  --up-to WHAT            latest (default), or finalized: no block of that can be undone (ethereum)
  --check-tokens yes|no   hold tokens to their contract's balanceOf (ethereum; default yes)
  --nis URL               a NEM node
  --from-height H         where an empty ledger begins (ethereum, nem; default the chain's first block)
  --ledger DIR            the ledger, made where there is none (default ./ashiato.ledger)
  --thefts FILE           CSV theft,ref: groups credits into thefts
  --rule NAMES            fifo, lifo, haircut, clean-first, dirty-first, tiho (bitcoin only), poison; or all (default)
  --fees drop|follow      count fees apart (default), or follow them to the producer
  --services FILE         CSV address,service: where following stops
  --alarms FILE           what must ring, and where it is delivered (ashiato/alarms/1; docs/alarms.md)
  --labels DIR            where labels are kept, for alarms of kind "label" (default ./ashiato.labels, if it is there)
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
  ashiato follow ethereum --rpc http://127.0.0.1:8545 --from-height 23000000 --alarms alarms.json
`

interface Block {
  readonly height: number
  readonly hash: string
}

interface Sum {
  readonly rule: string
  readonly theft: string
  readonly asset: string
  readonly spent: string
  readonly received: string
}

const named = ({ height, hash }: Block): string => `${height} ${hash}`

export const followEn = {
  help,
  stopping: "Stopping: what is under way is stored first. Ctrl-C again stops at once; what was stored stays.",
  waiting: "Waiting; this is not said again until it is over.",
  began: (block: Block, again: boolean): string =>
    again ? `going on after block ${named(block)}` : `following from block ${named(block)} on`,
  block: (block: Block, time: string | null, transactions: number): string =>
    `block ${named(block)} ${time ?? "?"}: ${many(transactions, "transaction", "transactions")}`,
  sum: ({ rule, theft, asset, spent, received }: Sum): string =>
    `  ${rule} ${theft}: ${spent} spent, ${received} received (${asset})`,
  undone: (block: Block): string => `undone ${named(block)}`,
  unknownRef: (theft: string, ref: string): string => `not in the chain so far: ${ref} of ${theft}`,
  back: "going on: it is over",
  alarm: (notice: string): string => `alarm ${notice}`,
  ended: (block: Block, interrupted: boolean): string =>
    `${interrupted ? "interrupted" : "ended"} at block ${named(block)}`,
}

export type FollowMessages = typeof followEn
