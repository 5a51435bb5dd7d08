import type { CaseTransfer } from "../../casefile/case.ts"
import type { Flow } from "../../contracts/trace.ts"
import type { Grade } from "../../ledger/grade.ts"
import type { Time } from "../../units/time.ts"
import { accountOf, keyOf, shortened } from "./address-book.ts"
import { type Context, conservingOf } from "./context.ts"

/** A transfer as the timeline tells it: of the case where there is one, else of the trace. */
export interface Movement {
  readonly id: string | null
  readonly time: Time
  readonly from: string
  readonly to: string
  /** Null for a remainder whose amount is on no record. */
  readonly amount: bigint | null
  readonly asset: string
  readonly grade: Grade
}

export function movementsOf(context: Context): readonly Movement[] {
  const { input, text, book } = context
  const named = (address: string): string => book.name(address) ?? shortened(address)
  if (input.caseFile !== null) {
    const amounts = amountsOf(input.caseFile.transfers)
    return input.caseFile.transfers.map(({ id, time, from, to, asset, grade }, index) => ({
      id,
      time,
      from: from === undefined ? text.transfers.issued : named(from),
      to: to === undefined ? text.transfers.destroyed : to === "?" ? text.transfers.unrecorded : named(to),
      amount: amounts[index] ?? null,
      asset,
      grade,
    }))
  }
  return tracedFlows(context).map(({ flow, asset }) => ({
    id: null,
    time: flow.time,
    from:
      flow.from.length === 0
        ? text.flow.declared
        : flow.from.map(pot => named(accountOf(pot, asset))).join(", "),
    to: flow.to === null ? text.flowKinds[flow.kind] : named(accountOf(flow.to, asset)),
    amount: BigInt(flow.traced),
    asset,
    grade: flow.grade,
  }))
}

/** The flows under the first conserving rule of each asset; what poison reaches where no other was asked for. */
export function tracedFlows({ input }: Context): readonly { readonly flow: Flow; readonly asset: string }[] {
  return input.trace.answers.flatMap(answer => {
    const flows = (conservingOf(answer)[0]?.[1] ?? answer.rules.poison)?.flows ?? []
    return flows.map(flow => ({ flow, asset: answer.asset }))
  })
}

/**
 * What each transfer moves: a remainder is what the transfers before it leave in the sender's pot, as the trace
 * takes it. Null for one that is no number.
 */
export function amountsOf(transfers: readonly CaseTransfer[]): readonly (bigint | null)[] {
  const balances = new Map<string, bigint>()
  const add = (address: string | undefined, asset: string, change: bigint): void => {
    if (address === undefined || address === "?") return
    const pot = `${keyOf(address)}/${asset}`
    balances.set(pot, (balances.get(pot) ?? 0n) + change)
  }
  return transfers.map(({ from, to, asset, amount }) => {
    const left = balances.get(`${keyOf(from ?? "")}/${asset}`) ?? 0n
    const moved =
      amount === "remainder" ? (left > 0n ? left : 0n) : /^\d+$/.test(amount) ? BigInt(amount) : null
    add(from, asset, -(moved ?? 0n))
    add(to, asset, moved ?? 0n)
    return moved
  })
}
