import { existsSync, readFileSync } from "node:fs"
import { bundledCases, loadCase } from "../readers/case-file.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { CaseAsked, ScreenedCase } from "./screen-case.ts"
import { endsOf } from "./screen-likeness.ts"

/** From `src/cases` and from `dist/cases` alike. */
const BUNDLED = new URL("../../cases/", import.meta.url)
/** Addresses and transaction ids stand in a case in their canonical form (a test holds the bundled ones to it). */
const WORD = /\b[0-9A-Za-z]{26,66}\b/g

/**
 * The bundled cases, and one that the user names. A bundled case is looked into as a text first: what its words do not
 * have is not in it, and only a hit costs parsing and tracing it, once.
 */
export class ScreenedCases {
  readonly names: readonly string[]
  readonly #words = new Map<string, Set<string>>()
  readonly #ends = new Map<string, Set<string>>()
  readonly #opened = new Map<string, Promise<ScreenedCase>>()
  readonly #asked: CaseAsked
  readonly #own: ScreenedCase | null

  private constructor(own: ScreenedCase | null, asked: CaseAsked) {
    this.#asked = asked
    this.#own = own
    const bundled = bundledCases().filter(name => name !== own?.id && existsSync(fileOf(name)))
    for (const name of bundled) {
      const text = readFileSync(fileOf(name), "utf8")
      const words = new Set(text.match(WORD) ?? [])
      this.#words.set(name, words)
      this.#ends.set(name, new Set([...words].map(endsOf)))
    }
    this.names = own === null ? bundled : [own.id, ...bundled]
  }

  /** @param named a bundled case or a case file that is to be traced whatever its words; null for none */
  static async open(named: string | null, asked: CaseAsked): Promise<ScreenedCases> {
    const own = named === null ? null : await opened(named, asked)
    return new ScreenedCases(own, asked)
  }

  /** The thefts and assets that the cases declare, whether or not they have been traced yet. */
  async declared(): Promise<{ readonly thefts: readonly string[]; readonly assets: readonly string[] }> {
    const bundled = await Promise.all([...this.#words.keys()].map(loadCase))
    const sets = this.#own === null ? [] : [this.#own.set]
    return {
      thefts: [
        ...bundled.flatMap(({ caseFile }) => caseFile.thefts.map(({ id }) => id)),
        ...sets.flatMap(set => set.thefts),
      ],
      assets: [
        ...bundled.flatMap(({ caseFile }) => caseFile.assets.map(({ asset }) => asset)),
        ...sets.flatMap(set => set.assets()),
      ],
    }
  }

  /** The cases that have one of these words, or an address that begins and ends alike. */
  async having(forms: readonly string[]): Promise<readonly ScreenedCase[]> {
    const names = [...this.#words.keys()].filter(name => {
      return forms.some(form => this.#words.get(name)?.has(form) || this.#ends.get(name)?.has(endsOf(form)))
    })
    if (names.length === 0) return this.#own === null ? [] : [this.#own]
    const found = await Promise.all(
      names.map(name => {
        return getOrMake(this.#opened, name, () => opened(name, this.#asked))
      }),
    )
    return this.#own === null ? found : [this.#own, ...found]
  }
}

/** What traces is loaded when something is traced. */
async function opened(nameOrPath: string, asked: CaseAsked): Promise<ScreenedCase> {
  const { ScreenedCase } = await import("./screen-case.ts")
  return ScreenedCase.open(nameOrPath, asked)
}

function fileOf(name: string): URL {
  return new URL(`${name}/case.json`, BUNDLED)
}
