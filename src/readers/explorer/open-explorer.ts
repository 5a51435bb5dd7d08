import { networkOfChain } from "../../chains/bitcoin/network-name.ts"
import type { Chain } from "../../chains/chain.ts"
import type { Source } from "../../ports/source.ts"
import { Problem } from "../../units/problem.ts"
import type { ClientOptions } from "../http/polite-client.ts"

export interface ExplorerOptions extends Omit<ClientOptions, "credentials"> {
  /** Which chain is meant: the explorer must be of it. */
  readonly chain: Pick<Chain, "name" | "native">
  /** Inclusive; null, and anything above it, is the tip at the time of asking. */
  readonly toHeight: number | null
  /** Bitcoin's family only: fetch what proves each transaction; true unless said otherwise. */
  readonly verify?: boolean
  /** Ethereum only: a block by which the network is known; null takes any. Absent, mainnet's block 1,920,000. */
  readonly landmark?: { readonly height: number; readonly hash: string } | null
}

/**
 * Opens the explorer that the user named, by the API that explorers of the chain speak: Esplora's for Bitcoin's family,
 * Etherscan's or Blockscout's for Ethereum. Its horizon is pinned here, at the tip if no lower height is asked for.
 *
 * @throws RemoteFault, Problem `remote-other-network`, `cache-unwritable`; `option-conflict` for a chain without such an
 * API
 */
export async function openExplorer({ chain, ...options }: ExplorerOptions): Promise<Source> {
  const { name, native } = chain
  const network = networkOfChain(name)
  // Only what is needed is loaded: the two bring the codecs of their chains.
  if (network !== null) {
    const { openEsploraSource } = await import("../esplora/esplora-source.ts")
    return openEsploraSource({ ...options, network, asset: native })
  }
  if (name !== "ethereum") throw new Problem("option-conflict", { a: "--explorer", b: `--chain ${name}` })
  const { openEtherscanSource } = await import("../etherscan/etherscan-source.ts")
  return openEtherscanSource({ ...options, native })
}
