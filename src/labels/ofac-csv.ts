import { bareAddress } from "../chains/bare-address.ts"
import type { CsvLine } from "./csv-lines.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { malformed, nameText } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { OFAC, OFAC_LABEL } from "./ofac-json.ts"
import { placed } from "./place.ts"

/** Columns of OFAC's own sdn.csv, which has no header: ent_num, SDN_Name, SDN_Type, Program, ..., Remarks. */
const SDN_COLUMNS = 12
/** FAQ 563: always this beginning, a dash, the currency's symbol, then the address (up to 256 characters). */
const DIGITAL_CURRENCY =
  /(?:^|;\s*)(?:alt\. )?Digital Currency Address - ([A-Z0-9]{2,10}) ([^\s;]{1,256}?)\.?(?=\s*;|\s*$)/g

export function isSdnRow(fields: readonly string[]): boolean {
  return fields.length === SDN_COLUMNS && /^\d{1,9}$/.test(fields[0] ?? "")
}

/** Takes the rows of OFAC's sdn.csv: one label for each address in a person's remarks. The file bears no date. */
export class SdnCsv {
  readonly #networks: Networks
  readonly #options: LabelFileOptions
  readonly #sink: LabelSink
  readonly #list: string
  readonly #day: ReturnType<typeof dayFor>

  constructor(networks: Networks, options: LabelFileOptions, sink: LabelSink) {
    this.#networks = networks
    this.#options = options
    this.#sink = sink
    this.#list = options.list ?? "OFAC Specially Designated Nationals"
    this.#day = dayFor(null, options)
    const { day, from } = this.#day
    sink.begin({ form: "ofac-sdn", list: this.#list, creator: OFAC, day, dayFrom: from })
  }

  row({ fields, line }: CsvLine): void {
    // Their files end with the character 0x1A alone on a line.
    if (fields.length === 1 && /^\u001a?$/.test(fields[0] ?? "")) return
    if (!isSdnRow(fields)) throw malformed(`not a row of sdn.csv: ${fields.length} fields`, line)
    const [number, name, , program] = fields
    for (const [, currency, address] of (fields[SDN_COLUMNS - 1] ?? "").matchAll(DIGITAL_CURRENCY)) {
      const where = placed(this.#networks, currency ?? "", address ?? "", line, this.#sink)
      if (where === null) continue
      this.#sink.label({
        ...where,
        ...sanction(nameText("SDN_Name", name ?? "", line), this.#options),
        note: `${nameText("Program", program ?? "", line)}; entry ${number}`,
        list: this.#list,
        creator: OFAC,
        seen: this.#day.day,
        seenFrom: this.#day.from,
      })
    }
  }
}

/** Takes the rows of a CSV `address,name`. */
export class NamedCsv {
  readonly #networks: Networks
  readonly #options: LabelFileOptions
  readonly #sink: LabelSink
  readonly #list: string
  readonly #ofac: boolean
  readonly #day: ReturnType<typeof dayFor>

  /** @param path the file's path: where it or its folder is called `ofac`, and no more, what it names is sanctioned */
  constructor(path: string, networks: Networks, options: LabelFileOptions, sink: LabelSink) {
    this.#networks = networks
    this.#options = options
    this.#sink = sink
    const parts = path.split(/[\\/]/).slice(-2)
    this.#list = options.list ?? nameText("the file's path", parts.join("/"))
    // A name of a list may say anything of OFAC, "removed by OFAC" too.
    this.#ofac = parts.some(part => /^ofac(?:\.csv)?$/i.test(part))
    this.#day = dayFor(null, options)
    const { day, from } = this.#day
    sink.begin({ form: "named-csv", list: this.#list, creator: this.#ofac ? OFAC : null, day, dayFrom: from })
  }

  row({ fields, line }: CsvLine): void {
    const [address, name] = fields
    if (fields.length !== 2 || address === undefined || name === undefined) {
      throw malformed(`2 fields expected, ${fields.length} found`, line)
    }
    if (!bareAddress(address).startsWith("0x")) {
      this.#sink.reject({
        line,
        address,
        network: null,
        reason: "the file does not say which network it is of",
      })
      return
    }
    const where = placed(this.#networks, "ETH", address, line, this.#sink)
    if (where === null) return
    const label = nameText("name", name, line)
    if (label === "") {
      this.#sink.reject({ line, address, network: "ethereum", reason: "no name" })
      return
    }
    const said = sanction(label, this.#options)
    this.#sink.label({
      ...where,
      ...(this.#ofac ? said : { ...said, abuse: null, source: this.#options.source }),
      note: null,
      list: this.#list,
      creator: this.#ofac ? OFAC : null,
      seen: this.#day.day,
      seenFrom: this.#day.from,
    })
  }
}

function sanction(name: string, { source, licence }: LabelFileOptions) {
  return {
    label: name === "" ? OFAC_LABEL : name,
    actor: null,
    category: null,
    abuse: "sanction",
    confidence: null,
    definesCluster: null,
    source: source ?? "OFAC Specially Designated Nationals list",
    licence,
    withdrawn: null,
  }
}
