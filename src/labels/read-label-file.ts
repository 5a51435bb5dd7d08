import { Buffer } from "node:buffer"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import { TextDecoder } from "node:util"
import type { CaseFile } from "../casefile/case.ts"
import { Problem } from "../units/problem.ts"
import { readActorPack } from "./actor-pack.ts"
import { readCaseLabels } from "./case-labels.ts"
import { type CsvLine, csvLines } from "./csv-lines.ts"
import { LabelCsv } from "./label-csv.ts"
import type { LabelFileOptions, LabelSink } from "./label-file.ts"
import { malformed } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { isSdnRow, NamedCsv, SdnCsv } from "./ofac-csv.ts"
import { ofacCurrency, readOfacJson } from "./ofac-json.ts"
import { readYamlPack } from "./safe-yaml.ts"
import { readTagPack } from "./tag-pack.ts"

const LABEL_FILE = /\.(?:csv|ya?ml|json)$/i
/** A pack of 16 MiB has some 90,000 tags; more come as CSV, which is read line by line. */
export const MOST_WHOLE_BYTES = 16 << 20

/** A file without the end of a line in so many bytes is no CSV. */
const MOST_WITHOUT_LINE = 1 << 20

/**
 * Looks at a file before all of it is read: a device may have no end.
 *
 * @throws Problem `labels-malformed`, `file-missing`, `file-unreadable`
 */
export async function checkReadable(file: string): Promise<void> {
  try {
    const handle = await openRegular(file)
    try {
      const { size } = await handle.stat()
      if (!LABEL_FILE.test(file)) throw malformed("the name ends in none of .yaml, .yml, .json, .csv")
      if (!/\.csv$/i.test(file)) return checkSize(size)
      if (size <= MOST_WITHOUT_LINE) return
      const { buffer } = await handle.read(Buffer.alloc(MOST_WITHOUT_LINE), 0, MOST_WITHOUT_LINE, 0)
      if (buffer.includes(10) || buffer.includes(13)) return
      throw malformed(`no line ends within the first ${MOST_WITHOUT_LINE} bytes: no CSV`)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw asFileProblem(error)
  }
}

/** Opening a pipe would wait for its other end: what it is, is asked before. */
async function openRegular(file: string) {
  if ((await stat(file)).isFile()) return open(file, "r")
  throw malformed("no file that can be read: a folder, a device or a pipe")
}

function checkSize(size: number): void {
  if (size <= MOST_WHOLE_BYTES) return
  throw malformed(`${size} bytes, more than the ${MOST_WHOLE_BYTES} that are read whole; give it as CSV`)
}

/** The SHA-256 of a file's bytes, by which a file that was imported before is known. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256")
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk)
  } catch (error) {
    throw asFileProblem(error)
  }
  return hash.digest("hex")
}

/**
 * Reads one file of labels, whatever its form, into the sink. Where it throws, the file is none that can be read, and
 * what the sink has is to be forgotten.
 *
 * @param readCase reads a case file
 * @throws Problem `labels-malformed`, `file-missing`, `file-unreadable`, and those of a case file
 */
export async function readLabelFile(
  file: string,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
  readCase: (file: string) => Promise<CaseFile>,
): Promise<void> {
  try {
    if (/\.csv$/i.test(file)) await readCsvFile(file, networks, options, sink)
    else if (/\.ya?ml$/i.test(file)) readYaml(await textOf(file), networks, options, sink)
    else if (/\.json$/i.test(file)) await readJson(file, networks, options, sink, readCase)
    else throw malformed("the name ends in none of .yaml, .yml, .json, .csv")
  } catch (error) {
    throw asFileProblem(error)
  }
}

function readYaml(text: string, networks: Networks, options: LabelFileOptions, sink: LabelSink): void {
  const pack = readYamlPack(text, keys =>
    keys.includes("tags") ? "tags" : keys.includes("actors") ? "actors" : null,
  )
  if (pack.name === "actors") readActorPack(pack, options, sink)
  else readTagPack(pack, networks, options, sink)
}

async function readJson(
  file: string,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
  readCase: (file: string) => Promise<CaseFile>,
): Promise<void> {
  const currency = ofacCurrency(basename(file))
  if (currency !== null) {
    readOfacJson(await textOf(file), currency, networks, options, sink)
    return
  }
  const text = await textOf(file)
  if (!/"schema"\s*:\s*"ashiato\/case\//.test(text.slice(0, 1000))) {
    throw malformed("JSON that is neither a case file nor named sanctioned_addresses_CURRENCY.json")
  }
  readCaseLabels(await readCase(file), networks, options, sink)
}

async function readCsvFile(
  file: string,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
): Promise<void> {
  let rows: { row(line: CsvLine): void } | null = null
  await csvLines(file, line => {
    if (rows !== null) {
      rows.row(line)
      return
    }
    const { fields } = line
    if (isSdnRow(fields)) {
      rows = new SdnCsv(networks, options, sink)
      rows.row(line)
    } else if (fields.join() === "address,name") rows = new NamedCsv(file, networks, options, sink)
    else rows = new LabelCsv(fields, basename(file), networks, options, sink)
  })
  if (rows === null) throw malformed("the file is empty")
}

async function textOf(file: string): Promise<string> {
  const handle = await open(file, "r")
  try {
    const { size } = await handle.stat()
    checkSize(size)
    const bytes = await readFile(handle)
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    if (text.trim() === "") throw malformed("the file is empty")
    return text
  } catch (error) {
    if (error instanceof TypeError) throw malformed("not UTF-8")
    throw error
  } finally {
    await handle.close()
  }
}

function asFileProblem(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (error instanceof Problem) return error
  if (code === "ENOENT") return new Problem("file-missing")
  return /^E[A-Z]+$/.test(code) ? new Problem("file-unreadable", { reason: code }) : error
}
