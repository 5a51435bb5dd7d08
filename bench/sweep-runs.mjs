// A chain cut into runs of blocks, as a sweep gets them that streams: views of the same arrays, and what crosses into a run.

/** @returns the `SweepChain` of some of a chain's blocks */
export function cut(chain, fromBlock, toBlock) {
  const [txFrom, txEnd] = [chain.blockFirstTx[fromBlock], chain.blockFirstTx[toBlock]]
  const [outputFrom, outputEnd] = [chain.firstOutput[txFrom], chain.firstOutput[txEnd]]
  const [inputFrom, inputEnd] = [chain.firstInput[txFrom], chain.firstInput[txEnd]]
  const spent = chain.spent.subarray(inputFrom, inputEnd)
  const outputs = spent.filter(output => output < outputFrom).sort()
  return {
    txFrom,
    txEnd,
    blockFirstTx: chain.blockFirstTx.subarray(fromBlock, toBlock + 1),
    claimable: chain.claimable.subarray(fromBlock, toBlock),
    outputFrom,
    firstOutput: chain.firstOutput.subarray(txFrom, txEnd + 1),
    fee: chain.fee.subarray(txFrom, txEnd),
    value: chain.value.subarray(outputFrom, outputEnd),
    spender: chain.spender.subarray(outputFrom, outputEnd),
    fate: chain.fate.subarray(outputFrom, outputEnd),
    inputFrom,
    firstInput: chain.firstInput.subarray(txFrom, txEnd + 1),
    spent,
    crossing: {
      outputs,
      spenders: outputs.map(output => chain.spender[output]),
      values: Float64Array.from(outputs, output => chain.value[output]),
    },
  }
}

export function* runsOf(chain, blocksOfRun) {
  const blocks = chain.blockFirstTx.length - 1
  for (let from = 0; from < blocks; from += blocksOfRun)
    yield cut(chain, from, Math.min(blocks, from + blocksOfRun))
}
