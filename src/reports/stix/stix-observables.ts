import { observableId, type StixId } from "./stix-id.ts"
import type { StixObject, StixSet } from "./stix-object.ts"

const WALLET_EXTENSION = "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7"
const TRANSACTION_EXTENSION = "extension-definition--151d042d-4dcf-5e44-843f-1024440318e5"
const EXTENSION_AUTHOR = "identity--9779a2db-f98c-5f4b-8d08-8ee04e02dbb5"
const REPOSITORY =
  "https://raw.githubusercontent.com/muchdogesec/stix2extensions/main/automodel_generated/schemas/scos"

export function wallet(set: StixSet, address: string): StixId {
  extension(set, WALLET_EXTENSION, "CryptocurrencyWallet", "cryptocurrency-wallet", "wallets")
  return set.add({
    type: "cryptocurrency-wallet",
    spec_version: "2.1",
    id: observableId("cryptocurrency-wallet", address),
    value: address,
    extensions: { [WALLET_EXTENSION]: { extension_type: "new-sco" } },
  })
}

export interface Moved {
  readonly from: string | null
  readonly to: string | null
  readonly asset: string
  /** Smallest units. */
  readonly amount: string
}

/**
 * A transaction by its hash. The extension has amounts as JSON numbers, which lose digits above 2^53: they are left out,
 * and stand as strings in `x_ashiato_transfers` beside it.
 */
export function transaction(
  set: StixSet,
  hash: string,
  symbol: string | null,
  moved: readonly Moved[],
): StixId {
  extension(
    set,
    TRANSACTION_EXTENSION,
    "CryptocurrencyTransaction",
    "cryptocurrency-transaction",
    "transactions",
  )
  const transfers = moved.map(({ from, to, asset, amount }) => ({
    ...(from === null ? {} : { from_ref: wallet(set, from) }),
    ...(to === null ? {} : { to_ref: wallet(set, to) }),
    asset,
    amount,
  }))
  return set.add({
    type: "cryptocurrency-transaction",
    spec_version: "2.1",
    id: observableId("cryptocurrency-transaction", hash),
    value: hash,
    ...(symbol === null ? {} : { symbol }),
    ...(transfers.length === 0 ? {} : { x_ashiato_transfers: transfers }),
    extensions: { [TRANSACTION_EXTENSION]: { extension_type: "new-sco" } },
  })
}

/** The definition that a new kind of observable needs, as its author publishes it. */
function extension(set: StixSet, id: string, name: string, type: string, what: string): void {
  const created = "2020-01-01T00:00:00.000Z"
  set.add({
    type: "identity",
    spec_version: "2.1",
    id: EXTENSION_AUTHOR,
    created,
    modified: created,
    name: "dogesec",
    identity_class: "organization",
  })
  const definition: StixObject = {
    type: "extension-definition",
    spec_version: "2.1",
    id: id as StixId,
    created_by_ref: EXTENSION_AUTHOR,
    created,
    modified: created,
    name,
    description: `This extension creates a new SCO that can be used to represent cryptocurrency ${what}.`,
    schema: `${REPOSITORY}/${type}.json`,
    version: "1.0",
    extension_types: ["new-sco"],
  }
  set.add(definition)
}
