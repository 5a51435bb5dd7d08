import { NemFault } from "../../chains/nem/fault.ts"
import { Problem } from "../../units/problem.ts"
import { Fields, parseJson } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"

/** How the network is named to a person. */
export const MAINNET_NAME = "NEM mainnet"

/**
 * Reads an answer of NIS. What this chain cannot hold is nonsense; a block or transaction that says it is of another
 * network, which its version does, is said to be that.
 */
export function readAnswer<Value>(text: string, path: string, read: (value: unknown) => Value): Value {
  const value = parseJson(text, path)
  try {
    return read(value)
  } catch (error) {
    if (!(error instanceof NemFault)) throw error
    if (error.fault === "not of this network" && error.path.endsWith(".version")) {
      throw new Problem("remote-other-network", { expected: MAINNET_NAME, found: "another network of NEM" })
    }
    throw new RemoteFault("nonsense", path, `${error.path}: ${error.fault}`)
  }
}

/** `{"data": [...]}`, as NIS gives every list. */
export function readList<Item>(
  value: unknown,
  path: string,
  most: number,
  read: (item: unknown, at: number) => Item,
): Item[] {
  const data = typeof value === "object" && value !== null && "data" in value ? value.data : null
  if (!Array.isArray(data)) throw new RemoteFault("nonsense", path, "data: not a list")
  if (data.length > most) throw new RemoteFault("nonsense", path, `data: more than ${most}`)
  return (data as unknown[]).map(read)
}

export interface Harvest {
  /** The node's own number of the block, by which it pages. */
  readonly id: number
  readonly height: number
  /** The fees of the block, by the node's word. */
  readonly totalFee: bigint
}

/** NIS `HarvestInfo`. */
export function readHarvest(value: unknown, path: string): Harvest {
  const fields = new Fields(value, path, "data")
  return {
    id: fields.integer("id", Number.MAX_SAFE_INTEGER),
    height: fields.integer("height", Number.MAX_SAFE_INTEGER),
    totalFee: fields.amount("totalFee"),
  }
}

/** NIS `AccountMetaDataPair`: the address that the node speaks of, and its balance at the node's last block. */
export function readAccount(value: unknown, path: string): { address: string; balance: bigint } {
  const account = new Fields(value, path, "").object("account")
  return { address: account.text("address"), balance: account.amount("balance") }
}
