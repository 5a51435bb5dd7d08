import { Problem } from "../units/problem.ts"
import type { LabelSink } from "./label-file.ts"
import { freeText } from "./label-text.ts"
import { MOST_CHARACTERS, type Networks, type OnNetwork } from "./network.ts"

/** An address on its network; null where it was rejected, its fault named to the sink. */
export function placed(
  networks: Networks,
  code: string,
  address: string,
  line: number | null,
  sink: LabelSink,
): OnNetwork | null {
  freeText("address", address, line ?? undefined)
  try {
    const where = networks.place(code, address)
    if (where.calledOf !== null) sink.note(movedNote(where, line))
    return where
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "address-checksum") throw error
    const { address: cut, chain, reason } = error.detail
    const fault = { line, network: String(chain), reason: String(reason) }
    if (address.length > MOST_CHARACTERS) sink.reject({ ...fault, address: String(cut), isCut: true })
    else sink.reject({ ...fault, address })
    return null
  }
}

function movedNote({ address, network, calledOf }: OnNetwork, line: number | null): string {
  const at = line === null ? "" : `line ${line}: `
  return `${at}${address} is listed as an address of ${calledOf}; by its checksum it is one of ${network}, and taken as that`
}
