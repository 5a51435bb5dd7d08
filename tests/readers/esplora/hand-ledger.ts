import { mineChain } from "../../../testing/explorers/mined-chain.ts"
import type { UtxoLedger } from "../../../testing/oracle/question.ts"

export const COIN = { asset: "coin", unit: "unit", decimals: 0 }

const out = (txid: string, vout: number, height: number, index: number, value: bigint, address: string) => {
  return { txid, vout, height, index, time: "", address, value }
}

/**
 * Height 10 has a coinbase of 100; in 11 it is stolen by `loot` (90 and 8, fee 2); in 12 `hide` spends the 90 (50 to
 * nobody's address, 30 burned, fee 10); in 13 `late` spends the 50.
 */
const LEDGER: UtxoLedger = {
  shape: "utxo",
  outputs: [
    out("c10", 0, 10, 0, 100n, "victim"),
    out("c11", 0, 11, 0, 102n, "miner"),
    out("loot", 0, 11, 1, 90n, "thief"),
    out("loot", 1, 11, 1, 8n, "thief"),
    out("c12", 0, 12, 0, 110n, "miner"),
    out("hide", 0, 12, 1, 50n, ""),
    out("hide", 1, 12, 1, 30n, "op_return"),
    out("c13", 0, 13, 0, 100n, "miner"),
    out("late", 0, 13, 1, 50n, "shop"),
  ],
  inputs: [
    { txid: "loot", n: 0, spent_txid: "c10", spent_vout: 0 },
    { txid: "hide", n: 0, spent_txid: "loot", spent_vout: 0 },
    { txid: "late", n: 0, spent_txid: "hide", spent_vout: 0 },
  ],
}

export const CHAIN = mineChain(LEDGER)
export const LOOT = CHAIN.txidOf("loot")
export const HIDE = CHAIN.txidOf("hide")
export const LATE = CHAIN.txidOf("late")
