import { createHash } from "node:crypto"
import type { LabelBook } from "../ports/label-book.ts"
import type { Source } from "../ports/source.ts"
import type { Opened } from "./open.ts"
import type { Input } from "./records.ts"
import { type ServiceBook, serviceBook } from "./services-book.ts"
import type { Recogniser } from "./services-recogniser.ts"

/**
 * Where following stops in an opened trace: what is stated, then what labels say, then what a ledger shows.
 *
 * @param labels null for none: then only stated services count, and nothing is recognised
 */
export async function openServices(opened: Opened, labels: LabelBook | null): Promise<ServiceBook> {
  const { stated, thieves, chain, source, thefts, isLedger } = opened
  const common = { stated, labels, chain, thieves, isLedger }
  const recogniser = labels === null ? null : await recogniserOf(opened)
  if (recogniser === null) return serviceBook({ ...common, declared: new Set(), recogniser })
  return serviceBook({ ...common, declared: await receiversOf(source, thefts), recogniser })
}

/** Null where the records are not a ledger that tells all that an address has done. */
async function recogniserOf({ owners, accounts, chain, source }: Opened): Promise<Recogniser | null> {
  if (owners !== null) {
    const { UtxoRecogniser } = await import("./services-in-ledger.ts")
    return new UtxoRecogniser(await owners())
  }
  if (accounts === null) return null
  const { AccountRecogniser } = await import("./services-in-accounts.ts")
  return new AccountRecogniser(await accounts(), chain, source.horizon.height ?? 0)
}

/** The addresses that declared credits went to. */
async function receiversOf(source: Source, thefts: Opened["thefts"]): Promise<ReadonlySet<string>> {
  const refs = thefts.flatMap(theft => theft.refs)
  const answers = await source.answer(refs.map(ref => ({ what: "theft", ref })))
  const receivers = new Set<string>()
  for (const answer of answers) {
    if (answer.what !== "theft" || !("step" in answer.found)) continue
    const address = answer.found.step.credits[answer.found.credit]?.address ?? null
    if (address !== null) receivers.add(address)
  }
  return receivers
}

/** The labels as an input of an answer: the manifest names the checksum of every column, so its own hash stands for all. */
export async function labelsInput(folder: string): Promise<Input> {
  const { openColumns } = await import("../stores/columns/columns.ts")
  const columns = openColumns(folder)
  try {
    return {
      name: folder,
      sha256: createHash("sha256").update(JSON.stringify(columns.manifest)).digest("hex"),
    }
  } finally {
    columns.close()
  }
}
