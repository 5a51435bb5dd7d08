import type { AddressRole, CaseFile } from "../casefile/case.ts"
import { loadChain } from "../chains/chain.ts"
import { looksLikeSymbol } from "../clustering/folded-symbol.ts"
import { honestOneIn } from "../clustering/look-alike.ts"
import type { LookAlikeItem, NamedItem, SourceItem } from "../contracts/screen.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { Problem } from "../units/problem.ts"
import { openCase } from "./open.ts"
import { nearestLikeness } from "./screen-likeness.ts"
import { MemorySet } from "./screen-memory-set.ts"
import { type Owners, sideOfAddresses } from "./screen-owners.ts"
import { rulesFor } from "./screen-rules.ts"
import { stopFor } from "./screen-stop.ts"
import { traceInto } from "./screen-trace.ts"
import { openServices } from "./services-open.ts"

export interface CaseAsked {
  readonly rules: readonly RuleName[]
  readonly allRules: boolean
  readonly book: LabelBook | null
}

/** A case's roles as an answer tells them: who received a theft is not thereby a thief. */
const ROLES: Readonly<Record<AddressRole, string>> = {
  victim: "victim",
  thief: "theft-receiver",
  shop: "shop",
  tagger: "tagger",
  exchange: "exchange",
  swap: "swap",
  bridge: "bridge",
  other: "other",
}

/** One case, traced: what it calls addresses, where its traced value went, and what its record says imitates others. */
export class ScreenedCase {
  readonly id: string
  readonly chain: string
  readonly set: MemorySet
  readonly #file: CaseFile
  readonly #check: (address: string) => string
  readonly #named = new Map<string, NamedItem[]>()
  /** Every address of the record that is no look-alike. */
  readonly #own = new Set<string>()

  private constructor(file: CaseFile, set: MemorySet, check: (address: string) => string) {
    this.id = file.id
    this.chain = file.chain
    this.set = set
    this.#file = file
    this.#check = check
    for (const { address, role, name, grade, sources } of file.addresses) {
      this.#name(address, { role: ROLES[role], name, grade, sources: this.#sources(sources) })
    }
    for (const { address, service, grade, sources } of file.services) {
      const name = { en: service, ja: service }
      this.#name(address, { role: "service", name, grade, sources: this.#sources(sources) })
    }
    for (const { from, to } of file.transfers) {
      for (const end of [from, to]) if (end !== undefined && end !== "?") this.#own.add(check(end))
    }
  }

  /**
   * Opens a case and traces it under the rules that its chain allows, up to the services that it or a label names.
   *
   * @param nameOrPath a bundled case, or a case file
   */
  static async open(nameOrPath: string, { rules, allRules, book }: CaseAsked): Promise<ScreenedCase> {
    const opened = await openCase(nameOrPath, null, null, null, () => {})
    const { caseFile, source, thefts } = opened
    if (caseFile === null) throw new Problem("case-unknown", { name: nameOrPath, known: "" })
    const fitting = rulesFor(source.shape, rules, allRules)
    const set = new MemorySet(
      thefts.map(({ id }) => id),
      fitting,
      source.horizon,
    )
    const services = await openServices(opened, book)
    const stopAt = (address: string, asset: string) => stopFor(services.serviceAt(address), asset)
    set.doubts = await traceInto(set, { source, thefts, stopAt, rules: fitting })
    const { checkAddress } = await loadChain(caseFile.chain)
    return new ScreenedCase(caseFile, set, checkAddress)
  }

  namedOf(address: string): readonly NamedItem[] {
    return this.#named.get(address) ?? []
  }

  /** Who gave and who got in a transaction, as the record has it. */
  ownersOf(tx: string): Owners {
    const known = (end: string | undefined) => (end === undefined || end === "?" ? null : this.#check(end))
    const rows = this.#file.transfers.filter(transfer => transfer.tx === tx)
    const paid = rows.filter(({ kind }) => kind !== "fee")
    return {
      spent: sideOfAddresses(rows.map(({ from }) => known(from))),
      received: sideOfAddresses(paid.map(({ to }) => known(to))),
    }
  }

  /** Whether the record has this address as one that value moved between, or that it names. */
  hasOwn(address: string): boolean {
    return this.#own.has(address)
  }

  /** What the record says imitates something: an address, a token's contract, or a transaction. */
  recordedLookAlikes(text: string, carriesNothing: boolean): readonly LookAlikeItem[] {
    const found = new Map<string, LookAlikeItem>()
    for (const { tx, contract, symbol, to, grade, sources } of this.#file.lookalikes) {
      const address = this.#check(to)
      const what =
        text === address
          ? "address"
          : text === this.#check(contract)
            ? "token"
            : text === tx
              ? "transaction"
              : null
      if (what === null) continue
      const like = nearestLikeness(address, this.#own)
      const common = { found: "recorded", what, of: text, knownFrom: this.id, grade, carriesNothing } as const
      const imitates = what === "token" ? this.#imitatedAsset(symbol) : (like?.address ?? null)
      const ends = { head: like?.head ?? null, tail: like?.tail ?? null }
      found.set(what === "address" ? what : `${what} ${symbol}`, {
        ...common,
        imitates,
        ...(what === "token" ? { head: null, tail: null } : ends),
        oneIn: null,
        symbol: what === "address" ? null : symbol,
        sources: this.#sources(sources),
      })
    }
    return [...found.values()]
  }

  /** An address that the record does not have, and that begins and ends as one of its own. */
  resembling(address: string): LookAlikeItem | null {
    if (this.#own.has(address)) return null
    const like = nearestLikeness(address, this.#own)
    if (like === null) return null
    const common = {
      found: "resembles",
      what: "address",
      of: address,
      knownFrom: this.id,
      symbol: null,
      sources: [],
    } as const
    const { address: imitates, head, tail } = like
    const oneIn = honestOneIn(address, like, BigInt(this.#own.size))?.toString() ?? null
    return { ...common, imitates, head, tail, oneIn, grade: "inferred", carriesNothing: true }
  }

  /** A forged token may look like an asset of the case, or be written as it is: only its contract tells it then. */
  #imitatedAsset(symbol: string): string | null {
    const asset = this.#file.assets.find(one => one.asset === symbol || looksLikeSymbol(symbol, one.asset))
    return asset?.asset ?? null
  }

  #name(address: string, item: Omit<NamedItem, "case" | "address">): void {
    const canonical = this.#check(address)
    this.#own.add(canonical)
    const known = this.#named.get(canonical) ?? []
    this.#named.set(canonical, [...known, { case: this.id, address: canonical, ...item }])
  }

  #sources(ids: readonly string[]): readonly SourceItem[] {
    return this.#file.sources.filter(({ id }) => ids.includes(id)).map(({ title, url }) => ({ title, url }))
  }
}
