import type { AccountRow } from "../../ledger/account-row.ts"
import type { Notice } from "../../ports/source.ts"
import type { EthereumNode } from "./ethereum-node.ts"

export interface TokenDifference {
  readonly account: string
  /** What the rows make of it. */
  readonly expected: bigint
  /** What the contract says. */
  readonly found: bigint
}

export interface TokenCheck {
  readonly agree: readonly string[]
  /** These pots are to be doubted: `token-does-not-add-up`. */
  readonly differ: readonly TokenDifference[]
  /** The node has no answer: it no longer has the state, or the contract says nothing. */
  readonly unchecked: readonly string[]
  /** For the asset as a whole, where any account differs. */
  readonly notices: readonly Notice[]
}

const ERC20 = "erc20:"
/** Questions of one request: public services refuse batches of more. */
const AT_ONCE = 100

/** What rows of an asset put into each account, less what they took out. */
export function netOf(rows: Iterable<AccountRow>, asset: string): ReadonlyMap<string, bigint> {
  const net = new Map<string, bigint>()
  for (const row of rows) {
    if (row.asset !== asset) continue
    if (row.from !== null) net.set(row.from, (net.get(row.from) ?? 0n) - row.amount)
    if (row.to !== null) net.set(row.to, (net.get(row.to) ?? 0n) + row.amount)
  }
  return net
}

/**
 * Holds what a token's rows say of accounts to what its contract says of them: a fee on transfer, a rebase, or tokens
 * made without an event show as a difference.
 *
 * @param net of all rows above `after` and up to `height`, for the accounts to check
 * @param after the height at which the rows begin to count; null where they begin with the token itself
 * @throws RemoteFault
 */
export async function checkTokenBalances(
  node: EthereumNode,
  asset: string,
  net: ReadonlyMap<string, bigint>,
  after: number | null,
  height: number,
): Promise<TokenCheck> {
  if (!asset.startsWith(ERC20)) throw new Error(`not a token: ${asset}`)
  const token = asset.slice(ERC20.length)
  const agree: string[] = []
  const differ: TokenDifference[] = []
  const unchecked: string[] = []
  const all = [...net]
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const some = all.slice(at, at + AT_ONCE)
    const at0 = some.map(([account]) => ({ token, account, height: after ?? 0 }))
    const at1 = some.map(([account]) => ({ token, account, height }))
    const befores = after === null ? [] : await node.tokensOfMany(at0)
    const founds = await node.tokensOfMany(at1)
    for (const [place, [account, moved]] of some.entries()) {
      const before = after === null ? "none" : (befores[place] ?? null)
      const found = founds[place] ?? null
      // Nothing at the token's address before is a token that was made since: nobody had any.
      const expected = before === null ? null : (before === "none" ? 0n : before) + moved
      if (expected === null || typeof found !== "bigint") unchecked.push(account)
      else if (expected === found) agree.push(account)
      else differ.push({ account, expected, found })
    }
    // A node that has thrown the state away has it of no account.
    if (unchecked.length === at + some.length) {
      unchecked.push(...all.slice(at + AT_ONCE).map(([account]) => account))
      break
    }
  }
  const reason = "balanceOf"
  const notice: Notice = { code: "token-does-not-add-up", asset, detail: { asset, reason } }
  return { agree, differ, unchecked, notices: differ.length === 0 ? [] : [notice] }
}
