import type { UtxoLedger } from "../oracle/question.ts"
import type { InputRow, OutputRow } from "../oracle/rows.ts"
import { cut } from "./amounts.ts"
import type { Dice } from "./dice.ts"

/** Regtest's new coins of a block in its first 150. */
const SUBSIDY = 5_000_000_000n

/**
 * A ledger as a chain of Bitcoin's family can have it from its first block on: heights without holes, each block's
 * coinbase first in it and claiming all it may, nothing else without inputs, the first block's coins out of reach.
 */
export function makeBitcoinLedger(dice: Dice): UtxoLedger {
  const addresses = Array.from({ length: dice.int(3, 10) }, (_, i) => `adr${i}`)
  const outputs: OutputRow[] = []
  const inputs: InputRow[] = []
  const unspent: OutputRow[] = []
  const time = ""
  outputs.push({ txid: "genesis", vout: 0, height: 0, index: 0, time, address: "nobody", value: 0n })
  const blocks = dice.int(3, 40)
  for (let height = 1; height <= blocks; height++) {
    let fees = 0n
    const made: OutputRow[] = []
    const count = unspent.length === 0 ? 0 : dice.pick([0, 1, 1, 2, 3, 5])
    for (let index = 1; index <= count && unspent.length > 0; index++) {
      const txid = `tx ${height} ${index}`
      let sum = 0n
      for (let n = 0, spends = dice.pick([1, 1, 2, 3]); n < spends && unspent.length > 0; n++) {
        // Often what was just made, so that coins go far, also within a block.
        const at = dice.chance(0.6) ? unspent.length - 1 : dice.int(0, unspent.length - 1)
        const [spent] = unspent.splice(at, 1)
        if (spent === undefined) break
        sum += spent.value
        inputs.push({ txid, n, spent_txid: spent.txid, spent_vout: spent.vout })
      }
      const { amounts, left } = cut(dice, sum, dice.pick([1, 2, 2, 3, 4]))
      fees += left
      for (const [vout, value] of amounts.entries()) {
        const address = dice.pick(addresses) ?? ""
        const output = { txid, vout, height, index, time, address, value }
        made.push(output)
        unspent.push(output)
      }
    }
    const { amounts, left } = cut(dice, SUBSIDY + fees, dice.pick([1, 1, 2, 3]))
    for (const [vout, amount] of amounts.entries()) {
      const value = vout === 0 ? amount + left : amount
      const address = dice.pick(addresses) ?? ""
      const output = { txid: `coinbase ${height}`, vout, height, index: 0, time, address, value }
      outputs.push(output)
      unspent.push(output)
    }
    outputs.push(...made)
  }
  return { shape: "utxo", outputs, inputs }
}
