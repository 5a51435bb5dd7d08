/** How an asset's integers are written for people. `decimals` never enters a computation. */
export interface Asset {
  readonly asset: string
  readonly unit: string
  readonly decimals: number
}
