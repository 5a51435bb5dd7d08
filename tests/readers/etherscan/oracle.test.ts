import { expect, it } from "vitest"
import type { Source } from "../../../src/ports/source.ts"
import { type EthereumLedger, makeEthereumLedger } from "../../../testing/explorers/ethereum-ledger.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import type { Scenario } from "../../../testing/generator/scenario.ts"
import { compare } from "../../tracing/compare.ts"
import { withService } from "./with-service.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"] as const

/** A source that is asked for thefts as files have them, by the row's number in its transaction. */
function numbered(source: Source, { refOf }: EthereumLedger): Source {
  return {
    shape: source.shape,
    horizon: source.horizon,
    notices: source.notices,
    answer: needs =>
      source.answer(
        needs.map(need => (need.what === "theft" ? { ...need, ref: refOf.get(need.ref) ?? need.ref } : need)),
      ),
    potName: pot => source.potName(pot),
    assetOf: name => source.assetOf(name),
  }
}

function scenarioOf(
  seed: number,
  ledger: EthereumLedger,
  dice: Dice,
  isBlockscout: boolean,
): Scenario | null {
  // Blockscout lists no withdrawals, and its calls have no place in the tree of calls.
  const rows = ledger.rows.filter(({ kind }) => !isBlockscout || kind !== "reward")
  const stealable = rows.filter(({ txid, n, kind, from, to }) => {
    const ref = ledger.refOf.get(`${txid}#${n}`)
    return kind !== "fee" && to !== "" && from !== to && !(isBlockscout && ref?.includes("#call:"))
  })
  const stolen = stealable.filter(({ kind }) => kind !== "reward")
  if (stolen.length === 0) return null
  const thefts = Array.from({ length: dice.int(1, 3) }, (_, n) => {
    const row = dice.pick(stolen)
    return { id: `theft ${n}`, refs: [`${row?.txid}#${row?.n}`] }
  })
  const services = new Map(dice.chance(0.4) ? [[dice.pick(ledger.accounts) ?? "", "service"]] : [])
  const conditions = {
    fees: "drop" as const,
    min: dice.chance(0.7) ? 0n : 1000n,
    maxHops: dice.chance(0.7) ? null : dice.int(0, 4),
    services,
    stopAtServices: true,
    toHeight: dice.chance(0.3) ? dice.int(2, ledger.blocks.length) : null,
  }
  return { seed, ledger: { shape: "account", rows }, thefts, conditions, rules: RULES }
}

it("20 random ledgers over HTTP: lot for lot as the oracle says, nothing asked twice", async () => {
  const seen = { thefts: 0, cut: 0, calls: 0, tokens: 0, requests: 0 }
  for (let seed = 1; seed <= 20; seed++) {
    const dice = new Dice(seed)
    const ledger = makeEthereumLedger(dice)
    const isBlockscout = seed % 3 === 0
    const scenario = scenarioOf(seed, ledger, dice, isBlockscout)
    if (scenario === null) continue
    const dialect = isBlockscout ? "blockscout" : "etherscan"
    await withService(ledger, { dialect }, async (server, open) => {
      const source = await open({
        toHeight: scenario.conditions.toHeight,
        pageRows: seed % 2 === 0 ? 2 : 1000,
      })
      for (const rule of scenario.rules) {
        const { program, oracle } = await compare(scenario, numbered(source, ledger), rule)
        expect(program, `seed ${seed}, ${rule}`).toEqual(oracle)
      }
      // The producer's other tips are in no list, so that of his pot only what is traced can be compared.
      for (const rule of RULES.filter(one => one !== "poison")) {
        const following = { ...scenario, conditions: { ...scenario.conditions, fees: "follow" as const } }
        const { program, oracle } = await compare(following, numbered(source, ledger), rule)
        expect([program.figures, program.flows], `seed ${seed}, ${rule}, follow`).toEqual([
          oracle.figures,
          oracle.flows,
        ])
      }
      const gets = server.asked.filter(path => !path.endsWith("/eth-rpc"))
      expect(gets, `seed ${seed}`).toHaveLength(new Set(gets).size)
      seen.requests += server.asked.length
      seen.calls += gets.filter(path => path.includes("txhash") && path.includes("txlistinternal")).length
      seen.tokens += gets.filter(path => path.includes("tokentx")).length
    })
    seen.thefts += scenario.thefts.length
    seen.cut += scenario.conditions.toHeight === null ? 0 : 1
  }
  expect(seen.thefts).toBeGreaterThan(30)
  expect(seen.cut).toBeGreaterThan(2)
  expect(seen.calls).toBeGreaterThan(20)
  expect(seen.tokens).toBeGreaterThan(10)
})
