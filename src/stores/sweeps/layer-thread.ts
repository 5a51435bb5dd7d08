import { parentPort } from "node:worker_threads"
import { HaircutLayer } from "../../tracing/sweep/haircut-layer.ts"
import type { FromDealer, SharedLayer, ToDealer } from "./layer-messages.ts"

/** A thread that deals layers of a haircut sweep, over arrays that it shares with others. */
type Run = Extract<ToDealer, { what: "begin" }>

let run: Run | null = null
let declared = new Set<number>()
let layers = new Map<number, HaircutLayer>()

function answer(told: ToDealer): FromDealer {
  if (told.what === "begin") {
    run = told
    declared = new Set(told.declared)
    layers = new Map()
    return { what: "done" }
  }
  if (run === null) throw new Error("layers: told to go on before a run was begun")
  if (told.what === "deal") {
    for (const one of told.layers) {
      layerOf(one).dealBlocks(run.chain, told.from, told.to, run.follow, tx => declared.has(tx))
    }
    return { what: "done" }
  }
  run = null
  return {
    what: "dealt",
    layers: [...layers].map(([number, { unspent, arrived, fees, burned }]) => {
      return [number, { unspent: unspent.amountsAlone(), arrived: arrived.amountsAlone(), fees, burned }]
    }),
  }
}

function layerOf({ number, taken }: SharedLayer): HaircutLayer {
  const known = layers.get(number)
  if (known !== undefined) return known
  const layer = HaircutLayer.over(taken)
  layers.set(number, layer)
  return layer
}

parentPort?.on("message", (told: ToDealer) => parentPort?.postMessage(answer(told)))
