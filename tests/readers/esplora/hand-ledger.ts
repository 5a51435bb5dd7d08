import type { UtxoLedger } from "../../../testing/oracle/question.ts"
import { hashOf } from "./as-bitcoin.ts"

export const COIN = { asset: "coin", unit: "unit", decimals: 0 }
export const LOOT = hashOf("loot")
export const HIDE = hashOf("hide")
export const LATE = hashOf("late")

const out = (txid: string, vout: number, height: number, index: number, value: bigint, address: string) => {
  return { txid, vout, height, index, time: "", address, value }
}

/**
 * Height 10 has a coinbase of 100; in 11 it is stolen by `loot` (90 and 8, fee 2); in 12 `hide` spends the 90 (50 to
 * nobody's address, 30 burned, fee 10); in 13 `late` spends the 50.
 */
export const LEDGER: UtxoLedger = {
  shape: "utxo",
  outputs: [
    out(hashOf("c10"), 0, 10, 0, 100n, "victim"),
    out(hashOf("c11"), 0, 11, 0, 102n, "miner"),
    out(LOOT, 0, 11, 1, 90n, "thief"),
    out(LOOT, 1, 11, 1, 8n, "thief"),
    out(hashOf("c12"), 0, 12, 0, 110n, "miner"),
    out(HIDE, 0, 12, 1, 50n, ""),
    out(HIDE, 1, 12, 1, 30n, "op_return"),
    out(hashOf("c13"), 0, 13, 0, 100n, "miner"),
    out(LATE, 0, 13, 1, 50n, "shop"),
  ],
  inputs: [
    { txid: LOOT, n: 0, spent_txid: hashOf("c10"), spent_vout: 0 },
    { txid: HIDE, n: 0, spent_txid: LOOT, spent_vout: 0 },
    { txid: LATE, n: 0, spent_txid: HIDE, spent_vout: 0 },
  ],
}
