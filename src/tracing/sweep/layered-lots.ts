import { UNTRACED } from "../label.ts"
import type { AmountList } from "./amount-list.ts"
import { pushFlat } from "./flat-lots.ts"
import { PotTable } from "./pot-table.ts"

/**
 * The lots of each output, from what it holds of each layer: layer k is of the labels from k + 1 on, and what an output
 * holds of label k + 1 is the difference to the next layer. Outputs come in ascending order.
 *
 * @param layers the first holds every output that any of them does
 * @param withUntraced whether what is in no layer is a lot too
 */
export function lotsByOutput(layers: readonly AmountList[], withUntraced: boolean): PotTable {
  const sorted = layers.map(ascending)
  const at = sorted.map(() => 0)
  const [first] = sorted
  const table = new PotTable()
  for (const [place, output] of (first?.outputs ?? []).entries()) {
    const sums = sorted.map((layer, k) => {
      const place = at[k] as number
      if (layer.outputs[place] !== output) return 0
      at[k] = place + 1
      return layer.amounts[place] as number
    })
    const lots: number[] = []
    if (withUntraced) pushFlat(lots, UNTRACED, (first?.values[place] as number) - (sums[0] as number))
    for (const [k, sum] of sums.entries()) pushFlat(lots, k + 1, sum - (sums[k + 1] ?? 0))
    table.add(output, lots)
  }
  return table
}

/** Only coinbases, which come after the others of their block, disturb an order that is there already. */
function ascending({
  outputs,
  amounts,
  values,
  length,
}: AmountList): Pick<AmountList, "outputs" | "amounts" | "values"> {
  const order = Uint32Array.from({ length }, (_, at) => at).sort(
    (a, b) => (outputs[a] as number) - (outputs[b] as number),
  )
  return {
    outputs: Uint32Array.from(order, at => outputs[at] as number),
    amounts: Float64Array.from(order, at => amounts[at] as number),
    values: Float64Array.from(order, at => values[at] as number),
  }
}
