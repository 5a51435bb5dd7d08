import type { CaseFile } from "../casefile/case.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Notice, Source } from "../ports/source.ts"
import type { CaseMatch } from "../readers/nis/nis-case.ts"
import { Problem } from "../units/problem.ts"
import { ANSWERS_FOLDER, pace, toldOf } from "./open-remote.ts"

/** How a transfer of the case is told that no row of the chain stands for. */
const TOLD = ["not-found", "contradicted", "ambiguous", "unread", "open"] as const

/**
 * A case of NEM over a node's record: the thefts are declared on the chain's own rows, and what follows is the chain's.
 * Transfers that were reported and are not on it are in no figure; they are named.
 *
 * @throws Problem `case-not-on-chain` where no declared credit is, and those of the node
 */
export async function openCaseOnChain(
  caseFile: CaseFile,
  url: string,
  toHeight: number | null,
  onProgress: OnProgress,
): Promise<{
  readonly source: Source
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly notices: readonly Notice[]
}> {
  if (caseFile.chain !== "nem") {
    throw new Problem("option-conflict", { a: "--nis", b: `${caseFile.id} (${caseFile.chain})` })
  }
  const { openNisCase } = await import("../readers/nis/nis-case.ts")
  const { source, thefts, transfers } = await openNisCase(caseFile, {
    url,
    toHeight,
    cacheFolder: ANSWERS_FOLDER,
    onAnswer: toldOf(url, onProgress),
    ...pace(url),
  })
  const found = thefts.filter(({ refs }) => refs.length > 0)
  if (found.length === 0) throw new Problem("case-not-on-chain", { case: caseFile.id }, { file: url })
  return { source, thefts: found, notices: [...noticesOf(transfers)] }
}

function* noticesOf(transfers: readonly CaseMatch[]): Generator<Notice> {
  const replaced = transfers.filter(({ found }) => found === "replaced").length
  for (const found of TOLD) {
    const ids = transfers.filter(match => match.found === found).map(({ id }) => id)
    if (ids.length === 0) continue
    const detail = { found, ids: ids.join(", "), replaced: `${replaced}`, of: `${transfers.length}` }
    yield { code: "reported-not-on-chain", asset: null, detail }
  }
}
