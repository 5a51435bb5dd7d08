import type { CaseFile } from "../casefile/case.ts"
import type { Chain } from "../chains/chain.ts"
import type { Input } from "./records.ts"
import type { KnownService } from "./services-known.ts"

export type Stated = ReadonlyMap<string, KnownService>

/** What a chain itself makes a service: Litecoin's extension block hides who owns what in it. */
export function servicesOfChain(chain: Chain | null): Stated {
  const services = chain?.services ?? []
  return new Map(services.map(([address, service]) => [address, { service, by: { kind: "chain" } }]))
}

export function servicesOfCase({ id, services }: CaseFile, chain: Chain): Stated {
  return new Map(
    services.map(({ address, service, sources, grade }) => {
      return [chain.checkAddress(address), { service, by: { kind: "case", list: id, sources, grade } }]
    }),
  )
}

/** Addresses that a case calls the thief's. */
export function thievesOf({ addresses }: CaseFile, chain: Chain): ReadonlySet<string> {
  return new Set(
    addresses.filter(({ role }) => role === "thief").map(({ address }) => chain.checkAddress(address)),
  )
}

/** What the user's own file names goes before what was known. */
export async function withFile(
  known: Stated,
  file: string | null,
  chain: Chain | null,
): Promise<{ stated: Stated; inputs: readonly Input[] }> {
  if (file === null) return { stated: known, inputs: [] }
  const { readServices } = await import("../readers/list-files.ts")
  const { services, sha256 } = await readServices(file, chain?.checkAddress ?? (address => address))
  const own = [...services].map(([address, service]) => [address, { service, by: byFile(file) }] as const)
  return { stated: new Map([...known, ...own]), inputs: [{ name: file, sha256 }] }
}

export const byFile = (list: string): KnownService["by"] => ({ kind: "file", list })

export function namesOf(stated: Stated): ReadonlyMap<string, string> {
  return new Map([...stated].map(([address, { service }]) => [address, service]))
}
