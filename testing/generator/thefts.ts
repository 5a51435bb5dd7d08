import type { OracleLedger, OracleTheft } from "../oracle/question.ts"
import type { Dice } from "./dice.ts"

/** A credit of the ledger as a theft sees it. */
interface Target {
  readonly ref: string
  readonly amount: bigint
  /** What spends it, or what its receiver pays later: a theft of that is a theft of stolen coins. */
  readonly next: () => Target[]
}

/** One to five thefts, many of them of coins that are traced already, some of the very same credit. */
export function makeThefts(dice: Dice, ledger: OracleLedger): OracleTheft[] {
  const targets = ledger.shape === "utxo" ? utxoTargets(ledger) : accountTargets(ledger)
  const worth = targets.filter(target => target.amount > 0n)
  const thefts: OracleTheft[] = []
  const chosen: Target[] = []
  const count = dice.pick([1, 1, 2, 2, 3, 4, 5])
  for (let i = 0; i < count; i++) {
    const refs = new Set<string>()
    const size = dice.pick([1, 1, 1, 2, 3])
    for (let k = 0; k < size; k++) {
      const target = chooseTarget(dice, worth.length > 0 && dice.chance(0.9) ? worth : targets, chosen)
      if (!target) continue
      chosen.push(target)
      refs.add(target.ref)
    }
    if (refs.size > 0) thefts.push({ id: `theft${i}`, refs: [...refs] })
  }
  // Labels hold first thefts first, not thefts in the order of their names.
  return dice.shuffle(thefts)
}

function chooseTarget(dice: Dice, targets: readonly Target[], chosen: readonly Target[]): Target | undefined {
  const fate = dice.roll()
  if (fate < 0.08 && chosen.length > 0) return dice.pick(chosen)
  if (fate < 0.6 && chosen.length > 0) {
    let target = dice.pick(chosen)
    for (let walk = dice.int(1, 3); walk > 0; walk--) target = dice.pick(target?.next() ?? []) ?? target
    return target
  }
  // An early theft has the more to follow.
  return dice.chance(0.7) ? targets[dice.int(0, Math.floor(targets.length / 2))] : dice.pick(targets)
}

function utxoTargets(ledger: OracleLedger & { shape: "utxo" }): Target[] {
  const outputs = ledger.outputs.map(({ txid, vout, value }) => ({
    txid,
    ref: `${txid}:${vout}`,
    amount: value,
  }))
  const targets: Target[] = outputs.map(output => ({
    ...output,
    next: () => {
      const spender = ledger.inputs.find(input => `${input.spent_txid}:${input.spent_vout}` === output.ref)
      return targets.filter((_, i) => outputs[i]?.txid === spender?.txid)
    },
  }))
  return targets
}

function accountTargets(ledger: OracleLedger & { shape: "account" }): Target[] {
  const targets: Target[] = ledger.rows.map((row, i) => ({
    ref: `${row.txid}#${row.n}`,
    amount: row.amount,
    next: () =>
      targets.slice(i + 1).filter((_, k) => {
        const later = ledger.rows[i + 1 + k]
        return later?.from === row.to && later.asset === row.asset
      }),
  }))
  return targets
}
