import type { StoppedBy } from "../contracts/trace.ts"

/** A service, and how it is known that the address is one of its. */
export interface KnownService {
  readonly service: string
  /** Null where only a name is known. */
  readonly by: StoppedBy | null
  /** Left out where it is so of every asset: else what the address was seen to pass on. */
  readonly assets?: readonly string[]
}

/** The name of a service where it is one for this asset. */
export function serviceFor(known: KnownService | null, asset: string): string | null {
  if (known === null || known.assets?.includes(asset) === false) return null
  return known.service
}
