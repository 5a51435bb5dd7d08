import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Block } from "../../src/chains/nem/block.ts"
import { blockHash } from "../../src/chains/nem/block-binary.ts"
import { transactionHash } from "../../src/chains/nem/hash.ts"
import type { Transaction } from "../../src/chains/nem/transaction.ts"
import { type Key, numberedKey } from "../../testing/nis/keys.ts"
import { NisNode } from "../../testing/nis/nis-node.ts"
import { signed, signedBlock } from "../../testing/nis/signing.ts"
import { dice } from "./follow-stage.ts"

const FIRST_TIME = 200_000_000
const XEM = 1_000_000n
const FEE = XEM / 10n

/** A theft of XEM above NEM's real first block, whose loot moves on by chance while the chain is reorganised. */
export class FollowNisStage {
  readonly node: NisNode
  readonly victim = numberedKey(3)
  readonly deposit = numberedKey(4)
  readonly #blocks: Block[]
  readonly #hashes: string[]
  readonly #dice: (below: number) => number
  readonly #holders = Array.from({ length: 8 }, (_, at) => numberedKey(at + 10))
  #open: Transaction[] = []
  #theft: Transaction
  #made = 0

  /** @param first the chain's first block, and its hash */
  constructor(first: { readonly block: Block; readonly hash: string }, folder: string, seed: number) {
    this.#blocks = [first.block]
    this.#hashes = [first.hash]
    this.#dice = dice(seed)
    this.node = new NisNode(this.#blocks, {
      balances: new Map(),
      mainOf: signer => signer,
      forwarded: address => address,
    })
    const thief = this.#holders[0] as Key
    this.#theft = this.#signed(this.victim, thief, 700n * XEM)
    // Row 0 is the fee.
    const rows = `theft,ref\nheist,${transactionHash(this.#theft)}#1\n`
    writeFileSync(join(folder, "thefts.csv"), rows)
    writeFileSync(join(folder, "services.csv"), `address,service\n${this.deposit.address},exchange\n`)
    // Somebody of whom nobody knows where he has it from.
    this.#pay(numberedKey(2), this.victim, 1_000n * XEM)
    this.mine(3)
  }

  #signed(from: Key, to: Key, amount: bigint): Transaction {
    const own = {
      kind: "transfer",
      version: 1,
      recipient: to.address,
      amount,
      message: null,
      mosaics: [],
    } as const
    // Another second for each, so that no two are the same.
    return signed(own, from, { timeStamp: FIRST_TIME + this.#made++, fee: FEE })
  }

  #pay(from: Key, to: Key, amount: bigint): void {
    this.#open.push(this.#signed(from, to, amount))
  }

  steal(): void {
    this.#open.push(this.#theft)
  }

  /** Part of the loot comes to the exchange. */
  arrive(): void {
    this.#pay(this.#holders[0] as Key, this.deposit, 50n * XEM)
  }

  /** A few payments; nobody counts what the payers have, so that later ones tell of more that earlier ones had. */
  move(): void {
    for (let left = 1 + this.#dice(5); left > 0; left--) {
      const from = this.#any()
      const to = this.#dice(4) === 0 ? this.deposit : this.#any()
      this.#pay(from, to, BigInt(1 + this.#dice(200)) * XEM)
    }
  }

  #any(): Key {
    return this.#holders[this.#dice(this.#holders.length)] as Key
  }

  /** What was paid is in the first of them. */
  mine(count: number): void {
    for (let left = count; left > 0; left--) this.#seal()
    this.node.tell(this.#blocks)
  }

  #seal(): void {
    const height = this.#blocks.length + 1
    const own = {
      height,
      timeStamp: FIRST_TIME + height * 60 + this.#made,
      previousHash: this.tip,
      transactions: this.#open.splice(0),
    }
    // Whoever harvests, so that no branch has the blocks of another.
    const block = signedBlock(own, numberedKey(100 + this.#made++))
    this.#blocks.push(block)
    this.#hashes.push(blockHash(block))
  }

  /** Leaves the last so many blocks and mines another branch, longer by one. */
  reorganise(depth: number): void {
    this.#blocks.splice(-depth)
    this.#hashes.splice(-depth)
    this.mine(depth + 1)
  }

  get tip(): string {
    return this.#hashes.at(-1) as string
  }

  get height(): number {
    return this.#blocks.length
  }
}
