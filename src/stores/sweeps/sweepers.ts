import { PotTable } from "../../tracing/sweep/pot-table.ts"
import { openSweep } from "../../tracing/sweep/sweep.ts"
import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import type { SweepQuestion, SweepState } from "../../tracing/sweep/sweep-question.ts"
import { AskedWorker } from "./asked-worker.ts"
import { LayerDealers } from "./layer-dealers.ts"
import type { FromSweeper, ToSweeper } from "./sweep-messages.ts"
import type { Sweeper } from "./sweeper.ts"

/**
 * A sweep in threads of its own; in this one where there are to be none, or where the program is run as TypeScript,
 * which Node's threads do not load.
 *
 * @param threads more than one are of use to haircut with several labels alone
 */
export async function openSweeper(
  question: SweepQuestion,
  state: SweepState | null,
  threads: number,
): Promise<Sweeper> {
  if (threads > 0 && import.meta.url.endsWith(".js")) {
    const isSpread = threads > 1 && question.rule === "haircut" && question.declared.length > 1
    return isSpread ? new LayerDealers(question, state, threads) : ThreadedSweeper.open(question, state)
  }
  const sweep = openSweep(question, state)
  return {
    run: async chain => sweep.run(chain),
    finish: async () => sweep.state(),
    close: async () => {},
  }
}

class ThreadedSweeper implements Sweeper {
  readonly #thread = new AskedWorker<ToSweeper, FromSweeper>(new URL("./sweep-thread.js", import.meta.url))

  static async open(question: SweepQuestion, state: SweepState | null): Promise<ThreadedSweeper> {
    const sweeper = new ThreadedSweeper()
    const packed = state === null ? null : { pots: state.pots.arrays(), book: state.book }
    await sweeper.#thread.ask({ what: "open", question, state: packed })
    return sweeper
  }

  async run(chain: SweepChain): Promise<void> {
    await this.#thread.ask({ what: "run", chain })
  }

  async finish(): Promise<SweepState> {
    const swept = await this.#thread.ask({ what: "finish" })
    if (swept.what !== "swept") throw new Error("sweeper: no state")
    return { pots: new PotTable(swept.state.pots), book: swept.state.book }
  }

  close(): Promise<void> {
    return this.#thread.close()
  }
}
