import type { ClusterItem, OwnersCluster, ScreenAnswer } from "../../contracts/screen.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import type { ScreenMessages } from "../../messages/screen.en.ts"
import { screenMessages } from "../../messages/screen.ts"
import { ClusterLines } from "./cluster-lines.ts"
import { indented, type ScreenItems } from "./screen-items.ts"
import { printable } from "./table.ts"

/** Owners that a person is shown of each side; the JSON has all that were looked up. */
const FEW = 3

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
    const got = kind === "output" ? say.ownerIs : say.receivedBy
    return [
      ...(spent.length === 0 ? [] : [say.spentBy(this.#few(spent, leftOut.spent))]),
      ...(received.length === 0 ? [] : [got(this.#few(received, leftOut.received))]),
    ]
  }

  /** Which side of a transaction or a transfer an address is on; null where there are no sides. */
  sideOf({ kind, owners }: Answer, address: string): string | null {
    if (owners === null || kind === "output") return null
    const [spent, received] = [owners.spent.includes(address), owners.received.includes(address)]
    const { sides } = this.#say
    if (spent && received) return sides.both
    return spent ? sides.spent : received ? sides.received : null
  }

  clusters(answer: Answer): string[] {
    const { cluster, clusters } = answer
    const [first, ...more] = clusters.filter(isEmpty)
    const through = clusters.filter(one => !isEmpty(one))
    const empty =
      first === undefined
        ? []
        : [
            this.#say.clustersEmpty(
              more.length + 1,
              more.reduce((sum, one) => sum + one.addresses, first.addresses),
            ),
          ]
    return [
      ...(cluster === null ? [] : this.#one(cluster, answer)),
      ...through.flatMap(one => [
        "",
        this.#say.transactionCluster(one.addresses),
        ...this.#sides(one),
        ...this.#found(one),
      ]),
      ...empty.flatMap(line => ["", line]),
    ]
  }

  #one(cluster: ClusterItem, { kind }: Answer): string[] {
    const say = this.#say
    if (isEmpty(cluster)) return ["", say.clusterEmpty(cluster.addresses)]
    const head = kind === "output" ? say.outputCluster : say.cluster
    return ["", head(cluster.addresses), ...this.#found(cluster)]
  }

  #found({ labels, traced, cannotRuleOut }: ClusterItem): string[] {
    const lines = [
      ...labels.flatMap(one => [
        ...this.#items.label(one),
        indented(printable(`${this.#say.via}${this.#say.colon}${one.via.join(" - ")}`)),
      ]),
      ...traced.flatMap(one => this.#items.traced(one)),
      ...(cannotRuleOut.length === 0 ? [] : [this.#lines.cannotRuleOut(cannotRuleOut)]),
    ]
    return lines.map(indented)
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

function isEmpty({ labels, traced }: ClusterItem): boolean {
  return labels.length + traced.length === 0
}
