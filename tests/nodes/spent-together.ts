import type { DumpedChain } from "../../testing/nodes/chain-dump.ts"

/**
 * Slow and plain: which addresses put inputs into one transaction, directly or through others, by a node's own words.
 * Each address of two or more together, to all of them.
 */
export function togetherBy(
  { outputs, inputs }: DumpedChain,
  leftOut: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const addressOf = new Map(outputs.map(({ txid, vout, address }) => [`${txid}:${vout}`, address]))
  const payers = new Map<string, Set<string>>()
  for (const { txid, spent_txid, spent_vout } of inputs) {
    const address = addressOf.get(`${spent_txid}:${spent_vout}`)
    if (address === undefined) throw new Error(`${spent_txid}:${spent_vout} was never made`)
    if (!leftOut.has(txid)) payers.set(txid, (payers.get(txid) ?? new Set()).add(address))
  }
  let groups: Set<string>[] = []
  for (const together of payers.values()) {
    if (together.size < 2) continue
    const met = groups.filter(group => [...together].some(address => group.has(address)))
    groups = groups.filter(group => !met.includes(group))
    groups.push(new Set([...together, ...met.flatMap(group => [...group])]))
  }
  return new Map(groups.flatMap(group => [...group].map(address => [address, [...group]] as const)))
}
