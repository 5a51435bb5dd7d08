import { likeness } from "../../src/clustering/look-alike.ts"
import type { StagedAccount } from "./account-book.ts"
import type { AccountChain } from "./account-chain.ts"
import { type AccountWorld, makeAccountWorld } from "./account-economy.ts"
import { type DepositVariant, depositsSaid, SWEPT, VARIANTS } from "./measure-deposit-accounts.ts"
import { knownIn, likenessesSaid } from "./measure-look-alikes.ts"

/** How often, by kind of account. */
export type Kinds = ReadonlyMap<string, number>

/** What was counted of one chain's worlds, kind by kind; each by the name of its variant where there are several. */
export interface KindCounts {
  readonly accounts: number
  readonly transfers: number
  /** All that should be told, and of these what each variant tells rightly. */
  readonly swept: Kinds
  readonly right: ReadonlyMap<DepositVariant["name"], Kinds>
  /** What each variant takes for one that is none, or another service's. */
  readonly tooMuch: ReadonlyMap<DepositVariant["name"], Kinds>
  /** Look-alikes told of those who were not made to look like a known one. */
  readonly alike: Kinds
}

export function countKinds(chain: AccountChain, from: number, to: number): KindCounts {
  let [accounts, transfers] = [0, 0]
  const swept = new Map<string, number>()
  const right = new Map(VARIANTS.map(({ name }) => [name, new Map<string, number>()]))
  const tooMuch = new Map(VARIANTS.map(({ name }) => [name, new Map<string, number>()]))
  const alike = new Map<string, number>()
  for (let seed = from; seed <= to; seed++) {
    const world = makeAccountWorld(chain, seed)
    accounts += world.book.accounts.length
    transfers += world.book.transfers.length
    for (const variant of VARIANTS) {
      for (const { account, service, isRight } of depositsSaid(world, variant)) {
        const kind = kindOf(world, account)
        if (variant.name === "" && SWEPT.has(account.use)) more(swept, kind)
        if (service !== null) more((isRight ? right : tooMuch).get(variant.name), kind)
      }
    }
    for (const { account, isSaid, isSo } of likenessesSaid(world)) {
      if (isSaid && !isSo) more(alike, likenessKind(world, account))
    }
  }
  return { accounts, transfers, swept, right, tooMuch, alike }
}

function more(kinds: Map<string, number> | undefined, kind: string): void {
  kinds?.set(kind, (kinds.get(kind) ?? 0) + 1)
}

/** What an account is, in a word or two. */
function kindOf({ population }: AccountWorld, { holder, use }: StagedAccount): string {
  const { exchanges, processor, people, merchants, poisoners } = population
  if (use === "intake") return "collects"
  if (use === "forged") return "look-alike"
  if (use === "contract") return "passes orders on"
  if (holder === processor.holder) return "processor"
  const service = exchanges.find(one => one.holder === holder)
  if (service !== undefined) return service.kind
  const person = people.find(one => one.holder === holder)
  if (person !== undefined) return person.manner === "usual" ? "other person" : person.manner
  const shop = merchants.find(one => one.person.holder === holder)
  if (shop !== undefined) return shop.person.manner === "forwards" ? "shop that forwards" : "other shop"
  return poisoners.some(one => one.holder === holder) ? "poisoner" : "other"
}

/** By chance is what nobody made to look like anything. */
function likenessKind(world: AccountWorld, account: StagedAccount): string {
  const { vanity } = world.population
  if (vanity.includes(account)) return "of one holder"
  if (account.imitates === null) return "by chance"
  const meant = [...knownIn(world)].some(
    one => vanity.includes(one) && likeness(account.address, one.address) !== null,
  )
  return meant ? "made for such a one" : "by chance"
}
