/** Who put inputs into the transactions that join one cluster: owners are numbers from 0, transactions in chain order. */
export interface JoinGraph {
  readonly ownerCount: number
  /** One longer than there are transactions: the owners of transaction `n` are `owners[first[n]]` to `owners[first[n + 1] - 1]`. */
  readonly first: Uint32Array
  /** Those of one transaction differ. */
  readonly owners: Uint32Array
}
