import { Worker } from "node:worker_threads"
import { PotTable } from "../../tracing/sweep/pot-table.ts"
import { openSweep } from "../../tracing/sweep/sweep.ts"
import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import type { SweepQuestion, SweepState } from "../../tracing/sweep/sweep-question.ts"
import type { FromSweeper, ToSweeper } from "./sweep-messages.ts"

/** One rule's sweep, here or in a thread of its own. */
export interface Sweeper {
  run(chain: SweepChain): Promise<void>
  finish(): Promise<SweepState>
  close(): Promise<void>
}

/**
 * A sweep in a thread of its own; in this one where the program is run as TypeScript, which Node's threads do not load.
 */
export async function openSweeper(
  question: SweepQuestion,
  state: SweepState | null,
  inThread: boolean,
): Promise<Sweeper> {
  if (inThread && import.meta.url.endsWith(".js")) return ThreadedSweeper.open(question, state)
  const sweep = openSweep(question, state)
  return {
    run: async chain => sweep.run(chain),
    finish: async () => sweep.state(),
    close: async () => {},
  }
}

class ThreadedSweeper implements Sweeper {
  readonly #worker = new Worker(new URL("./sweep-thread.js", import.meta.url))

  static async open(question: SweepQuestion, state: SweepState | null): Promise<ThreadedSweeper> {
    const sweeper = new ThreadedSweeper()
    const packed = state === null ? null : { pots: state.pots.arrays(), book: state.book }
    await sweeper.#ask({ what: "open", question, state: packed })
    return sweeper
  }

  async run(chain: SweepChain): Promise<void> {
    await this.#ask({ what: "run", chain })
  }

  async finish(): Promise<SweepState> {
    const swept = await this.#ask({ what: "finish" })
    if (swept.what !== "swept") throw new Error("sweeper: no state")
    return { pots: new PotTable(swept.state.pots), book: swept.state.book }
  }

  #ask(told: ToSweeper): Promise<FromSweeper> {
    return new Promise((resolve, reject) => {
      const ended = (code: number) => reject(new Error(`sweeper: a thread has ended with ${code}`))
      this.#worker.once("error", reject)
      this.#worker.once("exit", ended)
      this.#worker.once("message", (answer: FromSweeper) => {
        this.#worker.off("error", reject)
        this.#worker.off("exit", ended)
        resolve(answer)
      })
      this.#worker.postMessage(told)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
