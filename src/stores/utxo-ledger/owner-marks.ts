/** Tells most owners that are not looked for by one byte: almost every output's owner is none of them. */
export class OwnerMarks {
  readonly #marked = new Uint8Array(1 << 16)

  constructor(owners: Iterable<number>) {
    for (const owner of owners) this.#marked[owner & 0xffff] = 1
  }

  /** Of an owner that is looked for, always; of another, seldom. */
  has(owner: number): boolean {
    return this.#marked[owner & 0xffff] === 1
  }
}
