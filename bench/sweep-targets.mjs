// What sweeping has to reach, as ratios within one run.

export const millions = number => `${Number((number / 1e6).toPrecision(3))}M`

/** @returns each target with its value, null where the run has not measured it */
export function targetsOf(results) {
  const targets = []
  const target = (what, value, wanted, atLeast = true) => {
    if (value === undefined || Number.isNaN(value)) targets.push({ what, wanted, value: null, met: null })
    else targets.push({ what, wanted, value, atLeast, met: atLeast ? value >= wanted : value <= wanted })
  }
  const of = size => results.find(({ transactions }) => transactions === size)
  const row = (size, rule, thefts) => of(size)?.rows.find(one => one.rule === rule && one.thefts === thefts)
  const library = (size, name) => of(size)?.beside?.find(one => one.name === name)
  target("haircut beside C at 10M", row(1e7, "haircut", 1)?.c?.ratio, 0.5)
  target("haircut beside C at 50M", row(5e7, "haircut", 1)?.c?.ratio, 0.4)
  target(
    "poison beside graph-tool's reach at 10M",
    library(1e7, "graph-tool")?.ms / row(1e7, "poison", 1)?.ms,
    5,
  )
  const scipy = results.findLast(({ beside }) =>
    beside?.some(({ name, ms }) => name === "scipy" && ms !== undefined),
  )
  const scipyAt = scipy?.transactions
  target(
    `haircut beside scipy's${scipyAt ? ` at ${millions(scipyAt)}` : ""}`,
    library(scipyAt, "scipy")?.ms / row(scipyAt, "haircut", 1)?.ms,
    100,
  )
  const last = results.findLast(({ workers }) => workers !== undefined)
  for (const { rules, gain } of last?.workers ?? [])
    target(`${rules.join(" and ")} on two workers beside one`, gain, 1.7)
  target(
    "fifo, 20 thefts, beside reading its columns from memory",
    row(last?.transactions, "fifo", 20)?.ms / last?.reading.inMemory,
    2,
    false,
  )
  target(
    "a block of 3,000 transactions warm, ms (the slowest rule's median)",
    Math.max(...results.flatMap(({ blocks }) => blocks.map(({ median }) => median))),
    50,
    false,
  )
  for (const { rule, ratio } of results.at(-1).streaming)
    target(`${rule} in runs beside in memory`, ratio, 1 / 3)
  for (const rule of ["haircut", "poison"]) {
    const costs = results.map(({ rows }) => rows.find(one => one.rule === rule)?.nsOfOutput)
    target(
      `${rule}: an output's cost, the largest chain beside the smallest`,
      costs.length > 1 ? costs.at(-1) / costs[0] : undefined,
      2,
      false,
    )
  }
  return targets
}
