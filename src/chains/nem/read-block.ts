import { MAINNET } from "./account.ts"
import { BLOCK_VERSION, type Block, kindOfBlock } from "./block.ts"
import { NemFault } from "./fault.ts"
import { Fields } from "./json.ts"
import { readTransaction } from "./read-transaction.ts"
import { LAST_TIMESTAMP } from "./time.ts"
import { splitVersion } from "./wire.ts"

/**
 * A mainnet block from the JSON of `/block/at/public`.
 *
 * @throws NemFault
 */
export function readBlock(value: unknown, path = "block"): Block {
  const fields = new Fields(value, path, [
    "type",
    "version",
    "timeStamp",
    "signer",
    "signature",
    "prevBlockHash",
    "height",
    "transactions",
  ])
  const { network, version } = splitVersion(fields.integer("version", -(2 ** 31), 2 ** 31 - 1))
  if (network !== MAINNET) throw new NemFault("not of this network", fields.at("version"))
  if (version !== BLOCK_VERSION) throw new NemFault("unknown version", fields.at("version"))
  return {
    kind: kindOfBlock(fields.integer("type", -(2 ** 31), 2 ** 31 - 1), fields.at("type")),
    network,
    version,
    timeStamp: fields.integer("timeStamp", 0, LAST_TIMESTAMP),
    signer: fields.hex("signer", 32),
    signature: fields.hex("signature", 64),
    previousHash: fields.hash("prevBlockHash"),
    height: fields.integer("height", 1, Number.MAX_SAFE_INTEGER),
    transactions: fields.list("transactions", readTransaction),
  }
}
