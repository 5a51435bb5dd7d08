import type { NamedNetwork } from "../chains/bitcoin/network-name.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { type Columns, openColumns } from "../stores/columns/columns.ts"
import { SweepTrail } from "../stores/sweeps/sweep-trail.ts"
import { BlockTable } from "../stores/utxo-ledger/block-table.ts"
import { OwnerTable } from "../stores/utxo-ledger/owner-table.ts"
import { SweepLedger } from "../stores/utxo-ledger/sweep-ledger.ts"
import { PullSweep } from "../tracing/sweep/pull-sweep.ts"
import { openSweep } from "../tracing/sweep/sweep.ts"
import type { Declared } from "../tracing/sweep/sweep-chain.ts"
import type { SweepState } from "../tracing/sweep/sweep-question.ts"
import { balanceAt } from "./follow-balance.ts"
import { knownSoFar } from "./follow-known.ts"
import type { BlockAt, FollowedChain, FollowedLedger, ToldBlock } from "./follow-ledger.ts"
import { sweepTelling } from "./follow-lots.ts"
import { MoveTeller } from "./follow-moves.ts"
import type { FollowedThefts } from "./follow-question.ts"
import { FollowedRule, type Sweeping } from "./follow-rule.ts"

/** Far behind, blocks are swept in runs of about so many transactions. */
const RUN_TRANSACTIONS = 2_000_000

/** A sweep with the declared credits that it was opened for: the chain may come to have more. */
interface OpenSweep {
  readonly sweep: PullSweep
  readonly declared: readonly Declared[]
}

type UtxoRule = FollowedRule<SweepState, OpenSweep>

/** A ledger of Bitcoin's family that is followed. */
export class FollowedUtxo implements FollowedChain {
  readonly #order: FollowedThefts
  readonly #network: NamedNetwork
  readonly #asset: string
  readonly #rules: readonly UtxoRule[]

  /** @param asset the chain's own */
  constructor(order: FollowedThefts, network: NamedNetwork, asset: string) {
    this.#order = order
    this.#network = network
    this.#asset = asset
    this.#rules = order.thefts.length === 0 ? [] : order.rules.map(rule => new FollowedRule(rule))
  }

  open(): FollowedLedger {
    const columns = openColumns(this.#order.folder)
    try {
      return new UtxoRound(columns, this.#order, this.#network, this.#asset, this.#rules)
    } catch (error) {
      columns.close()
      throw error
    }
  }
}

class UtxoRound implements FollowedLedger {
  readonly horizon: BlockAt | null
  readonly unknown: FollowedLedger["unknown"]
  readonly #columns: Columns
  readonly #order: FollowedThefts
  readonly #network: NamedNetwork
  readonly #all: SweepLedger
  readonly #declared: readonly Declared[]
  readonly #rules: readonly UtxoRule[]
  readonly #moves: MoveTeller
  readonly #blocks: BlockTable

  constructor(
    columns: Columns,
    order: FollowedThefts,
    network: NamedNetwork,
    asset: string,
    rules: readonly UtxoRule[],
  ) {
    this.#columns = columns
    this.#order = order
    this.#network = network
    this.#rules = rules
    this.#all = this.#ledger(null)
    this.horizon = this.#all.horizon
    const { known, unknown } = knownIn(this.#all, order.thefts)
    this.#declared = this.#all.declared(known).declared
    this.unknown = unknown
    this.#moves = new MoveTeller(columns, new OwnerTable(columns, network.network), asset)
    this.#blocks = new BlockTable(columns)
  }

  #ledger(toHeight: number | null): SweepLedger {
    return new SweepLedger(this.#columns, this.#network.network, this.#order.services, toHeight)
  }

  hashAt(height: number): string | null {
    return height >= 0 && height < this.#all.blocks ? this.#all.hashAt(height) : null
  }

  bringTo(told: BlockAt): void {
    if (this.#rules.length === 0) return
    const upTo = this.#ledger(told.height)
    const before = upTo.declared(knownIn(upTo, this.#order.thefts).known).declared
    for (const rule of this.#rules) rule.bringTo(told, this.#sweeping(rule.rule, upTo, before))
  }

  #sweeping(rule: RuleName, upTo: SweepLedger, before: readonly Declared[]): Sweeping<SweepState, OpenSweep> {
    const { fees } = this.#order
    const declared = this.#declared
    const open = (state: SweepState): OpenSweep => {
      return { sweep: new PullSweep({ rule, fees, declared }, state), declared }
    }
    return {
      trail: new SweepTrail(this.#order.own, rule),
      hashAt: height => this.hashAt(height),
      // Outputs have no past that later blocks could change.
      holds: () => true,
      sweep: (after, height) => {
        const sweep = openSweep({ rule, fees, declared: before }, after?.state ?? null)
        const to = height === upTo.horizon?.height ? upTo : this.#ledger(height)
        for (const [start, end] of to.runs((after?.height ?? -1) + 1, RUN_TRANSACTIONS))
          sweep.run(to.run(start, end))
        return sweep.state()
      },
      open,
      carry: own =>
        JSON.stringify(own.declared) === JSON.stringify(declared) ? own : open(own.sweep.state()),
      stateOf: ({ sweep }) => sweep.state(),
    }
  }

  step(block: BlockAt, tellAll: boolean): ToldBlock {
    const { height } = block
    const chain = this.#all.run(height, height + 1)
    const theftIds = this.#order.thefts.map(({ id }) => id)
    const lots = this.#rules.map(one =>
      one.step(block, ({ sweep }) =>
        sweepTelling(sweep, chain, this.#declared, { rule: one.rule, theftIds }),
      ),
    )
    const transactions = chain.txEnd - chain.txFrom
    const time = this.#blocks.timeAt(height)
    return { ...block, time, transactions, ...this.#moves.moves(chain, lots, tellAll) }
  }

  keep(): void {
    for (const rule of this.#rules) rule.keep(this.#sweeping(rule.rule, this.#all, this.#declared))
  }

  balanceAt(addresses: readonly string[], asset: string, height: number): bigint | null {
    const { chain } = this.#network
    return asset === this.#moves.asset ? balanceAt(this.#columns, chain, addresses, height) : 0n
  }

  close(): void {
    this.#columns.close()
  }
}

function knownIn(ledger: SweepLedger, thefts: FollowedThefts["thefts"]) {
  return knownSoFar(thefts, own => ledger.declared([own]).beyond.length === 0)
}
