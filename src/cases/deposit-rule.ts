import { type DepositRule, VICTOR_BLOCKS, VICTOR_KEEP_WEI } from "../clustering/deposit-account.ts"

/** NEM's blocks are a minute apart, Ethereum's were fifteen seconds when Victor measured: half a day of either. */
const NEM_BLOCKS = VICTOR_BLOCKS / 4

/** What the chain itself moves; everything else is a contract's or an issuer's word. Of other chains nothing is known. */
const NATIVE: ReadonlyMap<string | null, string> = new Map([
  ["ethereum", "ETH"],
  ["nem", "XEM"],
])

/** What a deposit account of a chain must have done. @param tip the height up to which its moves are known */
export function depositRuleOn(chain: string | null, tip: number, mostMoves: number): DepositRule {
  return {
    withinBlocks: chain === "nem" ? NEM_BLOCKS : VICTOR_BLOCKS,
    mayKeep: asset => (chain === "ethereum" && asset === "ETH" ? VICTOR_KEEP_WEI : 0n),
    tip,
    mostMoves,
    isAnybodys: asset => (NATIVE.get(chain) ?? asset) !== asset,
  }
}
