import type { InputRow, OutputRow } from "../oracle/rows.ts"
import { smallestUnits } from "./exact-json.ts"
import type { RpcCaller } from "./rpc-caller.ts"
import { sha256 } from "./scripts.ts"

/** A whole chain by a node's own words. */
export interface DumpedChain {
  readonly blocks: readonly DumpedBlock[]
  /** As the files of DESIGN section 6 hold them. */
  readonly outputs: readonly OutputRow[]
  readonly inputs: readonly InputRow[]
  /** Names of outputs with value that no script can ever spend. */
  readonly unspendable: ReadonlySet<string>
}

export interface DumpedBlock {
  readonly height: number
  readonly hash: string
  readonly time: number
  readonly txids: readonly string[]
}

interface Script {
  readonly type: string
  readonly hex: string
  readonly addresses?: readonly string[]
  readonly address?: string
}

interface VerboseTx {
  readonly txid: string
  readonly vin: readonly { readonly txid?: string; readonly vout?: number }[]
  readonly vout: readonly { readonly n: number; readonly value: string; readonly scriptPubKey: Script }[]
}

interface VerboseBlock {
  readonly hash: string
  readonly time: number
  readonly tx: readonly VerboseTx[]
}

/** Reads every block as JSON; owners without an address are named as `src/chains/bitcoin/owner.ts` promises. */
export async function chainOf(rpc: RpcCaller): Promise<DumpedChain> {
  const tip = Number(await rpc("getblockcount"))
  const chain = { blocks: [] as DumpedBlock[], outputs: [] as OutputRow[], inputs: [] as InputRow[] }
  const unspendable = new Set<string>()
  for (let height = 0; height <= tip; height++) {
    const block = (await rpc("getblock", await rpc("getblockhash", height), 2)) as VerboseBlock
    const { hash, time } = block
    chain.blocks.push({ height, hash, time, txids: block.tx.map(({ txid }) => txid) })
    for (const [index, { txid, vin, vout }] of block.tx.entries()) {
      for (const { n, value, scriptPubKey } of vout) {
        const place = { txid, vout: n, height, index, time: String(time) }
        if (scriptPubKey.type === "nulldata") unspendable.add(`${txid}:${n}`)
        chain.outputs.push({ ...place, address: ownerOf(scriptPubKey), value: smallestUnits(value) })
      }
      for (const [n, { txid: spent_txid, vout: spent_vout }] of vin.entries()) {
        if (spent_txid === undefined || spent_vout === undefined) continue
        chain.inputs.push({ txid, n, spent_txid, spent_vout })
      }
    }
  }
  return { ...chain, unspendable }
}

/** Empty where nobody owns it. This node names bare keys by the address of their hash, which is another owner to us. */
function ownerOf({ type, hex, addresses, address }: Script): string {
  const digest = () => sha256(Buffer.from(hex, "hex")).toString("hex")
  switch (type) {
    case "nulldata":
      return ""
    case "pubkey":
      return `p2pk:${hex.slice(2, -2)}`
    case "multisig":
      return `multisig:${Number.parseInt(hex.slice(0, 2), 16) - 0x50}-of-${addresses?.length}:${digest()}`
    case "nonstandard":
      return `script:${digest()}`
    default: {
      const only = address ?? addresses?.[0]
      if (only === undefined) throw new Error(`a script of type ${type} without address`)
      return only
    }
  }
}
