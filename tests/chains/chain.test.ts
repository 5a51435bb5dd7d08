import { describe, expect, it, vi } from "vitest"
import { CHAIN_NAMES, loadChain } from "../../src/chains/chain.ts"
import { Problem } from "../../src/units/problem.ts"

const loaded = vi.hoisted(() => new Set<string>())
vi.mock("@noble/hashes/sha2.js", async original => {
  loaded.add("sha2")
  return original()
})
vi.mock("@noble/hashes/sha3.js", async original => {
  loaded.add("sha3")
  return original()
})

describe("chains by name", () => {
  it("loads a hash library only with a chain that checks addresses by it", async () => {
    expect(loaded).toEqual(new Set())
    await loadChain("bitcoin")
    expect(loaded).toEqual(new Set(["sha2"]))
    await loadChain("nem")
    expect(loaded).toEqual(new Set(["sha2", "sha3"]))
  })

  it("knows each chain's shape and native asset", async () => {
    const table = []
    for (const name of CHAIN_NAMES) {
      const { shape, native } = await loadChain(name)
      table.push(`${name} ${shape} ${native.asset} ${native.unit} ${native.decimals}`)
    }
    expect(table).toEqual([
      "bitcoin utxo BTC sat 8",
      "testnet utxo BTC sat 8",
      "regtest utxo BTC sat 8",
      "litecoin utxo LTC litoshi 8",
      "litecoin-regtest utxo LTC litoshi 8",
      "ethereum account ETH wei 18",
      "nem account XEM micro-XEM 6",
    ])
  })

  it.each(["Bitcoin", "btc", "", "__proto__", "constructor"])("refuses the unknown name %j", async name => {
    const problem = await loadChain(name).catch(error => error)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ code: "chain-unknown", detail: { value: name } })
    expect(problem.detail.known).toContain("bitcoin, testnet, regtest")
  })

  it("names chain, address and reason in a refusal, and cuts what is too long to show", async () => {
    const { checkAddress } = await loadChain("litecoin")
    expect(() => checkAddress("hello")).toThrow(Problem)
    const long = "1".repeat(5000)
    try {
      checkAddress(long)
    } catch (problem) {
      const detail = { address: `${"1".repeat(90)}...`, chain: "litecoin", reason: "wrong length" }
      expect(problem).toMatchObject({ code: "address-checksum", detail })
    }
    expect.assertions(2)
  })
})
