import { parentPort } from "node:worker_threads"
import { buffersOf } from "../../chains/bitcoin/block-columns.ts"
import { decodeBatch, type RawBatch } from "./decode-batch.ts"

/** A thread that takes blocks apart, one batch after the other, and hands the columns over without copying them. */
parentPort?.on("message", (batch: RawBatch) => {
  const decoded = decodeBatch(batch)
  parentPort?.postMessage(decoded, decoded.columns === null ? [] : buffersOf(decoded.columns))
})
