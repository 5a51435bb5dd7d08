import type { Dice } from "./dice.ts"

export type Scale = "tiny" | "mid" | "huge"
export type Scales = readonly [Scale, ...Scale[]]

/** Tiny amounts make rounding matter; huge ones leave 53 and, on account ledgers, 64 bits behind. */
export function amountOn(dice: Dice, scale: Scale, huge: bigint): bigint {
  if (dice.chance(0.06)) return 0n
  if (scale === "tiny") return BigInt(dice.int(1, 20))
  if (scale === "mid") return 1n + dice.upTo(10n ** BigInt(dice.int(2, 9)))
  return 1n + dice.upTo(huge)
}

const SEVERAL: readonly [Scales, ...Scales[]] = [["mid"], ["huge"], ["tiny", "mid"], ["tiny", "mid", "huge"]]

/** Mostly one scale in a ledger; some have all. */
export function scalesOf(dice: Dice): Scales {
  if (dice.chance(0.45)) return ["tiny"]
  return dice.pick(SEVERAL)
}

/** Cuts a sum into parts, some of them nothing, often (for the ties of `tiho`) equal ones; `left` is not dealt. */
export function cut(dice: Dice, sum: bigint, parts: number): { amounts: bigint[]; left: bigint } {
  if (dice.chance(0.25)) {
    const each = sum / BigInt(parts)
    return { amounts: new Array(parts).fill(each), left: sum - each * BigInt(parts) }
  }
  let left = sum
  const amounts: bigint[] = []
  for (let i = 0; i < parts; i++) {
    const amount = dice.chance(0.08) ? 0n : i === parts - 1 && dice.chance(0.5) ? left : dice.upTo(left)
    amounts.push(amount)
    left -= amount
  }
  return { amounts, left }
}
