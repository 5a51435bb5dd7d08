import { describe, expect, it } from "vitest"
import { parseFollowOptions } from "../../src/cli/follow-options.ts"

const problem = (...args: string[]) => {
  try {
    parseFollowOptions(args)
  } catch (error) {
    return error
  }
  return null
}

describe("the options of follow", () => {
  it("say where blocks come from, chain by chain", () => {
    const from = (...args: string[]) => {
      const options = parseFollowOptions(args)
      return options === "help" ? options : options.from
    }
    expect(from("bitcoin", "--rpc", "http://n", "--network", "litecoin")).toMatchObject({
      kind: "bitcoin",
      network: { chain: "litecoin" },
    })
    expect(from("ethereum", "--rpc", "http://n", "--from-height", "7")).toEqual({
      ...{ kind: "ethereum", url: "http://n", chainId: 1, upTo: "latest", checkTokens: true, fromHeight: 7 },
    })
    expect(from("nem", "--nis", "http://n")).toEqual({ kind: "nem", url: "http://n", fromHeight: null })
  })

  it.each([
    [["ethereum"], "ingest-missing-source"],
    [["nem", "--rpc", "http://n"], "option-conflict"],
    [["nem", "--nis", "http://n", "--network", "mainnet"], "option-conflict"],
    [["bitcoin", "--rpc", "http://n", "--from-height", "7"], "option-conflict"],
    [["ethereum", "--rpc", "http://n", "--up-to", "never"], "option-value"],
    [["transfers", "--rpc", "http://n"], "option-value"],
    [["ethereum", "--rpc", "http://n", "--labels", "book"], "option-needs-option"],
    [["ethereum", "--rpc", "http://n", "--rule", "fifo"], "option-needs-option"],
  ])("refuse %j", (args, code) => {
    expect(problem(...args)).toMatchObject({ code })
  })
})
