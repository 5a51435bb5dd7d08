/** Transactions made up for a case: the JSON of a node, with what the case needs put in its place. */
export const SIGNER = "8d07f90fb4bbe7715fa327c926770166a11be2e494a970605f2e12557f66c9b9"
export const SIGNER_ADDRESS = "NANEMOABLAGR72AZ2RV3V4ZHDCXW25XQ73O7OBT5"
export const OTHER = "826cedee421ff66e708858c17815fcd831a4bb68e3d8956299334e9e24380ba8"
export const OTHER_ADDRESS = "NCOSIGIMCITYNRE7XUR77OREOYFLPAILCNUYLTPD"
export const THIRD_ADDRESS = "NC2KPEXZDILXDWO6Y2OY4W7FRSVFGKYC7VB6W4D4"

type Json = Record<string, unknown>

export const V1 = 0x68000001
export const V2 = 0x68000002

const stated = (type: number, version: number): Json => ({
  type,
  version,
  timeStamp: 89304948,
  deadline: 89308548,
  signer: SIGNER,
  fee: 150_000,
  signature: "01".repeat(64),
})

export const transfer = (own: Json = {}): Json => ({
  ...stated(257, V1),
  recipient: OTHER_ADDRESS,
  amount: 1_000_000,
  message: {},
  ...own,
})

export const mosaicTransfer = (amount: number, mosaics: readonly [id: string, quantity: number][]): Json =>
  transfer({
    version: V2,
    amount,
    mosaics: mosaics.map(([id, quantity]) => ({ mosaicId: idOf(id), quantity })),
  })

export const namespace = (own: Json = {}): Json => ({
  ...stated(8193, V1),
  rentalFeeSink: THIRD_ADDRESS,
  rentalFee: 100_000_000,
  newPart: "coins",
  parent: null,
  ...own,
})

export const definition = (own: Json = {}): Json => ({
  creator: SIGNER,
  id: idOf("shop:coin"),
  description: "a coin",
  properties: [
    { name: "divisibility", value: "3" },
    { name: "initialSupply", value: "1000" },
    { name: "supplyMutable", value: "true" },
    { name: "transferable", value: "true" },
  ],
  levy: {},
  ...own,
})

export const levy = (type: 1 | 2, fee: number, mosaic = "shop:coin"): Json => ({
  type,
  recipient: THIRD_ADDRESS,
  mosaicId: idOf(mosaic),
  fee,
})

export const creation = (own: Json = {}): Json => ({
  ...stated(16385, V1),
  mosaicDefinition: definition(own),
  creationFeeSink: THIRD_ADDRESS,
  creationFee: 10_000_000,
})

export const supply = (supplyType: 1 | 2, delta: number): Json => ({
  ...stated(16386, V1),
  mosaicId: idOf("shop:coin"),
  supplyType,
  delta,
})

export const modification = (own: Json = {}): Json => ({
  ...stated(4097, V2),
  modifications: [{ modificationType: 1, cosignatoryAccount: OTHER }],
  minCosignatories: { relativeChange: 1 },
  ...own,
})

export const importanceTransfer = (): Json => ({ ...stated(2049, V1), mode: 1, remoteAccount: OTHER })

export const multisig = (otherTrans: Json, signatures: readonly Json[] = []): Json => {
  const { signature, ...inner } = otherTrans
  return { ...stated(4100, V1), signer: OTHER, otherTrans: inner, signatures }
}

export const cosignature = (otherHash: string, own: Json = {}): Json => ({
  ...stated(4098, V1),
  signer: "d7e062d8c08329cf316289f7c1a6ae87ee07e8033f2eccd6042ba3d5c6c2ddca",
  otherHash: { data: otherHash },
  otherAccount: SIGNER_ADDRESS,
  ...own,
})

function idOf(text: string): { namespaceId: string; name: string } {
  const [namespaceId = "", name = ""] = text.split(":")
  return { namespaceId, name }
}
