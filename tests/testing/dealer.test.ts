import { expect, test } from "vitest"
import { cut } from "../../testing/generator/amounts.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { Dealer } from "../../testing/oracle/dealer.ts"
import { LabelNumbers } from "../../testing/oracle/label-numbers.ts"
import { amountOf, type Lot } from "../../testing/oracle/lot.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho"] as const
const LABELS = [[], ["b"], ["a"], ["b", "a"], ["a", "b"]]

/** A random pool with lots of every label, credits that do not exceed it, and the labels numbered as listed. */
function deal(seed: number, rule: (typeof RULES)[number]) {
  const dice = new Dice(seed)
  const numbers = new LabelNumbers()
  for (const label of LABELS) numbers.note(label)
  const pool: Lot[] = Array.from({ length: dice.int(1, 9) }, () => ({
    label: dice.pick(LABELS) ?? [],
    amount: 1n + dice.upTo(dice.pick([9n, 9n, 1n << 80n])),
  }))
  const { amounts } = cut(dice, amountOf(pool), dice.int(1, 5))
  return { pool, amounts, ...new Dealer(rule, numbers).deal(pool, amounts) }
}

function perLabel(lots: readonly Lot[]): bigint[] {
  return LABELS.map(label => amountOf(lots.filter(lot => lot.label.join() === label.join())))
}

test.each(RULES)("%s conserves every label and every credit", rule => {
  for (let seed = 0; seed < 500; seed++) {
    const { pool, amounts, dealt, rest } = deal(seed, rule)
    expect(perLabel([...dealt.flat(), ...rest])).toEqual(perLabel(pool))
    expect(dealt.map(amountOf)).toEqual(amounts)
  }
})

test("haircut telescopes: the sums over the first l labels can be computed alone", () => {
  for (let seed = 0; seed < 500; seed++) {
    const { pool, amounts, dealt } = deal(seed, "haircut")
    for (let l = 1; l <= LABELS.length; l++) {
      const first = (lots: readonly Lot[]) =>
        perLabel(lots).reduce((sum, part, i) => (i < l ? sum + part : sum), 0n)
      let prefix = first(pool)
      let total = amountOf(pool)
      for (const [i, amount] of amounts.entries()) {
        const share = total === 0n ? 0n : (prefix * amount) / total
        expect(first(dealt[i] ?? [])).toBe(share)
        prefix -= share
        total -= amount
      }
    }
  }
})
