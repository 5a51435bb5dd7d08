import { Fields } from "../../chains/ethereum/fields.ts"
import { Problem } from "../../units/problem.ts"
import { PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { askNode, type Dialect } from "./dialect.ts"
import type { Redact } from "./envelope.ts"
import type { EtherscanOptions } from "./etherscan-options.ts"
import { Service } from "./service.ts"

/** Requests a second that Etherscan allows its free keys. */
const REQUESTS_PER_SECOND = 3
const ETHEREUM = 1
/** The first block after the split from Ethereum Classic, which shares the blocks before it (go-ethereum, EIP-779). */
const LANDMARK = {
  height: 1_920_000,
  hash: "0x4985f5ca3d2afbec36529aa96f74de3cc10a2a4a6c44f2157a57d2c6059a11bb",
}
/** Shorter ones are flags, and in many an honest answer. */
const SHORTEST_SECRET = 6

/**
 * Finds out where at an address the API lives and how it speaks, and whether its network is the one that is meant.
 *
 * @throws RemoteFault, Problem `remote-other-network`
 */
export async function openService(options: EtherscanOptions): Promise<Service> {
  const { url, chainId = ETHEREUM, landmark = LANDMARK } = options
  const client = new PoliteClient({ requestsPerSecond: REQUESTS_PER_SECOND, atOnce: 1, ...options })
  const redact = redactorOf(url)
  const found = await probe(client, dialectsOf(client.href, chainId), redact)
  if (landmark !== null) await checkLandmark(client, found.dialect, redact, landmark, found.tip)
  return new Service(client, found.dialect, redact, found.tip, options)
}

/** Where the API may be: a user may name the host, or the path of the API on it. */
function dialectsOf(href: string, chainId: number): Dialect[] {
  const chain = `chainid=${chainId}&`
  const { pathname } = new URL(href)
  if (pathname.endsWith("/v2/api")) return [{ lists: `?${chain}`, node: "proxy" }]
  if (pathname.endsWith("/api")) {
    return [
      { lists: "?", node: "proxy" },
      { lists: "?", node: "/eth-rpc" },
    ]
  }
  return [
    { lists: `/v2/api?${chain}`, node: "proxy" },
    { lists: "/api?", node: "/api/eth-rpc" },
    { lists: "/api?", node: "proxy" },
  ]
}

async function probe(
  client: PoliteClient,
  dialects: readonly Dialect[],
  redact: Redact,
): Promise<{ readonly dialect: Dialect; readonly tip: number }> {
  let first: RemoteFault | null = null
  for (const dialect of dialects) {
    try {
      const result = await askNode(client, dialect, redact, "eth_blockNumber", {}, () => false)
      return { dialect, tip: heightOf(result) }
    } catch (error) {
      // A wrong door, or a web page behind it: the next one. Anything else is of the right one.
      const isWrongDoor = error instanceof RemoteFault && ["not-found", "nonsense"].includes(error.reason)
      if (!isWrongDoor) throw error
      first ??= error
    }
  }
  throw first ?? new RemoteFault("not-found", "eth_blockNumber")
}

function heightOf(result: unknown): number {
  if (typeof result === "string" && /^0x[0-9a-f]{1,7}$/i.test(result)) return Number(result)
  throw new RemoteFault("nonsense", "eth_blockNumber", "result: not a height")
}

async function checkLandmark(
  client: PoliteClient,
  dialect: Dialect,
  redact: Redact,
  { height, hash }: { readonly height: number; readonly hash: string },
  tip: number,
): Promise<void> {
  const unlike = (found: string) => new Problem("remote-other-network", { expected: "ethereum", found })
  if (tip < height) throw unlike(`a network of ${tip} blocks`)
  const params = { tag: `0x${height.toString(16)}`, boolean: "false" }
  const block = await askNode(
    client,
    dialect,
    redact,
    "eth_getBlockByNumber",
    params,
    value => value !== null,
  )
  const found = typeof block === "object" && block !== null ? new Fields(block, "result").value("hash") : null
  if (found !== hash)
    throw unlike(`a network whose block ${height} is ${typeof found === "string" ? found : "none"}`)
}

/** Services repeat keys in what they say of them. */
function redactorOf(url: string): Redact {
  const secrets = [...new URL(url).searchParams.values()].filter(value => value.length >= SHORTEST_SECRET)
  return text => secrets.reduce((so, secret) => so.replaceAll(secret, "..."), text)
}
