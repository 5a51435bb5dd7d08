import { many } from "./many.ts"

const help = `ashiato sweep --thefts FILE [--ledger DIR]

Labels every traced coin of every theft of a file over a whole ledger, of Bitcoin's family or of accounts (Ethereum, NEM, files of
transfers), in one pass, under each rule.
It gives the same figures as "ashiato trace" on the same data; a trace pulls what it needs, a sweep reads everything in
order, which is faster where many thefts or much of the chain are concerned. Where it stood is kept in the ledger's folder:
asked the same again later, it goes on from there.

  --thefts FILE           CSV theft,ref (txid:vout; on accounts txid#value and so on, as in trace): groups credits into thefts
  --ledger DIR            a ledger that "ashiato ingest" has made (default ./ashiato.ledger)
  --rule NAMES            fifo, lifo, haircut, clean-first, dirty-first, tiho, poison; or all (default; accounts have no tiho)
  --fees drop|follow      count fees apart (default), or follow them to who gets them
  --services FILE         CSV address,service: where following stops
  --to-height H           up to this block, which is included
  --list N                how many holdings and arrivals of each asset are listed, the largest first (default 100)
  --threads N             rules swept at a time (default: one for each core); on accounts all go in one pass
  --run N                 stream the ledger in runs of about N transactions, of accounts N rows (default: all at once where it fits; 1,048,576 rows)
  --fresh                 begin at the beginning, whatever was kept
  --json, --lang en|ja

Examples
  ashiato sweep --thefts thefts.csv
  ashiato sweep --thefts thefts.csv --rule fifo,haircut --to-height 840000 --json
`

export const sweepEn = {
  help,
  counts: "Counted in all",
  counted: (rule: string, holdings: number, arrivals: number, resumedFrom: number | null): string =>
    `  ${rule}: ${many(holdings, "holding", "holdings")}, ${many(arrivals, "arrival", "arrivals")}; ${
      resumedFrom === null ? "swept from the first block" : `gone on with from height ${resumedFrom}`
    }`,
}

export type SweepMessages = typeof sweepEn
