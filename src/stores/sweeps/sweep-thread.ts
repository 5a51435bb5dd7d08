import { parentPort } from "node:worker_threads"
import { PotTable } from "../../tracing/sweep/pot-table.ts"
import { openSweep, type Sweep } from "../../tracing/sweep/sweep.ts"
import type { FromSweeper, ToSweeper } from "./sweep-messages.ts"

/** A thread that sweeps under one rule, over arrays that it shares with others. */
let sweep: Sweep | null = null

function answer(told: ToSweeper): FromSweeper {
  if (told.what === "open") {
    const { question, state } = told
    sweep = openSweep(question, state === null ? null : { ...state, pots: new PotTable(state.pots) })
    return { what: "done" }
  }
  if (sweep === null) throw new Error("sweeper: told to go on before it was opened")
  if (told.what === "run") {
    sweep.run(told.chain)
    return { what: "done" }
  }
  const { pots, book } = sweep.state()
  sweep = null
  return { what: "swept", state: { pots: pots.arrays(), book } }
}

parentPort?.on("message", (told: ToSweeper) => parentPort?.postMessage(answer(told)))
