import { HaircutPool, sharesOf } from "./haircut-pool.ts"
import { type LabelTable, UNTRACED } from "./label.ts"
import type { Lot, Lots } from "./lot.ts"
import type { Rule } from "./rule.ts"

/**
 * The labels of what was given for one asset, carried over to the credits of the other in proportion: as if they
 * were one credit of their sum, dealt by the haircut formula over the amounts given, and then shared out among the
 * credits by the same formula. Under poison any traced value given makes all that is got wholly traced.
 *
 * @param given lots of all debits of asset A
 * @param amounts the credits of asset B, in order
 */
export function convert(
  given: Lots,
  amounts: readonly bigint[],
  rule: Rule,
  labels: LabelTable,
): readonly Lots[] {
  const sum = amounts.reduce((total, amount) => total + amount, 0n)
  const table = new HaircutPool()
  table.append(given)
  if (!rule.conserves) {
    const label = given.reduce((union, lot) => labels.union(union, lot.label), UNTRACED)
    return amounts.map(amount => (amount === 0n ? [] : [{ label, amount }]))
  }
  const rows = table.lots()
  const shares = table.total === 0n ? [] : sharesOf(rows, table.total, sum)
  const got: Lot[] = rows.map(({ label }, index) => ({ label, amount: shares[index] as bigint }))
  const pool = new HaircutPool()
  pool.append(table.total === 0n ? [{ label: UNTRACED, amount: sum }] : got)
  return amounts.map(amount => pool.take(amount))
}
