import { linkSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { RuleName } from "../../ledger/vocabulary.ts"
import { Problem } from "../../units/problem.ts"
import type { SweepHorizon } from "./sweep-file.ts"

const NAME = /^(\d{1,9})-((?:0x)?[0-9a-f]{64})\.sweep$/
/** As deep as a ledger takes blocks back: the newest state that is at least so old is always kept. */
const WINDOW = 100

interface Saved {
  readonly horizon: SweepHorizon
}

/** How one state is kept in a file of its own. */
export interface StateFiles<State extends Saved> {
  /** Null where there is none that can be used. @throws Problem `ledger-damaged` */
  load(file: string): State | null
  /** @throws Problem `ledger-unwritable` */
  save(file: string, state: State): void
}

/**
 * States of one rule's sweep at several blocks: dense near the newest, sparser behind it, so that a chain that is
 * reorganised is gone on with from a block before the fork. About two states for each doubling of the distance, each in
 * a file of its own that is there whole or not at all. The newest is also where `ashiato sweep` goes on from.
 */
export class StateTrail<State extends Saved> {
  readonly #folder: string
  readonly #newest: string
  readonly #files: StateFiles<State>

  /** @param folder of all states of one question */
  constructor(folder: string, rule: RuleName, files: StateFiles<State>) {
    this.#files = files
    this.#folder = join(folder, "trail", rule)
    this.#newest = join(folder, `${rule}.sweep`)
  }

  /**
   * The newest state that stands at a block of the chain, and at none above a height; null where there is none.
   *
   * @param isOfUse looks at the state itself: an older one is taken where it says no
   * @throws Problem `ledger-damaged`
   */
  newest(
    isOnChain: (horizon: SweepHorizon) => boolean,
    isOfUse: (state: State) => boolean = () => true,
  ): State | null {
    const load = (file: string): State | null => {
      const state = this.#files.load(file)
      return state !== null && isOnChain(state.horizon) && isOfUse(state) ? state : null
    }
    const swept = load(this.#newest)
    for (const place of this.#places().filter(isOnChain)) {
      if (swept !== null && swept.horizon.height >= place.height) return swept
      const own = load(this.#fileOf(place))
      if (own !== null) return own
    }
    return swept
  }

  /** @throws Problem `ledger-unwritable` */
  save(state: State): void {
    const file = this.#fileOf(state.horizon)
    this.#files.save(file, state)
    try {
      const link = `${this.#newest}.link`
      rmSync(link, { force: true })
      linkSync(file, link)
      renameSync(link, this.#newest)
    } catch (error) {
      throw unwritable(error, this.#newest)
    }
  }

  /** Removes the states that a reorganisation within the window will not need, and those of branches that were left. */
  thin(tip: number, isOnChain: (horizon: SweepHorizon) => boolean): void {
    const places = this.#places()
    const onChain = places.filter(isOnChain)
    const kept = new Set(keptOf(tip, onChain))
    try {
      for (const place of places) if (!kept.has(place)) rmSync(this.#fileOf(place), { force: true })
    } catch (error) {
      throw unwritable(error, this.#folder)
    }
  }

  #fileOf({ height, hash }: SweepHorizon): string {
    return join(this.#folder, `${height}-${hash}.sweep`)
  }

  /** The highest first. */
  #places(): SweepHorizon[] {
    try {
      mkdirSync(this.#folder, { recursive: true })
      return readdirSync(this.#folder)
        .flatMap(name => {
          const [, height, hash] = NAME.exec(name) ?? []
          return height === undefined || hash === undefined ? [] : [{ height: Number(height), hash }]
        })
        .sort((a, b) => b.height - a.height)
    } catch (error) {
      throw unwritable(error, this.#folder)
    }
  }
}

/** Of each doubling of the distance the nearest and the farthest, and one that is beyond the window. */
function keptOf<Place extends SweepHorizon>(tip: number, places: readonly Place[]): Place[] {
  const doublings = new Map<number, Place[]>()
  for (const place of places) {
    const distance = Math.max(0, tip - place.height)
    if (distance >= 2 * WINDOW) continue
    const doubling = Math.floor(Math.log2(distance + 1))
    doublings.set(doubling, [...(doublings.get(doubling) ?? []), place])
  }
  const near = [...doublings.values()].flatMap(own => [own[0] as Place, own.at(-1) as Place])
  const beyond = places.find(({ height }) => tip - height >= WINDOW)
  return beyond === undefined ? near : [...near, beyond]
}

function unwritable(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error
  return new Problem("ledger-unwritable", { reason: String(error.code) }, { file })
}
