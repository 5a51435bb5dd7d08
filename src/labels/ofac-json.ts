import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { malformed } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { placed } from "./place.ts"

/** `sanctioned_addresses_XBT.json`: the name alone says which currency the addresses are of. */
const NAME = /^sanctioned_addresses_([A-Z0-9]{2,10})\.json$/

export const OFAC = "OFAC"
export const OFAC_LABEL = "Listed by OFAC as a digital currency address of a sanctioned person"

export function ofacCurrency(fileName: string): string | null {
  return NAME.exec(fileName)?.[1] ?? null
}

/**
 * A JSON list of addresses, one currency a file, as public extracts of OFAC's list have them. It names no one and bears
 * no date: `--seen` says as of when it is.
 *
 * @throws Problem `labels-malformed`
 */
export function readOfacJson(
  text: string,
  currency: string,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
): void {
  const addresses = stringsOf(text)
  const { day, from } = dayFor(null, options)
  const list = options.list ?? `OFAC sanctioned addresses ${currency}`
  sink.begin({ form: "ofac-json", list, creator: OFAC, day, dayFrom: from })
  const lines = linesOf(text)
  for (const [n, address] of addresses.entries()) {
    const where = placed(networks, currency, address, lines[n] ?? null, sink)
    if (where === null) continue
    sink.label({
      address: where.address,
      network: where.network,
      checked: where.checked,
      label: OFAC_LABEL,
      actor: null,
      category: null,
      abuse: "sanction",
      confidence: null,
      definesCluster: null,
      source: options.source ?? "OFAC Specially Designated Nationals list",
      licence: options.licence,
      note: null,
      list,
      creator: OFAC,
      seen: day,
      seenFrom: from,
      withdrawn: null,
    })
  }
}

function stringsOf(text: string): string[] {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw malformed("not JSON")
  }
  if (Array.isArray(found) && found.every(one => typeof one === "string")) return found
  throw malformed("not a JSON list of addresses")
}

/** The line of each string, where they hold no escapes: an address has none. */
function linesOf(text: string): number[] {
  return text.split("\n").flatMap((line, n) => [...line.matchAll(/"[^"]*"/g)].map(() => n + 1))
}
