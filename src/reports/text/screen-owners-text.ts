import { clusterHas } from "../../cases/screen-findings.ts"
import type { ClusterItem, OwnersCluster, ReachedLabel, ScreenAnswer } from "../../contracts/screen.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import type { ScreenMessages } from "../../messages/screen.en.ts"
import { screenMessages } from "../../messages/screen.ts"
import { servicesMessages } from "../../messages/services.ts"
import { ClusterLines } from "./cluster-lines.ts"
import { indented, type ScreenItems } from "./screen-items.ts"
import { printable } from "./table.ts"

/** Owners that a person is shown of each side; the JSON has all that were looked up. */
const FEW = 3

/** Transactions that the guard held back, and labels of one, that a person is shown; the JSON has up to a hundred. */
const MOST_HELD_BACK = 8

type Answer = Omit<ScreenAnswer, "verdict">

/** Whose an output is, who spent and who received in a transaction, and what comes through their clusters. */
export class ScreenOwners {
  readonly #say: ScreenMessages
  readonly #items: ScreenItems
  readonly #lines: ClusterLines

  constructor(language: Language, items: ScreenItems) {
    this.#say = screenMessages(language)
    this.#items = items
    this.#lines = new ClusterLines(clusterMessages(language))
  }

  owners({ kind, owners }: Answer): string[] {
    if (owners === null) return []
    const { spent, received, leftOut } = owners
    const say = this.#say
    const gave = kind === "output" ? say.paidBy : say.spentBy
    const got = kind === "output" ? say.ownerIs : say.receivedBy
    return [
      ...(spent.length === 0 ? [] : [gave(this.#few(spent, leftOut.spent))]),
      ...(received.length === 0 ? [] : [got(this.#few(received, leftOut.received))]),
    ]
  }

  /** Which side of a transaction or a transfer an address is on; null where there are no sides. */
  sideOf({ kind, owners }: Answer, address: string): string | null {
    if (owners === null) return null
    const [spent, received] = [owners.spent.includes(address), owners.received.includes(address)]
    const { sides } = this.#say
    if (kind === "output") return spent && received ? sides.selfPaid : spent ? sides.paid : sides.owned
    if (spent && received) return sides.both
    return spent ? sides.spent : received ? sides.received : null
  }

  clusters(answer: Answer): string[] {
    const { cluster, kind } = answer
    const isOutput = kind === "output"
    // Its owner's own is told before those of who paid it.
    const clusters = answer.clusters.filter(({ received }) => !isOutput || received.length === 0)
    const head = isOutput ? this.#say.payersCluster : this.#say.transactionCluster
    const none = isOutput ? this.#say.payersEmpty : this.#say.clustersEmpty
    const [first, ...more] = clusters.filter(isEmpty)
    const through = clusters.filter(one => !isEmpty(one))
    const empty =
      first === undefined
        ? []
        : [
            none(
              more.length + 1,
              more.reduce((sum, one) => sum + one.addresses, first.addresses),
            ),
          ]
    return [
      ...(cluster === null ? [] : this.#one(cluster, answer)),
      ...through.flatMap(one => ["", head(one.addresses), ...this.#sides(one), ...this.#found(one)]),
      ...empty.flatMap(line => ["", line]),
    ]
  }

  /** Labelled payers of an address, those under sanctions first. */
  payers({ paidBy }: Answer): string[] {
    if (paidBy === null || paidBy.found.length === 0) return []
    const shown = paidBy.found.slice(0, MOST_HELD_BACK)
    const leftOut = paidBy.foundLeftOut + paidBy.found.length - shown.length
    const lines = shown.flatMap(payer => [
      ...[...payer.labels, ...payer.withdrawn].flatMap(one => this.#items.label(one)),
      indented(this.#items.paid(payer)),
    ])
    const more = leftOut > 0 ? [this.#say.stopsLeftOut(leftOut)] : []
    return ["", this.#say.paidByTitle, ...[...lines, ...more].map(indented)]
  }

  deposit({ deposit }: Answer, language: Language): string[] {
    if (deposit === null) return []
    const words = clusterMessages(language)
    const { address, service, isWeak, assets, sweeps, cannotRuleOut } = deposit
    const shown = `${sweeps.shown.join(" ")}${sweeps.count > sweeps.shown.length ? " ..." : ""}`
    const lines = [
      `${address}${this.#say.colon}${isWeak ? words.depositWeak(service) : words.deposit(service)}`,
      ...(assets === null ? [] : [words.depositAssets(assets.join(this.#say.comma))]),
      `${servicesMessages(language).shown}${this.#say.colon}${shown}`,
    ].map(printable)
    const doubts = this.#lines.cannotRuleOut(cannotRuleOut)
    return ["", this.#say.deposit, ...[...lines, doubts].map(indented)]
  }

  #one(cluster: ClusterItem, { kind }: Answer): string[] {
    const say = this.#say
    if (isEmpty(cluster)) return ["", say.clusterEmpty(cluster.addresses)]
    const head = kind === "output" ? say.outputCluster : say.cluster
    return ["", head(cluster.addresses), ...this.#found(cluster)]
  }

  #found({ labels, traced, notCarried, withdrawn, cannotRuleOut, ...held }: ClusterItem): string[] {
    const say = this.#say
    const lines = [
      ...labels.flatMap(one => this.#reached(one)),
      ...titled(
        say.notCarried,
        notCarried.flatMap(one => this.#reached(one)),
      ),
      ...this.#heldBack(held),
      ...titled(
        say.memberWithdrawn,
        withdrawn.flatMap(one => this.#reached(one)),
      ),
      ...traced.flatMap(one => this.#items.traced(one)),
      ...(cannotRuleOut.length === 0 ? [] : [this.#lines.cannotRuleOut(cannotRuleOut)]),
    ]
    return lines.map(indented)
  }

  #reached(one: ReachedLabel): string[] {
    const { via, colon } = this.#say
    return [...this.#items.label(one), indented(printable(`${via}${colon}${one.via.join(" - ")}`))]
  }

  #heldBack({ heldBack, heldBackLeftOut }: Pick<ClusterItem, "heldBack" | "heldBackLeftOut">): string[] {
    const say = this.#say
    const shown = heldBack.slice(0, MOST_HELD_BACK)
    const leftOut = heldBackLeftOut + heldBack.length - shown.length
    return [
      ...shown.flatMap(({ txid, reason, members, others, labels }) =>
        titled(say.heldBack(reason), [
          printable(say.spendsWith(txid, this.#few(members, 0), this.#few(others, 0))),
          ...labels.slice(0, MOST_HELD_BACK).flatMap(one => this.#items.label(one)),
          ...(labels.length > MOST_HELD_BACK ? [say.stopsLeftOut(labels.length - MOST_HELD_BACK)] : []),
        ]),
      ),
      ...(leftOut > 0 ? [say.stopsLeftOut(leftOut)] : []),
    ]
  }

  #sides({ spent, received }: OwnersCluster): string[] {
    const { spentBy, receivedBy } = this.#say
    return [
      ...(spent.length === 0 ? [] : [spentBy(this.#few(spent, 0))]),
      ...(received.length === 0 ? [] : [receivedBy(this.#few(received, 0))]),
    ].map(indented)
  }

  #few(addresses: readonly string[], leftOut: number): string {
    const shown = addresses.slice(0, FEW).map(printable).join(this.#say.comma)
    return this.#say.few(shown, Math.max(0, addresses.length - FEW) + leftOut)
  }
}

function isEmpty(cluster: ClusterItem): boolean {
  return !clusterHas(cluster)
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map(indented)]
}
