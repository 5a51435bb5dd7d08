import { Worker } from "node:worker_threads"

/** A thread that answers each thing that it is told, one after the other. */
export class AskedWorker<To, From> {
  readonly #worker: Worker

  /** @param url of the thread's JavaScript */
  constructor(url: URL) {
    this.#worker = new Worker(url)
  }

  /** Not before the last answer has come. */
  ask(told: To): Promise<From> {
    return new Promise((resolve, reject) => {
      const ended = (code: number) => reject(new Error(`sweeper: a thread has ended with ${code}`))
      this.#worker.once("error", reject)
      this.#worker.once("exit", ended)
      this.#worker.once("message", (answer: From) => {
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
