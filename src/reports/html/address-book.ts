import type { CaseAddress, CaseFile } from "../../casefile/case.ts"
import type { Language } from "../../messages/language.ts"

/** What a case calls its addresses. */
export interface AddressBook {
  entry(address: string): CaseAddress | null
  /** Its name in the case, or the service it belongs to, or null. */
  name(address: string): string | null
}

export function addressBook(caseFile: CaseFile | null, language: Language): AddressBook {
  const entries = new Map((caseFile?.addresses ?? []).map(entry => [keyOf(entry.address), entry]))
  const services = new Map(
    (caseFile?.services ?? []).map(({ address, service }) => [keyOf(address), service]),
  )
  return {
    entry: address => entries.get(keyOf(address)) ?? null,
    name: address => entries.get(keyOf(address))?.name[language] ?? services.get(keyOf(address)) ?? null,
  }
}

/** A case may write an address in another spelling than the trace: NEM's hyphens, Ethereum's capitals. */
export function keyOf(address: string): string {
  return address.replaceAll("-", "").toLowerCase()
}

/** The account of a pot written `account/asset`; an output (`txid:vout`) stays as it is. */
export function accountOf(pot: string, asset: string): string {
  return pot.endsWith(`/${asset}`) ? pot.slice(0, -asset.length - 1) : pot
}

/**
 * For a drawing only; tables give it whole. More than the usual four characters at each end, because imitations
 * are made to agree in those.
 */
export function shortened(address: string): string {
  const [name = address, output] = /^(.{24,}):(\d+)$/.exec(address)?.slice(1) ?? [address]
  const short = name.length > 20 ? `${name.slice(0, 9)}\u2026${name.slice(-7)}` : name
  return output === undefined ? short : `${short}:${output}`
}
