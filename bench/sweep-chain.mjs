// A seeded chain in Bitcoin's shape, as the arrays that a sweep reads: payments with change, payouts with a heavy-tailed
// fan-out, consolidations, peel chains, equal-output joins. Values are whole numbers and add up; every output is spent at most once.

const TRANSACTIONS_OF_BLOCK = 3000
const SUBSIDY = 50e8
const UNSPENT = 0xffff_ffff
/** Where new outputs are picked from more often than old ones. */
const RECENT = 20_000

/** xorshift128 of Marsaglia (2003): fast, and the same everywhere. */
function dice(seed) {
  let [x, y, z, w] = [seed | 0 || 1, 362436069, 521288629, 88675123]
  return () => {
    const t = x ^ (x << 11)
    x = y
    y = z
    z = w
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8)
    return (w >>> 0) / 4294967296
  }
}

class Growing {
  constructor(type, room) {
    this.array = new type(room)
    this.length = 0
  }

  push(value) {
    if (this.length === this.array.length) {
      const wider = new this.array.constructor(Math.ceil(1.5 * this.length))
      wider.set(this.array)
      this.array = wider
    }
    this.array[this.length++] = value
  }

  shared() {
    const { BYTES_PER_ELEMENT } = this.array.constructor
    const out = new this.array.constructor(new SharedArrayBuffer(this.length * BYTES_PER_ELEMENT))
    out.set(this.array.subarray(0, this.length))
    return out
  }
}

/** @returns a `SweepChain` of all blocks (src/tracing/sweep/sweep-chain.ts) */
export function makeChain(transactions, seed = 1) {
  const random = dice(seed)
  const below = n => Math.floor(random() * n)
  const value = new Growing(Float64Array, Math.ceil(2.8 * transactions))
  const spent = new Growing(Uint32Array, Math.ceil(2.8 * transactions))
  const spender = new Growing(Uint32Array, Math.ceil(2.8 * transactions))
  const firstOutput = new Growing(Uint32Array, transactions + 1)
  const firstInput = new Growing(Uint32Array, transactions + 1)
  const fee = new Growing(Float64Array, transactions)
  const blockFirstTx = new Growing(Uint32Array, Math.ceil(transactions / TRANSACTIONS_OF_BLOCK) + 2)
  const claimable = new Growing(Float64Array, Math.ceil(transactions / TRANSACTIONS_OF_BLOCK) + 2)
  const pool = new Growing(Uint32Array, transactions)
  const take = () => {
    const recent = random() < 0.6 ? Math.min(pool.length, RECENT) : pool.length
    const at = pool.length - 1 - below(recent)
    const output = pool.array[at]
    pool.array[at] = pool.array[pool.length - 1]
    pool.length--
    return output
  }
  let tx = 0
  let peel = UNSPENT
  const begin = () => {
    firstOutput.push(value.length)
    firstInput.push(spent.length)
  }
  const spend = output => {
    spent.push(output)
    spender.array[output] = tx
    return value.array[output]
  }
  const make = amount => {
    value.push(amount)
    spender.push(UNSPENT)
    return value.length - 1
  }
  const makeInPool = amount => pool.push(make(amount))
  while (tx < transactions) {
    blockFirstTx.push(tx)
    const coinbase = value.length
    begin()
    make(0)
    tx++
    let fees = 0
    for (let n = 1; n < TRANSACTIONS_OF_BLOCK && tx < transactions && pool.length > 1; n++) {
      const kind = random()
      begin()
      let total = 0
      let left = 0
      if (kind < 0.15 && peel !== UNSPENT) {
        total = spend(peel)
        left = total - Math.min(total, 1000)
        const part = Math.floor(left * (0.01 + 0.09 * random()))
        makeInPool(part)
        left -= part
        peel = make(left)
        left = 0
        if (value.array[peel] < 1e6) {
          pool.push(peel)
          peel = UNSPENT
        }
      } else if (kind < 0.18) {
        for (
          let inputs = Math.min(pool.length, 4 + below(8) + (random() < 0.1 ? below(90) : 0));
          inputs > 0;
          inputs--
        )
          total += spend(take())
        makeInPool(total - Math.min(total, 2000))
      } else if (kind < 0.2) {
        const people = Math.min(pool.length, 5 + below(20))
        let least = Infinity
        const from = spent.length
        for (let inputs = people; inputs > 0; inputs--) {
          const amount = spend(take())
          total += amount
          least = Math.min(least, amount)
        }
        const equal = Math.max(0, least - 500)
        for (let at = from; at < spent.length; at++) makeInPool(equal)
        for (let at = from; at < spent.length; at++) {
          const change = value.array[spent.array[at]] - equal - 500
          if (change > 0) makeInPool(change)
        }
      } else {
        for (
          let inputs = Math.min(pool.length, 1 + (random() < 0.4 ? 1 + below(3) : 0));
          inputs > 0;
          inputs--
        )
          total += spend(take())
        left = total - Math.min(total, 1000)
        // Pareto with exponent 1.5, cut off: most payouts are small, a few have hundreds of outputs.
        const outputs = kind < 0.24 ? Math.min(1000, Math.floor(3 / random() ** (2 / 3))) : 1
        for (let at = 0; at < outputs && left > 1; at++) {
          const part = outputs === 1 ? Math.floor(left * random()) : Math.floor((left * random()) / outputs)
          makeInPool(part)
          left -= part
        }
        if (kind > 0.98 && peel === UNSPENT) peel = make(left)
        else makeInPool(left)
      }
      let made = 0
      for (let output = firstOutput.array[tx]; output < value.length; output++) made += value.array[output]
      fee.array[tx] = total - made
      fees += total - made
      tx++
    }
    // A coinbase is not spent in its own block: it is worth something only now.
    pool.push(coinbase)
    value.array[coinbase] = SUBSIDY + fees
    claimable.push(SUBSIDY + fees)
  }
  fee.length = tx
  blockFirstTx.push(tx)
  firstOutput.push(value.length)
  firstInput.push(spent.length)
  // A coinbase pays no fee.
  for (const first of blockFirstTx.array.subarray(0, blockFirstTx.length - 1)) fee.array[first] = 0
  const noOutputs = { outputs: new Uint32Array(0), spenders: new Uint32Array(0), values: new Float64Array(0) }
  return {
    txFrom: 0,
    txEnd: tx,
    blockFirstTx: blockFirstTx.shared(),
    claimable: claimable.shared(),
    outputFrom: 0,
    firstOutput: firstOutput.shared(),
    fee: fee.shared(),
    value: value.shared(),
    spender: spender.shared(),
    fate: new Uint16Array(new SharedArrayBuffer(2 * value.length)),
    inputFrom: 0,
    firstInput: firstInput.shared(),
    spent: spent.shared(),
    crossing: noOutputs,
  }
}

/**
 * So many thefts in chain order, each a coinbase that is spent later, from a tenth of the chain to a half. Of fresh coins, as
 * most real thefts nearly are: where stolen coins are stolen again, haircut's labels double (72 of 20 thefts of any coins in
 * 1M transactions), and it would be those that are measured.
 */
export function makeThefts(chain, count) {
  const blocks = chain.blockFirstTx.length - 1
  return Array.from({ length: count }, (_, theft) => {
    let block = Math.floor(blocks * (0.1 + (0.4 * theft) / Math.max(20, count)))
    while (chain.spender[chain.firstOutput[chain.blockFirstTx[block]]] === UNSPENT) block++
    const tx = chain.blockFirstTx[block]
    return { output: chain.firstOutput[tx], tx, thefts: [theft] }
  })
}
