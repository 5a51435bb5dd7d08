/** A decimal string with its whole digits in threes: "571300000" is "571,300,000". */
export function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".")
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  return fraction === undefined ? digits : `${digits}.${fraction}`
}
