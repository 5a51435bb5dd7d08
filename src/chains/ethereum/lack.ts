import type { TokenDoubt } from "./token.ts"

/** What a block's record lacks. */
export type Lack =
  /** Native value that contracts moved is not in it. */
  | { readonly what: "internal calls" }
  | ({ readonly what: "token" } & TokenDoubt)
  /** It could not be proved, or something of it could not be told: nothing shows that it is all. */
  | { readonly what: "proof" }
