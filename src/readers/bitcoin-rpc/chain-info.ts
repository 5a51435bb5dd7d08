import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import type { Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { Fields, isHash } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { RpcClient } from "./rpc-client.ts"

export type NetworkName = keyof typeof NETWORKS

/** A position has room for 2^26 blocks: more than a thousand years of Bitcoin. */
export const MAX_HEIGHT = 2 ** 26 - 1

interface Beginning {
  readonly network: NetworkName
  /** As `--network` and `--chain` have it. */
  readonly name: string
  /** As `getblockchaininfo` has it. */
  readonly chain: string
  readonly genesis: string
}

/**
 * From the `chainparams.cpp` of Bitcoin Core and of Litecoin Core; testnet is testnet3. Both call their chains by the
 * same words: only the first block tells them apart.
 */
const BEGINNINGS: readonly Beginning[] = [
  {
    network: "mainnet",
    name: "bitcoin",
    chain: "main",
    genesis: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
  },
  {
    network: "testnet",
    name: "testnet",
    chain: "test",
    genesis: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
  },
  {
    network: "regtest",
    name: "regtest",
    chain: "regtest",
    genesis: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
  },
  {
    network: "litecoin",
    name: "litecoin",
    chain: "main",
    genesis: "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
  },
  {
    network: "litecoinRegtest",
    name: "litecoin-regtest",
    chain: "regtest",
    genesis: "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
  },
]

/**
 * The best block that a node has in full, once it is known to be on this network.
 *
 * @throws RemoteFault, or Problem `remote-other-network`
 */
export async function tipOn(client: RpcClient, network: NetworkName): Promise<Tip> {
  const asked = "getblockchaininfo"
  const [info, genesis] = await client.values([
    { method: asked, params: [] },
    { method: "getblockhash", params: [0] },
  ])
  try {
    const fields = new Fields(info, asked, "")
    checkNetwork(network, fields.text("chain"), readHash(genesis, "getblockhash 0"))
    return { height: fields.integer("blocks", MAX_HEIGHT), hash: fields.hash("bestblockhash") }
  } catch (error) {
    throw error instanceof Problem ? error.at({ file: client.href }) : error
  }
}

function checkNetwork(network: NetworkName, chain: string, genesis: string): void {
  const expected = BEGINNINGS.find(beginning => beginning.network === network)
  if (expected?.chain === chain && expected.genesis === genesis) return
  const found = BEGINNINGS.find(beginning => beginning.chain === chain && beginning.genesis === genesis)
  const word = /^[a-z0-9]{1,20}$/.test(chain) ? `"${chain}"` : "a chain"
  throw new Problem("remote-other-network", {
    expected: expected?.name ?? network,
    found: found?.name ?? `${word} that begins with block ${genesis}`,
  })
}

/** @throws RemoteFault "nonsense" */
export function readHash(value: unknown, asked: string): string {
  if (typeof value === "string" && isHash(value)) return value
  throw new RemoteFault("nonsense", asked, "not a hash")
}
