import { NemFault } from "../../../src/chains/nem/fault.ts"

/** "path: fault" where reading is refused, or null where it is not. Any other error is thrown on. */
export function faultOf(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof NemFault) return `${error.path}: ${error.fault}`
    throw error
  }
}
