import { expect, it } from "vitest"
import { loadChain } from "../../../src/chains/chain.ts"
import { openExplorer } from "../../../src/readers/explorer/open-explorer.ts"
import { EsploraServer } from "../../../testing/explorers/esplora-server.ts"
import { makeEthereumLedger } from "../../../testing/explorers/ethereum-ledger.ts"
import { EthereumServer } from "../../../testing/explorers/ethereum-server.ts"
import type { Loopback } from "../../../testing/explorers/loopback.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { CHAIN } from "../esplora/hand-ledger.ts"

const ledger = makeEthereumLedger(new Dice(1))
const balanceOf = ledger.balanceOf.bind(ledger)
const top = ledger.blocks.length

async function opened(server: Loopback, name: string, more: { path?: string; landmark?: null } = {}) {
  const url = `${await server.open()}${more.path ?? ""}`
  const { path, ...rest } = more
  try {
    const quick = { requestsPerSecond: 1e6, cacheFolder: null, retries: 0, toHeight: null }
    const source = await openExplorer({ url, chain: await loadChain(name), ...quick, ...rest })
    return { shape: source.shape, height: source.horizon.height, asked: [...server.asked] }
  } finally {
    await server.close()
  }
}

it("speaks Esplora's API to Bitcoin's family", async () => {
  expect(await opened(new EsploraServer(CHAIN.blocks), "regtest")).toMatchObject({
    shape: "utxo",
    height: 13,
  })
})

it.each([
  ["etherscan", ""],
  ["etherscan", "/v2/api"],
  ["etherscan", "/v2/api/"],
  ["blockscout", ""],
  ["blockscout", "/api"],
] as const)("finds the API of %s at the address %j", async (dialect, path) => {
  const server = new EthereumServer(ledger.blocks, { dialect, balanceOf })
  const found = await opened(server, "ethereum", { path, landmark: null })
  expect(found).toMatchObject({ shape: "account", height: top })
})

it("refuses a network that is not meant", async () => {
  const litecoin = opened(new EsploraServer(CHAIN.blocks), "litecoin")
  const problem = { code: "remote-other-network" }
  await expect(litecoin).rejects.toMatchObject({
    ...problem,
    detail: { expected: "litecoin", found: "regtest" },
  })
  const short = opened(new EthereumServer(ledger.blocks, { dialect: "etherscan", balanceOf }), "ethereum")
  await expect(short).rejects.toMatchObject({ ...problem, detail: { found: `a network of ${top} blocks` } })
})

it("knows Ethereum by its block 1,920,000, which Ethereum Classic does not have", async () => {
  const [first] = ledger.blocks
  if (first === undefined) throw new Error("expected a block")
  const at = (height: number, hash: string) => {
    return { ...first, block: { ...first.block, number: `0x${height.toString(16)}`, hash } }
  }
  const ours = "0x4985f5ca3d2afbec36529aa96f74de3cc10a2a4a6c44f2157a57d2c6059a11bb"
  const classic = "0x94365e3a8c0b35089c1d1195081fe7489b528a84b22199c916180db8b28ade7f"
  const open = (hash: string) => {
    const blocks = [at(1_920_000, hash), at(1_920_001, `0x${"1".repeat(64)}`)]
    return opened(new EthereumServer(blocks, { dialect: "blockscout", balanceOf }), "ethereum")
  }
  expect(await open(ours)).toMatchObject({ height: 1_920_001 })
  await expect(open(classic)).rejects.toMatchObject({ code: "remote-other-network" })
})

it("has no explorer for NEM, and says what an address that serves neither says", async () => {
  await expect(opened(new EsploraServer(CHAIN.blocks), "nem")).rejects.toMatchObject({
    code: "option-conflict",
  })
  const wrong = opened(new EsploraServer(CHAIN.blocks), "ethereum", { landmark: null })
  await expect(wrong).rejects.toMatchObject({ code: "remote-not-found" })
  const other = opened(new EthereumServer(ledger.blocks, { dialect: "etherscan", balanceOf }), "regtest")
  await expect(other).rejects.toMatchObject({ code: "remote-not-found" })
})
