const FIRST_ROOM = 1024

/** What such a list is made of, as other threads take it. */
export type Amounts = Pick<AmountList, "outputs" | "amounts" | "values" | "length">

/** Outputs with an amount of each, and the whole value that it is of; millions of them, in typed arrays that grow together. */
export class AmountList {
  outputs = new Uint32Array(FIRST_ROOM)
  amounts = new Float64Array(FIRST_ROOM)
  values = new Float64Array(FIRST_ROOM)
  length = 0

  push(output: number, amount: number, value: number): void {
    if (this.length === this.outputs.length) this.#grow()
    this.outputs[this.length] = output
    this.amounts[this.length] = amount
    this.values[this.length] = value
    this.length++
  }

  /** Its arrays, no longer than they have to be. */
  amountsAlone(): Amounts {
    const { length } = this
    return {
      outputs: this.outputs.slice(0, length),
      amounts: this.amounts.slice(0, length),
      values: this.values.slice(0, length),
      length,
    }
  }

  pushAll({ outputs, amounts, values, length }: Amounts): void {
    for (let at = 0; at < length; at++) {
      this.push(outputs[at] as number, amounts[at] as number, values[at] as number)
    }
  }

  #grow(): void {
    const outputs = new Uint32Array(2 * this.length)
    const amounts = new Float64Array(2 * this.length)
    const values = new Float64Array(2 * this.length)
    outputs.set(this.outputs)
    amounts.set(this.amounts)
    values.set(this.values)
    this.outputs = outputs
    this.amounts = amounts
    this.values = values
  }

  /** Keeps only what the test holds for, in its order. */
  keep(holds: (output: number, amount: number) => boolean): void {
    let kept = 0
    for (let at = 0; at < this.length; at++) {
      const output = this.outputs[at] as number
      const amount = this.amounts[at] as number
      if (!holds(output, amount)) continue
      this.outputs[kept] = output
      this.amounts[kept] = amount
      this.values[kept] = this.values[at] as number
      kept++
    }
    this.length = kept
  }
}
