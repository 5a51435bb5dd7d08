import type { Levy, MosaicDefinition, MosaicId } from "../../src/chains/nem/mosaic.ts"
import type { Inner } from "../../src/chains/nem/transaction.ts"
import type { Dice } from "../generator/dice.ts"
import { type Key, numberedKey } from "./keys.ts"
import { type Moved, type NemChain, PRODUCER } from "./nem-chain.ts"
import { multisigned, type Own, signed } from "./signing.ts"

/** A mosaic as this mint made it. `levy.of` ten-thousandths of what is sent, or `levy.flat`. */
interface Coin {
  readonly id: MosaicId
  readonly creator: Key
  readonly decimals: number
  readonly levy: {
    readonly flat: bigint | null
    readonly of: bigint
    readonly to: Key
    readonly in: string
  } | null
}

interface Plan {
  readonly own: Own<Inner>
  readonly rows: readonly Moved[]
}

const SINK = numberedKey(900)
const nameOf = ({ namespace, name }: MosaicId): string => `${namespace}:${name}`

/** Thinks up transactions that their senders can pay, and says beside each what it moves. */
export class NemMint {
  readonly #dice: Dice
  readonly #chain: NemChain
  readonly #accounts: readonly Key[]
  readonly #coins: Coin[] = []

  constructor(dice: Dice, chain: NemChain, accounts: readonly Key[]) {
    this.#dice = dice
    this.#chain = chain
    this.#accounts = accounts
  }

  /** One transaction of a kind that chance takes, its fees to `harvester`. */
  make(harvester: Key): void {
    const dice = this.#dice
    const acting = this.#account()
    const stated = { timeStamp: this.#chain.nextTime - dice.int(0, 50) }
    const fees = [0, 1, 2].map(() => BigInt(dice.int(0, 3)) * 1_000n)
    const [fee = 0n, innerFee = 0n, cosignatureFee = 0n] = fees
    const isMultisig = dice.chance(0.25)
    const others = this.#accounts.filter(key => key !== acting)
    const cosigners = dice.shuffle(others).slice(0, isMultisig ? dice.int(1, others.length) : 0)
    const byAddress = cosigners.slice(1).toSorted((a, b) => (a.address < b.address ? -1 : 1))
    // The fees of a multisig: each cosigner's in the order of their addresses, the inner, the outer.
    const told = isMultisig ? [...byAddress.map(() => cosignatureFee), innerFee, fee] : [fee]
    const paid = told.reduce((sum, each) => sum + each, 0n)
    if (paid > this.#has(acting, "XEM")) return
    const feeRows = told
      .filter(each => each > 0n)
      .map(amount => ({ from: acting.address, to: PRODUCER, asset: "XEM", amount, kind: "fee" }))
    const plan = this.#plan(acting, this.#has(acting, "XEM") - paid)
    const [first, ...rest] = cosigners
    const transaction =
      isMultisig && first !== undefined
        ? multisigned(plan.own, acting, [first, ...rest], { ...stated, fee, innerFee, cosignatureFee })
        : signed(plan.own, acting, { ...stated, fee })
    this.#chain.put(transaction, [...feeRows, ...plan.rows], harvester)
  }

  #account = (): Key => this.#dice.pick(this.#accounts) ?? SINK
  #has = (key: Key, asset: string): bigint => this.#chain.books.of(key.address, asset)

  /** @param left what the actor has of XEM when its fees are paid */
  #plan(acting: Key, left: bigint): Plan {
    const roll = this.#dice.roll()
    if (roll < 0.1 && left >= 10_000n) return this.#creation(acting)
    if (roll < 0.16) return this.#supply(acting) ?? this.#payment(acting, left)
    if (roll < 0.45) return this.#mosaics(acting, left) ?? this.#payment(acting, left)
    if (roll < 0.5) return LINK
    if (roll < 0.55 && left >= 5_000n) return this.#rental(acting)
    return this.#payment(acting, left)
  }

  #payment(acting: Key, left: bigint): Plan {
    const to = this.#account()
    const amount = this.#dice.chance(0.15) ? left : this.#dice.upTo(left)
    const version = this.#dice.pick([1, 2])
    return {
      own: { kind: "transfer", version, recipient: to.address, amount, message: null, mosaics: [] },
      rows: [moved(acting, to, "XEM", amount)],
    }
  }

