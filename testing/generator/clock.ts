import type { Dice } from "./dice.ts"

/** Times of ISO or unix form or none, which now and then run backwards: only positions order a ledger. */
export function clock(dice: Dice): () => string {
  let now = 1_516_900_000 + dice.int(0, 9999)
  const form = dice.pick(["iso", "unix", "none", "mixed"])
  return () => {
    now += dice.chance(0.1) ? -dice.int(1, 2000) : dice.int(0, 900)
    const chosen = form === "mixed" ? dice.pick(["iso", "unix", "none"]) : form
    if (chosen === "none") return ""
    return chosen === "unix" ? String(now) : new Date(now * 1000).toISOString().replace(".000Z", "Z")
  }
}
