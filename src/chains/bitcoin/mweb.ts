import { templateOf } from "./script.ts"
import type { Transaction } from "./transaction.ts"

/**
 * Litecoin's extension blocks (LIP-0002, LIP-0003) hide amounts and owners. What the plain chain shows of them:
 *
 * - a *peg-in*: an output of witness version 9, 32 bytes. Its value goes into the extension block;
 * - the *HogEx*, last transaction of each block: it spends the HogEx before it and the block's peg-ins, and pays one
 *   output of witness version 8, 32 bytes, which holds all value in the extension block, then the *peg-outs*.
 *
 * Nothing ties a peg-out to a peg-in, so the whole is one owner, a service: what goes in has arrived, and what comes
 * out is untraced. Tested on one real HogEx without peg-ins or peg-outs, and on made ones with them; not tested on
 * real peg-ins, peg-outs or extension block bytes.
 */
export const MWEB_OWNER = "mweb:pool"

const BALANCE = 8
const PEG_IN = 9
const PROGRAM_LENGTH = 32

export function isMwebProgram(version: number, program: Uint8Array): boolean {
  return (version === BALANCE || version === PEG_IN) && program.length === PROGRAM_LENGTH
}

/**
 * Whether a transaction of Litecoin is a HogEx, from whatever serialisation: a node that is asked for blocks without
 * their extension leaves the mark out, and the first output still tells. Its outputs after the first are peg-outs.
 */
export function integratesExtension({ outputs, isHogEx }: Transaction): boolean {
  if (isHogEx) return true
  const first = outputs[0] && templateOf(outputs[0].script)
  return first?.kind === "witness" && first.version === BALANCE && first.program.length === PROGRAM_LENGTH
}
