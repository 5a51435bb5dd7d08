import type { Chain } from "../chains/chain.ts"
import type { Asset } from "../ledger/asset.ts"

/** An asset as it is written for people: the chain's own, or by its name alone in its smallest units. */
export function knownAsset(asset: string, chain: Chain | null): Asset {
  return chain?.native.asset === asset ? chain.native : bareAsset(asset)
}

export function bareAsset(asset: string): Asset {
  return { asset, unit: "unit", decimals: 0 }
}
