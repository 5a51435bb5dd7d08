import { Problem } from "../units/problem.ts"
import { readCsv } from "./csv.ts"
import { field, parseText } from "./field.ts"
import type { AddressCheck } from "./transfers-file.ts"

export interface TheftList {
  readonly id: string
  readonly refs: readonly string[]
}

/** Reads a thefts file, `theft,ref`: rows with the same theft are one theft. */
export async function readThefts(file: string): Promise<{ thefts: readonly TheftList[]; sha256: string }> {
  const refsOf = new Map<string, string[]>()
  const sha256 = await readCsv(file, { required: ["theft", "ref"], optional: [] }, row => {
    const theft = field(row, "theft", parseText)
    const ref = field(row, "ref", parseText)
    const refs = refsOf.get(theft)
    if (refs === undefined) refsOf.set(theft, [ref])
    else if (!refs.includes(ref)) refs.push(ref)
  })
  if (refsOf.size === 0) throw new Problem("theft-empty", {}, { file })
  return { thefts: [...refsOf].map(([id, refs]) => ({ id, refs })), sha256 }
}

/** Reads a services file, `address,service`: where following stops. */
export async function readServices(
  file: string,
  checkAddress: AddressCheck,
): Promise<{ services: ReadonlyMap<string, string>; sha256: string }> {
  const services = new Map<string, string>()
  const sha256 = await readCsv(file, { required: ["address", "service"], optional: [] }, row => {
    const address = field(row, "address", text => checkAddress(parseText(text)))
    const service = field(row, "service", parseText)
    const known = services.get(address)
    if (known !== undefined && known !== service) {
      throw new Problem("service-twice", { address, service, known }, { line: row.line, column: "address" })
    }
    services.set(address, service)
  })
  return { services, sha256 }
}
