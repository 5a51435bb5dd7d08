import { Fields } from "./json.ts"
import { LEVY_KINDS, type Levy, type Mosaic, type MosaicDefinition, type MosaicId } from "./mosaic.ts"
import { checkMosaicId } from "./name.ts"

/** `{"mosaicId": {...}, "quantity": 1}` of a transfer. */
export function readMosaic(value: unknown, path: string): Mosaic {
  const fields = new Fields(value, path, ["mosaicId", "quantity"])
  return { mosaic: mosaicIdOf(fields, "mosaicId"), quantity: fields.amount("quantity") }
}

export function mosaicIdOf(holder: Fields, name: string): MosaicId {
  const fields = new Fields(holder.value(name), holder.at(name), ["namespaceId", "name"])
  return checkMosaicId(fields.text("namespaceId"), fields.text("name"), fields.path)
}

/** NIS `MosaicDefinition`, as the transaction that makes it states it. */
export function readMosaicDefinition(value: unknown, path: string): MosaicDefinition {
  const fields = new Fields(value, path, ["creator", "id", "description", "properties"], ["levy"])
  return {
    creator: fields.hex("creator", 32),
    mosaic: mosaicIdOf(fields, "id"),
    description: fields.text("description"),
    properties: fields.list("properties", readProperty),
    levy: fields.isEmpty("levy") ? null : readLevy(fields.value("levy"), fields.at("levy")),
  }
}

function readProperty(value: unknown, path: string): { name: string; value: string } {
  const fields = new Fields(value, path, ["name", "value"])
  return { name: fields.text("name"), value: fields.text("value") }
}

function readLevy(value: unknown, path: string): Levy {
  const fields = new Fields(value, path, ["type", "recipient", "mosaicId", "fee"])
  return {
    kind: fields.choice("type", LEVY_KINDS),
    recipient: fields.address("recipient"),
    mosaic: mosaicIdOf(fields, "mosaicId"),
    fee: fields.amount("fee"),
  }
}
