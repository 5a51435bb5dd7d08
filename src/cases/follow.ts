import { setTimeout as sleep } from "node:timers/promises"
import type { MetricsServer } from "../alarms/metrics-server.ts"
import { openColumns } from "../stores/columns/columns.ts"
import { Problem, type ProblemCode } from "../units/problem.ts"
import type { BlockAt, FollowQuestion } from "./follow-question.ts"
import { Follower } from "./follow-round.ts"
import { ingestBitcoin } from "./ingest-bitcoin.ts"

/** What a node says, or does not say, while it is started anew or changes branches: it is asked again later. */
const PASSING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "remote-unreachable",
  "remote-timed-out",
  "remote-rate-limited",
  "remote-not-found",
  "remote-behind",
  "remote-reorganised",
  // Somebody ingests into it by hand, or follows another question in it.
  "ledger-locked",
])

export interface Followed {
  readonly last: BlockAt | null
  readonly interrupted: boolean
}

/**
 * Keeps a ledger of Bitcoin's family and the sweeps of a question at the tip of a node, and tells each block that comes
 * or goes. Ends at Ctrl-C, at a height, or with `once` at the tip.
 *
 * @throws Problem of the question, the ledger, or a node that is not what it should be; with `once` also of one that is
 *   not there
 */
export async function follow(question: FollowQuestion): Promise<Followed> {
  const follower = await Follower.open(question)
  const { metricsPort } = question
  let metrics: MetricsServer | null = null
  try {
    if (metricsPort !== null) {
      const { serveMetrics } = await import("../alarms/metrics-server.ts")
      metrics = await serveMetrics(metricsPort, () => follower.figures).catch(error => {
        throw unbound(error, metricsPort)
      })
    }
    return await rounds(question, follower)
  } finally {
    await metrics?.close()
    await follower.close()
  }
}

async function rounds(question: FollowQuestion, follower: Follower): Promise<Followed> {
  const { once, pollSeconds, signal, untilHeight, onEvent, onWaiting } = question
  let waits = false
  for (;;) {
    try {
      await ingestNew(question)
      if (waits) onEvent({ event: "back" })
      waits = false
    } catch (error) {
      if (once || !(error instanceof Problem) || !PASSING.has(error.code)) throw error
      if (!waits) {
        onEvent({ event: "waiting", problem: error.code })
        onWaiting(error)
      }
      waits = true
    }
    if (isPublished(question.folder)) await follower.round()
    const { last } = follower
    const isThere = untilHeight !== null && last !== null && last.height >= untilHeight
    if (signal.aborted || once || isThere) {
      if (last !== null) onEvent({ event: "ended", ...last, interrupted: signal.aborted })
      return { last, interrupted: signal.aborted }
    }
    await sleep(1000 * pollSeconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}

/** Asks the node where it stands, and opens the ledger's tables only where that is elsewhere. */
async function ingestNew({ folder, network, url, cookieFile, untilHeight, signal }: FollowQuestion) {
  if (signal.aborted) return
  const { openBitcoinNode } = await import("../readers/bitcoin-rpc/bitcoin-node.ts")
  const cookie = cookieFile === null ? {} : { cookieFile }
  const node = await openBitcoinNode({ url, network: network.network, ...cookie })
  await node.close()
  const own = horizonOf(folder)
  if (own !== null && own.hash === node.tip.hash) return
  if (own !== null && untilHeight !== null && own.height === untilHeight) {
    if ((await node.hashAt(untilHeight)) === own.hash) return
  }
  const from = { kind: "rpc", url, cookieFile } as const
  await ingestBitcoin({ folder, network, from, toHeight: untilHeight, onProgress: () => {}, signal })
}

function horizonOf(folder: string): BlockAt | null {
  if (!isPublished(folder)) return null
  const columns = openColumns(folder, 0)
  columns.close()
  const { height, hash } = columns.manifest.horizon
  return height === null || hash === null ? null : { height, hash }
}

/** A ledger that is new, or whose first filling was cut short, has no columns yet. */
function isPublished(folder: string): boolean {
  try {
    openColumns(folder, 0).close()
    return true
  } catch (error) {
    if (error instanceof Problem && ["ledger-missing", "ledger-not-published"].includes(error.code))
      return false
    throw error
  }
}

function unbound(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (!["EADDRINUSE", "EACCES"].includes(code)) return error
  return new Problem("option-value", {
    option: "--metrics",
    value: `${port} (${code})`,
    expected: "1 - 65535",
  })
}
