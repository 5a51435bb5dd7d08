import type { Lack } from "../../chains/ethereum/lack.ts"
import { ETHER } from "../../chains/ethereum/rows.ts"
import { assetOfToken } from "../../chains/ethereum/token.ts"
import type { Notice } from "../../ports/source.ts"

/** What a block's record lacks, as answers tell it. `from` is where the block was read. */
export function noticesOf(lacks: readonly Lack[], height: number, from: string): Notice[] {
  return lacks.map(lack => noticeOf(lack, height, from))
}

function noticeOf(lack: Lack, height: number, from: string): Notice {
  switch (lack.what) {
    case "internal calls":
      return { code: "internal-calls-absent", asset: ETHER, detail: { from: `${height}` } }
    case "token": {
      const asset = assetOfToken(lack.token)
      return { code: "token-does-not-add-up", asset, detail: { asset, reason: lack.reason } }
    }
    case "proof":
      return { code: "record-unproven", asset: null, detail: { service: from } }
  }
}
