// Math.min and Math.max do not take bigints.

export function lesser(a: bigint, b: bigint): bigint {
  if (b < a) return b
  return a
}

export function greater(a: bigint, b: bigint): bigint {
  if (b > a) return b
  return a
}
