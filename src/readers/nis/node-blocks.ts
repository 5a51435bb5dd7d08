import type { Genesis } from "../../chains/nem/nemesis.ts"
import { Problem } from "../../units/problem.ts"
import type { PoliteClient } from "../http/polite-client.ts"
import { MAINNET_NAME, readAnswer } from "./answers.ts"
import { type CheckedBlock, checkedBlock } from "./checked-block.ts"

const PATH = "/block/at/public"
const BLOCKS_KEPT = 256
/** Hashes of blocks are kept for longer, for what they are held to. */
const HASHES_KEPT = 100_000

/**
 * A node's blocks by height. Those asked for last are kept in memory. Two answers about one height must agree, and
 * blocks that touch must be linked, whenever they were asked for.
 */
export class NodeBlocks {
  readonly #client: PoliteClient
  readonly #genesis: Genesis
  readonly #isFinal: (height: number) => boolean
  readonly #blocks = new Map<number, Promise<CheckedBlock>>()
  readonly #met = new Map<number, { readonly hash: string; readonly parent: string }>()

  constructor(client: PoliteClient, genesis: Genesis, isFinal: (height: number) => boolean) {
    this.#client = client
    this.#genesis = genesis
    this.#isFinal = isFinal
  }

  async at(height: number): Promise<CheckedBlock> {
    const known = this.#blocks.get(height)
    if (known !== undefined) return known
    const asked = this.#fetch(height)
    this.#blocks.set(height, asked)
    dropOldest(this.#blocks, BLOCKS_KEPT)
    try {
      return await asked
    } catch (error) {
      this.#blocks.delete(height)
      throw error
    }
  }

  async #fetch(height: number): Promise<CheckedBlock> {
    const genesis = this.#genesis
    const read = (text: string) =>
      readAnswer(text, PATH, value => checkedBlock(value, { height, genesis, path: PATH }))
    const isFinal = () => this.#isFinal(height)
    const checked = await this.#client.post(PATH, JSON.stringify({ height }), read, isFinal)
    if (height === 1 && checked.hash !== genesis.hash) {
      const found = `a chain that begins with ${checked.hash}`
      throw this.#problem("remote-other-network", { expected: MAINNET_NAME, found })
    }
    this.#meet(height, checked)
    return checked
  }

  #meet(height: number, { hash, block }: CheckedBlock): void {
    const parent = block.previousHash
    const before = this.#met.get(height - 1)
    const after = this.#met.get(height + 1)
    const same = this.#met.get(height)
    const isLinked =
      (same === undefined || same.hash === hash) &&
      (before === undefined || before.hash === parent) &&
      (after === undefined || after.parent === hash)
    if (!isLinked) throw this.#problem("remote-reorganised", { height })
    this.#met.set(height, { hash, parent })
    dropOldest(this.#met, HASHES_KEPT)
  }

  #problem(code: Problem["code"], detail: Problem["detail"]): Problem {
    return new Problem(code, detail, { file: this.#client.href })
  }
}

function dropOldest(map: Map<number, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}
