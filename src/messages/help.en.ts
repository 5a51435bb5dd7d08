export const helpEn = {
  general: `ashiato: follows stolen coins from the theft to where they are, to the last unit

  ashiato trace ...      follow the thefts of a case or a file, under each rule side by side
  ashiato --version      print the version
  ashiato --help         print this

Every command has --help with examples, --lang en|ja, and exits 0 when done, 1 when an answer does not
reconcile, 2 for bad input (one line on standard error: where, what, what to do).
Nothing leaves this machine.
`,
  trace: `ashiato trace CASE
ashiato trace --theft REF[,REF] | --thefts FILE   --transfers FILE | --outputs FILE --inputs FILE

What to trace
  CASE                    a bundled case (coincheck-2018, bybit-2025), or the path of a case file
  --theft REF[,REF]       each credit is a theft of its own: txid:vout, or txid#n of a transfer row
  --thefts FILE           CSV theft,ref: groups credits into thefts
  --transfers FILE        CSV txid,n,height,time,from,to,asset,amount [kind,exchange,grade,source]
  --outputs FILE          CSV txid,vout,height,index,time,address,value
  --inputs FILE           CSV txid,n,spent_txid,spent_vout
  --chain NAME            bitcoin, testnet, regtest, litecoin, litecoin-regtest, ethereum, nem: addresses are
                          checked; without it they are opaque
How
  --rule LIST|all         fifo, lifo, haircut, clean-first, dirty-first, tiho, poison (default all)
  --fees drop|follow      count traced fees (default), or follow them to the producer
  --to-height H           true up to this height, inclusive
  --min AMOUNT            do not follow credits that carry less (smallest units; default 0)
  --max-hops N            do not follow further than N transactions from the theft
  --services FILE         CSV address,service: where following stops
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
  ashiato trace --theft 4a5e...b:0 --outputs outputs.csv --inputs inputs.csv --chain bitcoin
  ashiato trace --thefts thefts.csv --transfers transfers.csv --chain nem --services services.csv
`,
}
