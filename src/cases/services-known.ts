import type { StoppedBy } from "../contracts/trace.ts"

/** A service, and how it is known that the address is one of its. */
export interface KnownService {
  readonly service: string
  /** Null where only a name is known. */
  readonly by: StoppedBy | null
}