  #rental(acting: Key): Plan {
    const rentalFee = 5_000n
    const newPart = `n${this.#dice.int(0, 999)}`
    return {
      own: { kind: "namespace", version: 1, sink: SINK.address, rentalFee, newPart, parent: null },
      rows: [moved(acting, SINK, "XEM", rentalFee)],
    }
  }

  #creation(acting: Key): Plan {
    const dice = this.#dice
    const at = this.#coins.length
    const id = { namespace: "mint", name: `coin ${at}` }
    const decimals = dice.int(0, 3)
    const whole = dice.int(10, 5_000)
    const existing = this.#coins[0]
    const asset = existing !== undefined && dice.chance(0.3) ? nameOf(existing.id) : nameOf(id)
    const flat = dice.chance(0.5) ? BigInt(dice.int(0, 20)) : null
    const of = BigInt(dice.int(1, 2_000))
    const levy = dice.chance(0.6)
      ? { flat, of, to: this.#account(), in: dice.chance(0.2) ? "XEM" : asset }
      : null
    this.#coins.push({ id, creator: acting, decimals, levy })
    const definition: MosaicDefinition = {
      creator: acting.publicKey,
      mosaic: id,
      description: "made up",
      properties: [
        { name: "divisibility", value: `${decimals}` },
        { name: "initialSupply", value: `${whole}` },
        { name: "supplyMutable", value: "true" },
        { name: "transferable", value: "true" },
      ],
      levy: levy === null ? null : levyOf(levy),
    }
    return {
      own: { kind: "mosaic-definition", version: 1, definition, sink: SINK.address, creationFee: 10_000n },
      rows: [
        { from: "", to: acting.address, asset: nameOf(id), amount: BigInt(whole * 10 ** decimals) },
        moved(acting, SINK, "XEM", 10_000n),
      ],
    }
  }

  #supply(acting: Key): Plan | null {
    const coin = this.#dice.pick(this.#coins.filter(({ creator }) => creator === acting))
    if (coin === undefined) return null
    const asset = nameOf(coin.id)
    const unit = 10n ** BigInt(coin.decimals)
    const own = this.#has(acting, asset) / unit
    const isMore = own === 0n || this.#dice.chance(0.5)
    const delta = isMore ? BigInt(this.#dice.int(1, 900)) : 1n + this.#dice.upTo(own - 1n)
    const amount = delta * unit
    const change = isMore ? ("create" as const) : ("delete" as const)
    const ends = isMore ? { from: "", to: acting.address } : { from: acting.address, to: "" }
    return {
      own: { kind: "mosaic-supply", version: 1, mosaic: coin.id, change, delta },
      rows: [{ ...ends, asset, amount }],
    }
  }

  /** One or two coins, and now and then XEM with them; what is moved is quantity times multiplier over a million. */
  #mosaics(acting: Key, left: bigint): Plan | null {
    const dice = this.#dice
    const owned = this.#coins.filter(({ id }) => this.#has(acting, nameOf(id)) > 0n)
    const to = this.#account()
    const multiplier = dice.pick([1_000_000n, 500_000n, 3_000_000n])
    const purse = new Map<string, bigint>([["XEM", left]])
    const rows: Moved[] = []
    const mosaics: { mosaic: MosaicId; quantity: bigint }[] = []
    const take = (asset: string, amount: bigint): boolean => {
      const has = purse.get(asset) ?? this.#has(acting, asset)
      if (amount > has) return false
      purse.set(asset, has - amount)
      return true
    }
    if (dice.chance(0.3)) {
      const quantity = dice.upTo(left / 4n)
      const amount = (quantity * multiplier) / 1_000_000n
      if (!take("XEM", amount)) return null
      mosaics.push({ mosaic: { namespace: "nem", name: "xem" }, quantity })
      rows.push(moved(acting, to, "XEM", amount))
    }
    for (const { id, levy } of owned.slice(0, dice.int(1, 2)).sort(byName)) {
      const asset = nameOf(id)
      const quantity = dice.upTo((this.#has(acting, asset) * 1_000_000n) / multiplier)
      const amount = (quantity * multiplier) / 1_000_000n
      if (!take(asset, amount)) return null
      mosaics.unshift({ mosaic: id, quantity })
      rows.push(moved(acting, to, asset, amount))
      const taken = levy === null ? 0n : (levy.flat ?? (amount * levy.of) / 10_000n)
      if (levy === null || taken === 0n) continue
      if (!take(levy.in, taken)) return null
      rows.push(moved(acting, levy.to, levy.in, taken))
    }
    if (mosaics.length === 0) return null
    const own = { kind: "transfer", version: 2, recipient: to.address, amount: multiplier } as const
    return { own: { ...own, message: null, mosaics }, rows }
  }
}

const LINK: Plan = {
  own: { kind: "importance-transfer", version: 1, mode: "activate", remote: numberedKey(901).publicKey },
  rows: [],
}

function levyOf({ flat, of, to, in: asset }: NonNullable<Coin["levy"]>): Levy {
  const [namespace = "nem", name = "xem"] = asset === "XEM" ? [] : asset.split(":")
  const kind = flat === null ? "percentile" : "absolute"
  return { kind, recipient: to.address, mosaic: { namespace, name }, fee: flat ?? of }
}

const byName = (a: Coin, b: Coin): number => (nameOf(a.id) < nameOf(b.id) ? -1 : 1)
const moved = (from: Key, to: Key, asset: string, amount: bigint): Moved => {
  return { from: from.address, to: to.address, asset, amount }
}
