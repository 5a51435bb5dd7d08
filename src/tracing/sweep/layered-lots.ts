import { UNTRACED } from "../label.ts"
import type { AmountList } from "./amount-list.ts"
import { type FlatLots, pushFlat } from "./flat-lots.ts"

/**
 * The lots of each output, from what it holds of each layer: layer k is of the labels from k + 1 on, and what an output
 * holds of label k + 1 is the difference to the next layer. Outputs come in ascending order.
 *
 * @param layers the first holds every output that any of them does
 * @param amountOf adds the untraced part; null leaves it out
 */
export function lotsByOutput(
  layers: readonly AmountList[],
  amountOf: ((output: number) => number) | null,
): (readonly [output: number, lots: FlatLots])[] {
  const sorted = layers.map(ascending)
  const at = sorted.map(() => 0)
  const [first] = sorted
  if (first === undefined) return []
  return Array.from(first.outputs, (output): readonly [number, FlatLots] => {
    const sums = sorted.map((layer, k) => {
      const place = at[k] as number
      if (layer.outputs[place] !== output) return 0
      at[k] = place + 1
      return layer.amounts[place] as number
    })
    const lots: number[] = []
    if (amountOf !== null) pushFlat(lots, UNTRACED, amountOf(output) - (sums[0] as number))
    for (const [k, sum] of sums.entries()) pushFlat(lots, k + 1, sum - (sums[k + 1] ?? 0))
    return [output, lots]
  })
}

/** Only coinbases, which come after the others of their block, disturb an order that is there already. */
function ascending({ outputs, amounts, length }: AmountList): {
  outputs: Uint32Array
  amounts: Float64Array
} {
  const order = Uint32Array.from({ length }, (_, at) => at).sort(
    (a, b) => (outputs[a] as number) - (outputs[b] as number),
  )
  return {
    outputs: Uint32Array.from(order, at => outputs[at] as number),
    amounts: Float64Array.from(order, at => amounts[at] as number),
  }
}
