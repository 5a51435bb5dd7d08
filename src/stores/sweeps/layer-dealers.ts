import { BoundedHaircut, MOST_LAYERS } from "../../tracing/sweep/bounded-haircut.ts"
import type { LayerStep } from "../../tracing/sweep/haircut-sweep.ts"
import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import type { SweepQuestion, SweepState } from "../../tracing/sweep/sweep-question.ts"
import { AskedWorker } from "./asked-worker.ts"
import type { FromDealer, ToDealer } from "./layer-messages.ts"
import type { Sweeper } from "./sweeper.ts"

/**
 * Haircut with its layers spread over threads. The formula telescopes: each layer, the sum of the labels from one number
 * on, is dealt without the others; they meet where a credit is declared stolen, and that is done here.
 */
export class LayerDealers implements Sweeper {
  readonly #sweep: BoundedHaircut
  readonly #threads: readonly AskedWorker<ToDealer, FromDealer>[]
  readonly #declared: readonly number[]

  constructor(question: SweepQuestion, state: SweepState | null, threads: number) {
    this.#sweep = new BoundedHaircut(question, state, MOST_LAYERS, true)
    this.#declared = [...new Set(question.declared.map(({ tx }) => tx))]
    const url = new URL("./layer-thread.js", import.meta.url)
    this.#threads = Array.from({ length: threads }, () => new AskedWorker(url))
  }

  async run(chain: SweepChain): Promise<void> {
    const steps = this.#sweep.steps(chain)
    let hasBegun = false
    for (let next = steps.next(); !next.done; next = steps.next()) {
      if (!hasBegun) await this.#begin(next.value)
      hasBegun = true
      await this.#deal(next.value)
    }
  }

  async #begin({ chain, follow }: LayerStep): Promise<void> {
    const told = { what: "begin", chain, follow, declared: this.#declared } as const
    await Promise.all(this.#threads.map(thread => thread.ask(told)))
  }

  /** Layer k is always with the same thread, which keeps what stays of it until the run ends. */
  async #deal({ layers, from, to, isLast }: LayerStep): Promise<void> {
    const count = this.#threads.length
    if (from < to) {
      await Promise.all(
        this.#threads.map((thread, at) => {
          const own = layers.flatMap(({ taken }, number) =>
            number % count === at ? [{ number, taken }] : [],
          )
          return own.length === 0 ? null : thread.ask({ what: "deal", layers: own, from, to })
        }),
      )
    }
    if (!isLast) return
    for (const thread of this.#threads) {
      const dealt = await thread.ask({ what: "end" })
      if (dealt.what !== "dealt") throw new Error("layers: no layers")
      for (const [number, layer] of dealt.layers) layers[number]?.add(layer)
    }
  }

  async finish(): Promise<SweepState> {
    return this.#sweep.state()
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()))
  }
}
