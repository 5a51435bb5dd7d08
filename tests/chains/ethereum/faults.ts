import { EthereumFault } from "../../../src/chains/ethereum/fault.ts"

/** Why something is refused and where, "header.hash: hash does not match"; null where it is accepted. */
export function faultOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof EthereumFault) return error.message
    throw error
  }
}
