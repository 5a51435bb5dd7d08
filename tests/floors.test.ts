import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const ROOT = fileURLToPath(new URL("../src/", import.meta.url))

/** docs/design.md, "Floors": a floor imports only lower ones; folders of one floor never import each other. */
const FLOORS: Readonly<Record<string, number>> = {
  units: 0,
  ledger: 1,
  chains: 2,
  tracing: 3,
  clustering: 3,
  attribution: 3,
  ports: 4,
  casefile: 4,
  contracts: 4,
  messages: 4,
  readers: 5,
  stores: 5,
  labels: 5,
  alarms: 5,
  cases: 6,
  reports: 7,
  http: 8,
  cli: 9,
}

/** These compute only: no clock, no disk, no network. */
const PURE = [
  "units",
  "ledger",
  "chains",
  "tracing",
  "clustering",
  "attribution",
  "ports",
  "casefile",
  "contracts",
  "messages",
]

interface Import {
  readonly from: string
  readonly to: string
}

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(file => file.endsWith(".ts"))
const source = new Map(files.map(file => [normalize(file), readFileSync(join(ROOT, file), "utf8")]))

function importsOf(file: string, text: string): { readonly inside: Import[]; readonly outside: string[] } {
  const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g)].map(
    match => match[1] as string,
  )
  const inside = specifiers
    .filter(specifier => specifier.startsWith("."))
    .map(specifier => ({ from: file, to: normalize(join(dirname(file), specifier)) }))
  return { inside, outside: specifiers.filter(specifier => !specifier.startsWith(".")) }
}

const folderOf = (file: string): string => file.split(/[/\\]/)[0] as string
const imports = [...source].flatMap(([file, text]) => importsOf(file, text).inside)

function upward({ from, to }: Import): boolean {
  const [above, below] = [folderOf(from), folderOf(to)]
  if (above === below) return false
  return (FLOORS[above] ?? -1) <= (FLOORS[below] ?? 99)
}

function circles(edges: readonly Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const found: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const other of next.get(file) ?? []) visit(other, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return found
}

describe("the house", () => {
  it("has every folder on a floor", () => {
    expect(files.map(folderOf).filter(folder => FLOORS[folder] === undefined)).toEqual([])
  })

  it("imports only from lower floors", () => {
    expect(imports.filter(upward).map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it("has no import circles", () => {
    expect(circles(imports)).toEqual([])
  })

  it("keeps the pure floors free of Node", () => {
    const impure = [...source].filter(([file, text]) => {
      return (
        PURE.includes(folderOf(file)) && importsOf(file, text).outside.some(name => name.startsWith("node:"))
      )
    })
    expect(impure.map(([file]) => file)).toEqual([])
  })

  it("has no barrels, no utils and no file above 400 lines", () => {
    const barrel = [...source.keys()].filter(file =>
      /(^|[/\\])(index|utils?|helpers?|common)\.ts$/.test(file),
    )
    const long = [...source].filter(([, text]) => text.split("\n").length > 400).map(([file]) => file)
    expect({ barrel, long }).toEqual({ barrel: [], long: [] })
  })

  it("would notice: an upward import, a sideways one and a circle are found", () => {
    expect(upward({ from: "ledger/a.ts", to: "tracing/b.ts" })).toBe(true)
    expect(upward({ from: "readers/a.ts", to: "stores/b.ts" })).toBe(true)
    expect(upward({ from: "cli/a.ts", to: "units/b.ts" })).toBe(false)
    expect(
      circles([
        { from: "a", to: "b" },
        { from: "b", to: "c" },
        { from: "c", to: "a" },
      ]),
    ).toHaveLength(1)
    expect(importsOf("cli/a.ts", 'const x = await import("../units/b.ts")').inside).toEqual([
      { from: "cli/a.ts", to: relative(".", join("units", "b.ts")) },
    ])
  })
})
