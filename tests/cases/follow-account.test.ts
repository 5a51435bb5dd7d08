import { createHash } from "node:crypto"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { FollowedAccounts } from "../../src/cases/follow-account.ts"
import type { FollowedThefts } from "../../src/cases/follow-question.ts"
import type { RuleName } from "../../src/ledger/vocabulary.ts"
import type { Move } from "../../src/ports/block-moves.ts"
import type { AccountBlock } from "../../src/ports/blocks.ts"
import { AccountBalances } from "../../src/stores/account-ledger/account-balances.ts"
import { AccountColumns } from "../../src/stores/account-ledger/account-columns.ts"
import { publishAccountColumns } from "../../src/stores/account-ledger/account-publish.ts"
import { AccountSweepLedger } from "../../src/stores/account-ledger/account-sweep-ledger.ts"
import { createAccountTables } from "../../src/stores/account-ledger/account-tables.ts"
import { openColumns } from "../../src/stores/columns/columns.ts"
import { loadAccountSweep } from "../../src/stores/sweeps/account-sweep-file.ts"
import { AccountSweep } from "../../src/tracing/sweep/account-sweep.ts"
import { Dice } from "../../testing/generator/dice.ts"
import {
  accountRowsOf,
  blocksOf,
  connect,
  newFolder,
  removeFolders,
  scenarioWithHeights,
  storeAll,
  transfersOf,
} from "../stores/account-ledger/made.ts"

const RULES: readonly RuleName[] = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"]
const SEEDS = Array.from({ length: 8 }, (_, at) => at)

afterAll(removeFolders)

const hashAt = (height: number) => createHash("sha256").update(`${height}`).digest("hex")

/** A random ledger's blocks, with hashes as chains have them. */
function chainOf(seed: number): readonly AccountBlock[] {
  return blocksOf(accountRowsOf(transfersOf(scenarioWithHeights(seed)))).map(block => ({
    ...block,
    hash: hashAt(block.height),
    parent: block.parent === null ? null : hashAt(block.height - 1),
  }))
}

/** Follows a chain that comes in runs by chance, published anew each time, as a node's would. */
async function followed(seed: number) {
  const dice = new Dice(seed + 1000)
  const { thefts, conditions } = scenarioWithHeights(seed)
  const blocks = chainOf(seed)
  const folder = newFolder()
  const own = join(folder, "sweeps", "own")
  const order: FollowedThefts = {
    folder,
    own,
    thefts,
    services: conditions.services,
    rules: RULES,
    fees: conditions.fees,
  }
  const connection = await connect()
  await createAccountTables(connection)
  const told: { debits: Move[]; credits: Move[] } = { debits: [], credits: [] }
  let chain = new FollowedAccounts(order)
  for (let at = 0; at < blocks.length; ) {
    const run = blocks.slice(at, at + dice.int(4, 16))
    await storeAll(connection, run)
    await publishAccountColumns(connection, folder, { chain: "made" })
    // Killed, and begun again from what is kept.
    if (dice.chance(0.3)) chain = new FollowedAccounts(order)
    const ledger = chain.open()
    try {
      const first = at === 0 ? 1 : 0
      const before = at === 0 ? blocks[0] : blocks[at - 1]
      if (before === undefined) throw new Error("no block")
      ledger.bringTo(before)
      for (const { height, hash } of run.slice(first)) {
        const { debits, credits } = ledger.step({ height, hash }, true)
        told.debits.push(...debits)
        told.credits.push(...credits)
      }
      ledger.keep()
    } finally {
      ledger.close()
    }
    at += run.length
  }
  return { folder, order, blocks, told }
}

describe("an account ledger that is followed, published anew run by run", () => {
  it.each(SEEDS)(
    "comes to what a sweep from the beginning comes to, and tells every row, seed %i",
    async seed => {
      const { folder, order, blocks, told } = await followed(seed)
      const columns = openColumns(folder)
      const ledger = new AccountSweepLedger(columns, null)
      const { declared } = ledger.declared(order.thefts)
      for (const rule of RULES) {
        const serviceOf = (address: string) => order.services.get(address) ?? null
        const question = { rule, fees: order.fees, declared, serviceOf }
        const kept = loadAccountSweep(join(order.own, `${rule}.sweep`), ledger)
        expect(kept?.horizon).toEqual(ledger.horizon)
        const fresh = new AccountSweep(question, ledger)
        for (const run of ledger.runs(null, 7)) fresh.run(run)
        const gone = new AccountSweep(question, ledger, kept?.state ?? null)
        expect(gone.figures(), rule).toEqual(fresh.figures())
        expect(heldIn(gone), rule).toEqual(heldIn(fresh))
        expect(gone.arrivals.length, rule).toBe(fresh.arrivals.length)
      }
      const rows = blocks.slice(1).flatMap(block => block.rows)
      const named = (moves: readonly Move[]) =>
        moves.map(({ address, asset, amount }) => [address, asset, amount])
      const isPot = (to: string | null) => to !== null && to !== "?"
      expect(named(told.debits)).toEqual(
        rows.filter(({ from }) => from !== null).map(({ from, asset, amount }) => [from, asset, amount]),
      )
      expect(named(told.credits)).toEqual(
        rows.filter(({ to }) => isPot(to)).map(({ to, asset, amount }) => [to, asset, amount]),
      )
      expectBalances(columns, blocks)
      columns.close()
    },
    // Publishing flushes dozens of files each time.
    120_000,
  )
})

/** What is kept has no order of its own. */
const heldIn = (sweep: AccountSweep) =>
  [...sweep.held()]
    .map(({ pot, value, lots }) => ({ pot, value, lots: [...lots] }))
    .sort((a, b) => Number(a.pot) - Number(b.pot))

/** Added up row by row: where a sum falls below zero somewhere, nobody knows what there was. */
function expectBalances(files: ReturnType<typeof openColumns>, blocks: readonly AccountBlock[]): void {
  const balances = new AccountBalances(new AccountColumns(files))
  const sums = new Map<string, bigint>()
  const doubtful = new Set<string>()
  const after: [height: number, pot: string, sum: bigint][] = []
  for (const { height, rows } of blocks) {
    for (const { from, to, asset, amount } of rows) {
      if (from === to) continue
      for (const [account, change] of [
        [from, -amount],
        [to, amount],
      ] as const) {
        if (account === null || account === "?") continue
        const pot = JSON.stringify([account, asset])
        sums.set(pot, (sums.get(pot) ?? 0n) + change)
      }
    }
    for (const [pot, sum] of sums) after.push([height, pot, sum])
    for (const [pot, sum] of sums) if (sum < 0n) doubtful.add(pot)
  }
  for (const [height, pot, sum] of after) {
    const [account, asset] = JSON.parse(pot) as [string, string]
    const found = balances.after(account, asset, height)
    if (found !== null) expect(found, `${pot} at ${height}`).toBe(sum)
    if (doubtful.has(pot)) expect(found, `${pot} at ${height}`).toBe(null)
  }
  expect(balances.after("nobody", "nothing", 0)).toBe(0n)
}
