import { addressOfKey } from "../../chains/nem/account.ts"
import { Definitions } from "../../chains/nem/definitions.ts"
import { XEM } from "../../chains/nem/mosaic.ts"
import type { UnknownMovement } from "../../chains/nem/movement.ts"
import { RemoteLinks } from "../../chains/nem/remote-links.ts"
import { nemesisRow } from "../../chains/nem/rows.ts"
import { instantOf, unixTimeOf } from "../../chains/nem/time.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import type { AccountBlock, BlockFeed, Tip } from "../../ports/blocks.ts"
import type { Notice } from "../../ports/source.ts"
import { Problem } from "../../units/problem.ts"
import type { CheckedBlock } from "./checked-block.ts"
import { Nis, type NisOptions } from "./nis.ts"
import { OutsideKnowledge } from "./outside-knowledge.ts"
import { placedRows, rowsOrProblem } from "./placed-rows.ts"

/** Rows are some 500 bytes each; a block has 120 transactions at most. */
const ROWS_IN_BATCH = 4_096
const BLOCKS_IN_BATCH = 100
/** Blocks asked for before they are needed; the client lets fewer through at once. */
const AHEAD = 8
/**
 * One block a request, five million of them: whoever reads them all does so from a node of his own, which can take
 * this. One that cannot says 429, and is waited for.
 */
const PACE = { requestsPerSecond: 100, atOnce: 4 }
/** Of an account that is looked up when reading does not begin at the first block. */
const MOST_PAGES = 1_000

/**
 * Opens a NEM node (NIS) for reading blocks one after another through `/block/at/public`, and makes sure that it is of
 * mainnet. Where the options name no pace, up to 100 blocks a second are asked for.
 *
 * @throws RemoteFault, or Problem `remote-other-network`
 */
export async function openNisBlocks(options: NisOptions): Promise<BlockFeed<AccountBlock>> {
  const nis = await Nis.open({ ...PACE, ...options })
  return new NisBlocks(nis, { height: nis.tip, hash: (await nis.block(nis.tip)).hash })
}

/**
 * A node's blocks, each hash computed, every signature verified, each the child of the one before.
 *
 * For whom a remote key harvests, and how mosaics are defined, earlier blocks tell. Read from the first block on, also
 * in several calls that go on where the last ended, both are known for certain. Reading that begins elsewhere asks the
 * node instead, and the rows that rest on its word (fees, levies, supply changes) are graded `reported`.
 */
class NisBlocks implements BlockFeed<AccountBlock> {
  readonly tip: Tip
  readonly #nis: Nis
  readonly #outside: OutsideKnowledge
  /** What the blocks up to and including `height` have told. */
  #told = { height: 0, links: new RemoteLinks(), definitions: new Definitions() }

  constructor(nis: Nis, tip: Tip) {
    this.#nis = nis
    this.tip = tip
    this.#outside = new OutsideKnowledge(nis, MOST_PAGES)
  }

  get from(): string {
    return this.#nis.href
  }

  async hashAt(height: number): Promise<string | null> {
    return height < 1 || height > this.tip.height ? null : (await this.#nis.block(height)).hash
  }

  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly AccountBlock[]> {
    if (toHeight > this.tip.height) {
      throw new Problem("remote-behind", { ours: toHeight, theirs: this.tip.height }, { file: this.from })
    }
    if (fromHeight === 1) {
      this.#told = { height: 0, links: new RemoteLinks(), definitions: new Definitions() }
    }
    let batch: AccountBlock[] = []
    let rows = 0
    for await (const checked of this.#inOrder(Math.max(fromHeight, 1), toHeight)) {
      const block = await this.#accountBlock(checked)
      batch.push(block)
      rows += block.rows.length
      if (rows < ROWS_IN_BATCH && batch.length < BLOCKS_IN_BATCH) continue
      yield batch
      batch = []
      rows = 0
    }
    if (batch.length > 0) yield batch
  }

  /** A few are under way at a time; none is asked for after a fault. */
  async *#inOrder(from: number, to: number): AsyncGenerator<CheckedBlock> {
    const ahead: Promise<CheckedBlock>[] = []
    let next = from
    let before: CheckedBlock | null = null
    while (next <= to || ahead.length > 0) {
      while (next <= to && ahead.length < AHEAD) {
        const asked = this.#nis.block(next++)
        // A fault is thrown where its turn comes; until then it is not an error that nobody looks at.
        asked.catch(() => undefined)
        ahead.push(asked)
      }
      const checked = await (ahead.shift() as Promise<CheckedBlock>)
      const { height, previousHash } = checked.block
      if (before !== null && before.hash !== previousHash) {
        throw new Problem("remote-reorganised", { height }, { file: this.from })
      }
      before = checked
      yield checked
    }
  }

  async #accountBlock(checked: CheckedBlock): Promise<AccountBlock> {
    const { block, hash } = checked
    const isNext = block.height === this.#told.height + 1
    const { rows, unknown } = isNext ? this.#readOn(checked) : await this.#readApart(checked)
    const first = block.height === 1 ? [nemesisRow(block, this.#nis.genesis)] : []
    return {
      height: block.height,
      hash,
      parent: block.height === 1 ? null : block.previousHash,
      time: unixTimeOf(block.timeStamp),
      rows: [...first, ...rows],
      notices: [...noticesOf(unknown), ...this.#doubtful(rows)],
    }
  }

  #readOn({ block, transactions }: CheckedBlock): Told {
    const { height } = block
    const { links, definitions } = this.#told
    // Links made in this very block are in force 360 blocks later; those ended in it still hold.
    for (const { transaction } of transactions) links.see(transaction, height)
    const address = links.receiverAt(addressOfKey(block.signer, block.network), height)
    const producer = { address, grade: "chain" } as const
    const setting = { height, time: instantOf(block.timeStamp), producer, definitions: "chain" } as const
    const told = transactions.map(({ transaction, hash }) => {
      const moved = rowsOrProblem(transaction, hash, setting, definitions.of)
      definitions.see(transaction)
      return moved
    })
    this.#told = { ...this.#told, height }
    return {
      rows: told.flatMap(each => each.rows),
      unknown: told.flatMap(each => each.unknown),
    }
  }

  async #readApart(checked: CheckedBlock): Promise<Told> {
    const rows: AccountRow[] = []
    const unknown: UnknownMovement[] = []
    for (const at of checked.transactions.keys()) {
      const placed = await placedRows(checked, at, this.#outside)
      rows.push(...placed.rows.map(({ row }) => row))
      unknown.push(...placed.unknown)
    }
    return { rows, unknown }
  }

  /** Whose the fees are, where neither earlier blocks nor the node told. */
  #doubtful(rows: readonly AccountRow[]): readonly Notice[] {
    const isDoubtful = rows.some(({ kind, to }) => kind === "fee" && this.#outside.uncertain.has(to ?? ""))
    return isDoubtful ? [{ code: "record-unproven", asset: XEM, detail: { service: this.from } }] : []
  }

  async close(): Promise<void> {
    // Nothing is kept open: every request stands for itself.
  }
}

interface Told {
  readonly rows: readonly AccountRow[]
  readonly unknown: readonly UnknownMovement[]
}

const REASONS: Readonly<Record<UnknownMovement["unknown"], string>> = {
  levy: "no definition of it is known",
  divisibility: "no definition of it is known",
  redefinition: "it was defined anew",
}

function noticesOf(unknown: readonly UnknownMovement[]): readonly Notice[] {
  return unknown.map(({ unknown: what, asset }) => {
    return { code: "levy-unknown", asset, detail: { asset, reason: REASONS[what] } }
  })
}
