import type { AccountBlock } from "../../ports/blocks.ts"
import type { Notice } from "../../ports/source.ts"
import type { EthereumNode } from "./ethereum-node.ts"
import { checkTokenBalances } from "./token-check.ts"

/** Accounts of a batch whose balances are asked for at most, each before and after it. */
const MOST_ACCOUNTS = 1_000
const TOKEN = "erc20:"

/**
 * Blocks of a node whose tokens are held to `balanceOf`, batch by batch: what an account has after the batch is what it
 * had before and what the rows moved. A token that differs is told once, with the last block of the batch.
 *
 * A batch's questions are at most two for each of 1,000 accounts, shared out evenly among its tokens. Of what is not
 * asked, and where the node has no answer, nothing is said.
 *
 * @throws RemoteFault
 */
export async function* withTokensChecked(
  node: EthereumNode,
  batches: AsyncIterable<readonly AccountBlock[]>,
): AsyncGenerator<readonly AccountBlock[]> {
  const told = new Set<string>()
  for await (const batch of batches) {
    const last = batch.at(-1)
    const notices = await check(node, batch, told)
    if (last === undefined || notices.length === 0) yield batch
    else yield [...batch.slice(0, -1), { ...last, notices: [...last.notices, ...notices] }]
  }
}

async function check(
  node: EthereumNode,
  batch: readonly AccountBlock[],
  told: Set<string>,
): Promise<readonly Notice[]> {
  const [first, last] = [batch[0], batch.at(-1)]
  if (first === undefined || last === undefined) return []
  const after = first.height === 0 ? null : first.height - 1
  const notices: Notice[] = []
  for (const [asset, net] of within(movedIn(batch, told), MOST_ACCOUNTS)) {
    const found = await checkTokenBalances(node, asset, net, after, last.height)
    if (found.differ.length > 0) told.add(asset)
    notices.push(...found.notices)
  }
  return notices
}

type Net = Map<string, bigint>

/** What each token's rows put into each account; not of tokens of which it is told already. */
function movedIn(batch: readonly AccountBlock[], told: ReadonlySet<string>): Map<string, Net> {
  const nets = new Map<string, Net>()
  for (const { asset, from, to, amount } of batch.flatMap(({ rows }) => rows)) {
    if (!asset.startsWith(TOKEN) || told.has(asset)) continue
    const net = nets.get(asset) ?? new Map<string, bigint>()
    nets.set(asset, net)
    if (from !== null) net.set(from, (net.get(from) ?? 0n) - amount)
    if (to !== null) net.set(to, (net.get(to) ?? 0n) + amount)
  }
  return nets
}

/** The tokens with fewest accounts first, each with an even share of what is left at most. */
function* within(nets: ReadonlyMap<string, Net>, most: number): Generator<[string, Net]> {
  let left = most
  let tokens = nets.size
  for (const [asset, net] of [...nets].sort(([, a], [, b]) => a.size - b.size)) {
    const share = [...net].slice(0, Math.floor(left / tokens))
    left -= share.length
    tokens--
    if (share.length > 0) yield [asset, new Map(share)]
  }
}
