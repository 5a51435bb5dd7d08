import { expect, it } from "vitest"
import type { NetworkName } from "../../../src/readers/bitcoin-rpc/chain-info.ts"
import { GENESIS_HASH } from "./fake-node.ts"
import { problemOf, withNode } from "./with-node.ts"

/** Chain by the node's word, first block, network: from the `chainparams.cpp` of Bitcoin Core and Litecoin Core. */
const KNOWN: readonly (readonly [string, string, NetworkName, string])[] = [
  ["main", "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f", "mainnet", "bitcoin"],
  ["test", "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943", "testnet", "testnet"],
  ["regtest", "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206", "regtest", "regtest"],
  ["main", "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2", "litecoin", "litecoin"],
  ["regtest", GENESIS_HASH, "litecoinRegtest", "litecoin-regtest"],
]

it.each(KNOWN)(
  "a node on %s that begins with %s is on %s and on no other network",
  (chain, genesis, own, name) =>
    withNode(async (node, open) => {
      node.chain = chain
      node.genesis = genesis
      expect((await open({ network: own })).tip.height).toBe(29)
      for (const [, , network, expected] of KNOWN) {
        if (network === own) continue
        expect(await problemOf(open({ network }))).toMatchObject({
          code: "remote-other-network",
          detail: { expected, found: name },
          where: { file: node.url },
        })
      }
    }),
)

it.each([
  ["signet", GENESIS_HASH, `"signet" that begins with block ${GENESIS_HASH}`],
  ["main", "f".repeat(64), `"main" that begins with block ${"f".repeat(64)}`],
  ["\u001b[31mmain", "f".repeat(64), `a chain that begins with block ${"f".repeat(64)}`],
])("a chain that we do not know is named as the node does: %j", (chain, genesis, found) =>
  withNode(async (node, open) => {
    Object.assign(node, { chain, genesis })
    expect((await problemOf(open())).detail.found).toBe(found)
  }),
)

it.each([
  [{ chain: 1 }, "chain: not text"],
  [{ blocks: -1 }, "blocks: out of range"],
  [{ blocks: 2 ** 26 }, "blocks: out of range"],
  [{ blocks: 1.5 }, "blocks: not an exact integer"],
  [{ bestblockhash: "00" }, "bestblockhash: not a hash"],
])("nonsense about its chain is named by its place: %j", (change, said) =>
  withNode(async (node, open) => {
    node.forge = ({ method }, answer) => {
      return method === "getblockchaininfo"
        ? { ...answer, result: { ...(answer.result as object), ...change } }
        : answer
    }
    expect(await problemOf(open())).toMatchObject({
      code: "remote-nonsense",
      detail: { path: "getblockchaininfo", said },
      where: { file: node.url },
    })
  }),
)
