import {
  BURNED,
  FIRST_SERVICE,
  FOLLOWED,
  type SweepChain,
  UNSPENT,
} from "../../../src/tracing/sweep/sweep-chain.ts"
import type { UtxoLedger } from "../../../testing/oracle/question.ts"

/** A generated ledger as a sweep reads it: all of it, and any run of its blocks. */
export interface WholeChain {
  readonly blocks: number
  readonly potNames: readonly string[]
  readonly outputOf: ReadonlyMap<string, number>
  makerOf(output: number): number
  run(fromBlock: number, toBlock: number): SweepChain
}

/** Of a ledger of `makeBitcoinLedger`, whose rows stand in chain order, each block's coinbase first. */
export function chainOf(
  { outputs, inputs }: UtxoLedger,
  services: ReadonlyMap<string, string>,
  mostBlock: number | null,
): WholeChain {
  const kept = outputs.filter(({ height }) => mostBlock === null || (height ?? 0) <= mostBlock)
  const txids = [...new Set(kept.map(({ txid }) => txid))]
  const heights = txids.map(txid => kept.find(row => row.txid === txid)?.height as number)
  const potNames = kept.map(({ txid, vout }) => `${txid}:${vout}`)
  const outputOf = new Map(potNames.map((name, at) => [name, at]))
  const firstOutput = txids.map(txid => kept.findIndex(row => row.txid === txid))
  const spentOf = txids.map(txid => inputs.filter(row => row.txid === txid).sort((a, b) => a.n - b.n))
  const spent = spentOf.flatMap(rows =>
    rows.map(row => outputOf.get(`${row.spent_txid}:${row.spent_vout}`) as number),
  )
  const firstInput = spentOf.map((_, tx) => spentOf.slice(0, tx).reduce((sum, rows) => sum + rows.length, 0))
  const value = kept.map(row => Number(row.value))
  const spender = kept.map(() => UNSPENT)
  for (const [tx, rows] of spentOf.entries()) {
    for (const row of rows) spender[outputOf.get(`${row.spent_txid}:${row.spent_vout}`) as number] = tx
  }
  const firstBlock = heights[0] as number
  const blocks = (heights.at(-1) as number) - firstBlock + 1
  const blockFirstTx = Array.from({ length: blocks + 1 }, (_, block) => {
    const at = heights.findIndex(height => height - firstBlock >= block)
    return at < 0 ? txids.length : at
  })
  const names = [...new Set(services.values())]
  const fate = kept.map(row => {
    const service = services.get(row.address)
    if (row.address === "") return BURNED
    return service === undefined ? FOLLOWED : FIRST_SERVICE + names.indexOf(service)
  })
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
  const outputsOf = (tx: number): number[] =>
    value.slice(firstOutput[tx], firstOutput[tx + 1] ?? value.length)
  const isCoinbase = (tx: number): boolean => blockFirstTx.includes(tx)
  const fee = txids.map((_, tx) => {
    if (isCoinbase(tx)) return 0
    const taken = spent.slice(firstInput[tx], firstInput[tx + 1] ?? spent.length)
    return sum(taken.map(output => value[output] as number)) - sum(outputsOf(tx))
  })
  return {
    blocks,
    potNames,
    outputOf,
    makerOf: output => firstOutput.findLastIndex(first => first <= output),
    run(fromBlock, toBlock) {
      const [txFrom, txEnd] = [blockFirstTx[fromBlock] as number, blockFirstTx[toBlock] as number]
      const outputFrom = firstOutput[txFrom] ?? value.length
      const outputEnd = firstOutput[txEnd] ?? value.length
      const inputFrom = firstInput[txFrom] ?? spent.length
      const inputEnd = firstInput[txEnd] ?? spent.length
      const claimable = Array.from({ length: toBlock - fromBlock }, (_, at) => {
        const first = blockFirstTx[fromBlock + at] as number
        const fees = sum(fee.slice(first + 1, blockFirstTx[fromBlock + at + 1]))
        return Math.max(sum(outputsOf(first)), fees)
      })
      const crossing = spent.slice(inputFrom, inputEnd).filter(output => output < outputFrom)
      crossing.sort((a, b) => a - b)
      return {
        txFrom,
        txEnd,
        blockFirstTx: Uint32Array.from(blockFirstTx.slice(fromBlock, toBlock + 1)),
        claimable: Float64Array.from(claimable),
        outputFrom,
        firstOutput: Uint32Array.from([...firstOutput.slice(txFrom, txEnd), outputEnd]),
        fee: Float64Array.from(fee.slice(txFrom, txEnd)),
        value: Float64Array.from(value.slice(outputFrom, outputEnd)),
        spender: Uint32Array.from(spender.slice(outputFrom, outputEnd), (tx, at) =>
          fate[outputFrom + at] === FOLLOWED ? tx : UNSPENT,
        ),
        fate: Uint16Array.from(fate.slice(outputFrom, outputEnd)),
        inputFrom,
        firstInput: Uint32Array.from([...firstInput.slice(txFrom, txEnd), inputEnd]),
        spent: Uint32Array.from(spent.slice(inputFrom, inputEnd)),
        crossing: {
          outputs: Uint32Array.from(crossing),
          spenders: Uint32Array.from(crossing, output => spender[output] as number),
          values: Float64Array.from(crossing, output => value[output] as number),
        },
      }
    },
  }
}
