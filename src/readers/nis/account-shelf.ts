import type { Asset } from "../../ledger/asset.ts"
import type { DoubtCode } from "../../ledger/gap.ts"
import type { PotId } from "../../ledger/step.ts"
import type { AccountAnswer, MovementsAnswer } from "../../tracing/need.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { heightOf, type Position } from "../../units/position.ts"
import { type AccountHistory, checkReach, readHistory } from "./account-history.ts"
import type { Nis } from "./nis.ts"
import type { OutsideKnowledge } from "./outside-knowledge.ts"
import { PlacedRecords } from "./placed-records.ts"
import type { PlacedRow } from "./placed-rows.ts"

interface Account {
  readonly history: AccountHistory
  readonly records: PlacedRecords
}

/** The accounts that a trace has come to, each read once, and the pots met, numbered as they are met. */
export class AccountShelf {
  readonly #nis: Nis
  readonly #outside: OutsideKnowledge
  readonly #horizon: number
  readonly #mostPages: number
  readonly #assetOf: (name: string) => Asset
  readonly #names: string[] = []
  readonly #pots = new Map<string, PotId>()
  readonly #accounts = new Map<string, Promise<Account>>()

  constructor(
    nis: Nis,
    outside: OutsideKnowledge,
    { horizon, mostPages }: { readonly horizon: number; readonly mostPages: number },
    assetOf: (name: string) => Asset,
  ) {
    this.#nis = nis
    this.#outside = outside
    this.#horizon = horizon
    this.#mostPages = mostPages
    this.#assetOf = assetOf
  }

  potName(pot: PotId): string {
    const name = this.#names[pot]
    if (name === undefined) throw new Error(`nis: no pot has number ${pot}`)
    return name
  }

  #potOf = (name: string): PotId => getOrMake(this.#pots, name, () => this.#names.push(name) - 1)

  recordOf(rows: readonly PlacedRow[]): PlacedRecords {
    return new PlacedRecords(rows, this.#assetOf, this.#potOf)
  }

  async standing(pot: PotId, at: Position): Promise<AccountAnswer> {
    const [address = "", asset = ""] = this.potName(pot).split("/")
    const { history, records } = await this.#at(address)
    checkReach(history, address, heightOf(at), this.#mostPages)
    const answer = records.account(pot, at) ?? NOTHING
    const doubts = new Set<DoubtCode>([...history.doubts, ...(history.doubtsOf.get(asset) ?? [])])
    // A levy is not listed for whom it goes to; anything else that led here the list should have told.
    if (!records.has(at)) doubts.add("record-unproven")
    return { ...answer, doubts: [...doubts] }
  }

  async movements(pot: PotId, after: Position): Promise<MovementsAnswer> {
    const [address = ""] = this.potName(pot).split("/")
    return (await this.#at(address)).records.movements(pot, after)
  }

  #at(address: string): Promise<Account> {
    return getOrMake(this.#accounts, address, async () => {
      const history = await readHistory(this.#nis, this.#outside, address, this.#horizon, this.#mostPages)
      this.#outside.forget(address)
      return { history, records: this.recordOf(history.rows) }
    })
  }
}

/** Of a pot that no list tells anything of. */
const NOTHING: AccountAnswer = {
  what: "account",
  before: 0n,
  opening: 0n,
  issued: 0n,
  steps: [],
  more: false,
}
