import { setTimeout as sleep } from "node:timers/promises"
import type { MetricsServer } from "../alarms/metrics-server.ts"
import { openColumns } from "../stores/columns/columns.ts"
import { Problem, type ProblemCode } from "../units/problem.ts"
import type { BlockAt } from "./follow-ledger.ts"
import { type FollowedNode, nodeOf } from "./follow-node.ts"
import type { FollowQuestion } from "./follow-question.ts"
import { Follower } from "./follow-round.ts"

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
/** What a node that changes branches while it is read may seem to be: some times in a row it is one that is wrong. */
const DOUBTFUL: ReadonlySet<ProblemCode> = new Set<ProblemCode>(["remote-nonsense", "ledger-reorganised"])
const MOST_DOUBTS = 3

export interface Followed {
  readonly last: BlockAt | null
  readonly interrupted: boolean
}

/**
 * Keeps a ledger and the sweeps of a question at the tip of a node, and tells each block that comes
 * or goes. Ends at Ctrl-C, at a height, or with `once` at the tip.
 *
 * @throws Problem of the question, the ledger, or a node that is not what it should be; with `once` also of one that is
 *   not there
 */
export async function follow(question: FollowQuestion): Promise<Followed> {
  const node = nodeOf(question)
  const follower = await Follower.open(question, node)
  const { metricsPort } = question
  let metrics: MetricsServer | null = null
  try {
    if (metricsPort !== null) {
      const { serveMetrics } = await import("../alarms/metrics-server.ts")
      metrics = await serveMetrics(metricsPort, () => follower.figures).catch(error => {
        throw unbound(error, metricsPort)
      })
    }
    return await rounds(question, node, follower)
  } finally {
    await metrics?.close()
    await follower.close()
  }
}

async function rounds(question: FollowQuestion, node: FollowedNode, follower: Follower): Promise<Followed> {
  const { folder, once, pollSeconds, signal, untilHeight, onEvent, onWaiting } = question
  /** What is waited for: the node, or what the blocks are told to. */
  let waitsIn: "ingest" | "round" | null = null
  let doubts = 0
  /** What is wrong and may pass; null where nothing is. */
  const passing = async (work: () => Promise<void>): Promise<Problem | null> => {
    try {
      await work()
      return null
    } catch (error) {
      if (once || !(error instanceof Problem)) throw error
      const isDoubtful = DOUBTFUL.has(error.code) && ++doubts < MOST_DOUBTS
      if (!isDoubtful && !PASSING.has(error.code)) throw error
      return error
    }
  }
  const turn = async (name: "ingest" | "round", work: () => Promise<void>): Promise<void> => {
    const problem = await passing(work)
    if (problem === null && waitsIn === name) {
      onEvent({ event: "back" })
      waitsIn = null
    } else if (problem !== null && waitsIn === null) {
      onEvent({ event: "waiting", problem: problem.code })
      onWaiting(problem)
      waitsIn = name
    }
  }
  for (;;) {
    await follower.look()
    await turn("ingest", () => ingestNew(question, node))
    if (isPublished(folder)) await turn("round", () => follower.round())
    if (waitsIn === null) doubts = 0
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
async function ingestNew({ folder, untilHeight, signal }: FollowQuestion, node: FollowedNode) {
  if (signal.aborted) return
  const feed = await node.open()
  try {
    const own = horizonOf(folder)
    if (own !== null && own.hash === feed.tip.hash) return
    if (own !== null && own.height === untilHeight && (await feed.hashAt(untilHeight)) === own.hash) return
  } finally {
    await feed.close()
  }
  await node.ingest()
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
