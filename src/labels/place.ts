import { Problem } from "../units/problem.ts"
import type { LabelSink } from "./label-file.ts"
import { freeText } from "./label-text.ts"
import type { Networks, OnNetwork } from "./network.ts"

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
    return networks.place(code, address)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "address-checksum") throw error
    const { address: shown, chain, reason } = error.detail
    sink.reject({ line, address: String(shown), network: String(chain), reason: String(reason) })
    return null
  }
}
