import { once } from "node:events"
import { screen } from "../cases/screen.ts"
import { hasFindings } from "../cases/screen-findings.ts"
import { networksListing } from "../cases/screen-labels.ts"
import { type Listed, readRefs } from "../cases/screen-list.ts"
import { type OpenedScreening, openScreening } from "../cases/screen-open.ts"
import { heuristicsUsed } from "../cases/screen-rates.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterRate } from "../contracts/cluster.ts"
import type { BadRef, ScreenAnswer, ScreenCounts } from "../contracts/screen.ts"
import type { Language } from "../messages/language.ts"
import { screenMessages } from "../messages/screen.ts"
import { Problem } from "../units/problem.ts"
import { progressOn } from "./progress.ts"
import { parseScreenOptions, type ScreenOptions } from "./screen-options.ts"
import { screenWriter } from "./screen-writer.ts"

const REFUSED = 1
const BAD_INPUT = 2
/** Bad references that the answer lists; all are told on standard error. */
const MOST_BAD = 1000
/** A write for each of 100,000 answers would cost more than the answers. */
const BUFFERED = 1 << 16

/** `ashiato screen`: exit 1 when the policy refuses one, 2 when one could not be read. */
export async function screenCommand(args: readonly string[], language: Language): Promise<number> {
  const options = parseScreenOptions(args)
  if (options === "help") {
    process.stdout.write(screenMessages(language).help)
    return 0
  }
  const progress = progressOn(process.stderr, language)
  const { unknownText } = screenMessages(language)
  try {
    const text: OpenedScreening["setup"]["unknownText"] = ({ code, detail }) => unknownText[code](detail)
    const opened = await openScreening(options, text, progress.onProgress)
    progress.end()
    await warnOfPolicy(opened, language)
    return await screenAll(options, opened, language)
  } finally {
    progress.end()
  }
}

/** A name in the policy that nothing loaded has is no error, and is told once. */
async function warnOfPolicy({ head: { policy } }: OpenedScreening, language: Language): Promise<void> {
  if (policy === null || policy.neverMatches.length === 0) return
  const { printable } = await import("../reports/text/table.ts")
  const say = screenMessages(language).neverMatches
  for (const { path, what, value } of policy.neverMatches) {
    process.stderr.write(`${printable(say[what](policy.file, path, value))}\n`)
  }
}

async function screenAll(
  options: ScreenOptions,
  opened: OpenedScreening,
  language: Language,
): Promise<number> {
  const isSingle = options.file === null && options.refs.length === 1
  const out = await screenWriter(options.json, opened.head, language, isSingle)
  const write = new Buffered()
  const told = new Told(options, language)
  const { counts, bad } = told
  try {
    for await (const { ref, line, fault } of listed(options)) {
      const answer = fault ?? (await screened(ref, line, opened))
      if (answer instanceof Problem) {
        if (isSingle) throw answer
        await told.unread(ref, line, answer)
        continue
      }
      told.answer(answer)
      await write.add(out.answer(answer))
    }
  } catch (error) {
    // What was answered stands, in a document with an end; that it is not all is told in it, and by the exit code.
    if (counts.screened > 0 && error instanceof Problem) {
      bad.push(await told.lineOf("", null, error))
      await write.add(out.end(bad, counts, await ratesOf(told.used)))
      await write.flush()
    }
    throw error
  }
  await write.add(out.end(bad, counts, await ratesOf(told.used)))
  await write.flush()
  if (counts.bad > 0) return BAD_INPUT
  return counts.refuse > 0 ? REFUSED : 0
}

async function* listed({ refs, file }: ScreenOptions): AsyncGenerator<Listed> {
  for (const ref of refs) yield { ref, line: null }
  if (file !== null) yield* readRefs(file)
}

/** A reference that cannot be read is told, and stops no other. */
async function screened(
  text: string,
  line: number | null,
  { reader, setup }: OpenedScreening,
): Promise<ScreenAnswer | Problem> {
  try {
    const { book } = setup
    const ref = await reader.read(text, one => (book === null ? [] : networksListing(book, one)))
    return await screen(ref, line, setup)
  } catch (error) {
    if (error instanceof Problem && OF_THE_REF.has(error.code)) return error
    throw error
  }
}

/** How often what the answers rest on was right; loaded where one rests on anything. */
async function ratesOf(used: ReadonlySet<MeasuredHeuristic>): Promise<readonly ClusterRate[]> {
  if (used.size === 0) return []
  const { ratesSaid } = await import("../cases/rates-said.ts")
  return ratesSaid(used)
}

/** What is wrong with a reference itself; anything else is wrong with what is looked into, and stops all. */
const OF_THE_REF: ReadonlySet<string> = new Set([
  "screen-ref-invalid",
  "screen-ref-unrecognised",
  "screen-output-number",
  "control-characters",
  "field-too-long",
])

/** What has been told so far. */
class Told {
  readonly counts: { -readonly [Key in keyof ScreenCounts]: number } = {
    screened: 0,
    bad: 0,
    found: 0,
    pass: 0,
    review: 0,
    refuse: 0,
  }
  readonly bad: BadRef[] = []
  readonly used = new Set<MeasuredHeuristic>()
  readonly #file: string | null
  readonly #language: Language

  constructor({ file }: ScreenOptions, language: Language) {
    this.#file = file
    this.#language = language
  }

  answer(answer: ScreenAnswer): void {
    this.counts.screened++
    if (hasFindings(answer)) this.counts.found++
    if (answer.verdict !== null) this.counts[answer.verdict.verdict]++
    for (const one of heuristicsUsed(answer)) this.used.add(one)
  }

  async unread(ref: string, line: number | null, problem: Problem): Promise<void> {
    this.counts.bad++
    const told = await this.lineOf(ref, line, problem)
    process.stderr.write(`${told.text}\n`)
    if (this.bad.length < MOST_BAD) this.bad.push(told)
  }

  async lineOf(ref: string, line: number | null, problem: Problem): Promise<BadRef> {
    const { problemLine } = await import("../messages/problem-line.ts")
    const at = this.#file !== null && line !== null ? problem.at({ file: this.#file, line }) : problem
    return { ref, line, code: problem.code, text: problemLine(at, this.#language) }
  }
}

/** No faster than it is read, so that a batch of any length is answered in bounded memory. */
class Buffered {
  #text = ""

  async add(text: string): Promise<void> {
    this.#text += text
    if (this.#text.length >= BUFFERED) await this.flush()
  }

  async flush(): Promise<void> {
    const text = this.#text
    this.#text = ""
    if (!process.stdout.write(text)) await once(process.stdout, "drain")
  }
}
