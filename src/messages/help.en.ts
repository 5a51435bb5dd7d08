export const helpEn = {
  general: `ashiato: follows stolen coins from the theft to where they are, to the last unit

  ashiato trace ...      follow the thefts of a case or a file, under each rule side by side
  ashiato ingest ...     fill a ledger from a node's block files, a node, or a file of transfers
  ashiato ledger ...     what a ledger holds; check every link of it; publish what readers read
  ashiato sweep ...      label every traced coin of every theft of a file over a whole ledger
  ashiato follow ...     keep a ledger and what is traced in it at a node's tip, block by block; raise alarms
  ashiato labels ...     what lists say of addresses: import, list, why, export
  ashiato screen ...     what is known of an address, a transaction or an output, and what your own policy says
  ashiato cluster ...    which addresses spend together, by which transactions; labels that reach them
  ashiato attribute ...  who is said to have done it, by whom; the evidence weighed in the open
  ashiato links ...      what a ledger shows between thefts, with what is known to go wrong; no score, no names
  ashiato incidents ...  the register of thefts: what is said to be gone, how, and by whom; sums added up again
  ashiato --version      print the version
  ashiato --help         print this

Every command has --help with examples, --lang en|ja, and exits 0 when done, 1 when an answer does not
reconcile, 2 for bad input (one line on standard error: where, what, what to do).
Nothing leaves this machine, and no host is asked that you do not name.
`,
  trace: `ashiato trace CASE [--nis URL]
ashiato trace --theft REF[,REF] | --thefts FILE   [--ledger DIR | --rpc URL | --nis URL | --explorer URL |
                                                   --transfers FILE | --outputs FILE --inputs FILE]

What to trace
  CASE                    a bundled case (coincheck-2018, bybit-2025), or the path of a case file; with --nis the
                          transfers of a NEM node take the place of the reported ones
  --theft REF[,REF]       each credit is a theft of its own: txid:vout; on account chains txid#value, txid#call:PATH,
                          txid#log:I, txid#n of a NEM transaction or of a transfer row
  --thefts FILE           CSV theft,ref: groups credits into thefts
In which records
  --ledger DIR            a ledger that "ashiato ingest" has made, also while it is being written
                          (default ./ashiato.ledger)
  --rpc URL               a Bitcoin or Litecoin node with -txindex=1, asked as the trace goes
  --rpc-cookie FILE       the node's .cookie file, in place of user and password
  --nis URL               a NIS1 node of NEM
  --explorer URL          no node: an explorer that speaks Esplora's API, or for --chain ethereum Etherscan's or
                          Blockscout's; its raw answers are kept in ./ashiato.answers
  --transfers FILE        CSV txid,n,height,time,from,to,asset,amount [kind,exchange,grade,source]
  --outputs FILE          CSV txid,vout,height,index,time,address,value
  --inputs FILE           CSV txid,n,spent_txid,spent_vout
  --chain NAME            bitcoin, testnet, regtest, litecoin, litecoin-regtest, ethereum, nem: of files, whose
                          addresses are checked then; of a node or explorer (default bitcoin)
How
  --rule LIST|all         fifo, lifo, haircut, clean-first, dirty-first, tiho, poison (default all)
  --fees drop|follow      count traced fees (default), or follow them to the producer
  --to-height H           true up to this height, inclusive
  --min AMOUNT            do not follow credits that carry less (smallest units; default 0)
  --max-hops N            do not follow further than N transactions from the theft
  --services FILE         CSV address,service: where following stops
  --labels DIR            labels that "ashiato labels import" has stored (default ./ashiato.labels, if it is there):
                          following stops at what they call a service; in a ledger also at addresses that only
                          forward to one, or spend together with one
  --as-of DATE            count what the labels' lists said on this day, YYYY-MM-DD (default today)
  --stop-at-services no   follow through services all the same (and be warned)
What to print
  --json                  the answer as ashiato/trace/1
  --flows N|all           the first N traced credits in order, or all (default none)
  --report FILE.html      write one self-contained page to print
  --lang en|ja            language (default: from the locale)

Examples
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
  ingest: `ashiato ingest bitcoin   --blocks DIR | --rpc URL [--rpc-cookie FILE]   [--network NAME]
ashiato ingest ethereum  --rpc URL | --export DIR
ashiato ingest nem       --nis URL
ashiato ingest transfers FILE [--chain NAME]

Fills a ledger with the blocks it lacks. Every block is checked (ids, merkle root, proof of work, parents, sums, no
output spent twice) and stored whole or not at all; run again it goes on where it was, and with nothing new it changes
nothing. Blocks that the chain has left are taken back, up to 100 of them.

From where
  --blocks DIR            the folder "blocks" of a node: blk*.dat as Bitcoin Core and Litecoin Core write them
  --rpc URL               a node's JSON-RPC, http://user:password@127.0.0.1:8332
  --rpc-cookie FILE       the node's .cookie file, in place of user and password
  --export DIR            files of ethereum-etl: blocks, transactions, logs, token_transfers, traces
  --nis URL               a NIS1 node of NEM, http://127.0.0.1:7890
  --network NAME          mainnet (default), testnet, regtest, litecoin, litecoin-regtest
  --chain-id N            ethereum: the network's id (default 1, mainnet)
  --check-tokens yes|no   ethereum, --rpc: hold what tokens moved to the contract's balanceOf, of up to 1,000 accounts
                          a batch of blocks (default yes); a token that does not add up is a gap
  --chain NAME            of a file of transfers: checks its addresses
How much
  --from-height H         ethereum, nem: where an empty ledger begins
  --to-height H           up to this height, inclusive
  --up-to finalized|latest
                          ethereum, --rpc: to the block that can no longer be undone (default), or to the newest
Where to
  --ledger DIR            the ledger's folder (default ./ashiato.ledger)
  --json                  what was stored, as JSON
  --lang en|ja            language (default: from the locale)

Examples
  ashiato ingest bitcoin --blocks ~/.bitcoin/blocks
  ashiato ingest bitcoin --rpc http://127.0.0.1:18443 --rpc-cookie ~/.bitcoin/regtest/.cookie --network regtest
  ashiato ingest ethereum --rpc http://127.0.0.1:8545 --from-height 21895000 --ledger eth.ledger
  ashiato trace --theft 4a5e...b:0
`,
  ledger: `ashiato ledger info      what a ledger holds, up to which block, from where, and what it lacks
ashiato ledger verify    check every link of it again: parents, headers and their work, merkle roots, sums,
                         no output spent twice, every byte of the columns against the tables (exit 1 when one is broken)
ashiato ledger publish   write the columns anew that trace reads

  --ledger DIR            the ledger's folder (default ./ashiato.ledger)
  --json                  as JSON
  --lang en|ja            language (default: from the locale)

Examples
  ashiato ledger info
  ashiato ledger verify --ledger eth.ledger
`,
}
