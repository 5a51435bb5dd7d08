import { follow } from "../cases/follow.ts"
import type { FollowQuestion, FollowWatch } from "../cases/follow-question.ts"
import { loadChain } from "../chains/chain.ts"
import type { AlarmsFile } from "../contracts/alarm.ts"
import { FOLLOW_SCHEMA, type FollowEvent, type FollowLine } from "../contracts/follow.ts"
import type { Gap } from "../ledger/gap.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { followMessages } from "../messages/follow.ts"
import { gapText } from "../messages/gap-text.ts"
import type { Language } from "../messages/language.ts"
import { problemLine } from "../messages/problem-line.ts"
import { readServices, readThefts } from "../readers/list-files.ts"
import { Problem } from "../units/problem.ts"
import { type FollowOptions, parseFollowOptions } from "./follow-options.ts"
import { followText } from "./follow-text.ts"

/** What shells give for a program that Ctrl-C has stopped. */
const INTERRUPTED = 130

/** `ashiato follow`: a ledger and its sweeps at a node's tip, until Ctrl-C. */
export async function followCommand(args: readonly string[], language: Language): Promise<number> {
  const options = parseFollowOptions(args)
  const say = followMessages(language)
  if (options === "help") {
    process.stdout.write(say.help)
    return 0
  }
  const abort = new AbortController()
  const onInterrupt = (): void => {
    if (abort.signal.aborted) process.exit(INTERRUPTED)
    abort.abort()
    process.stderr.write(`${say.stopping}\n`)
  }
  process.on("SIGINT", onInterrupt)
  process.on("SIGTERM", onInterrupt)
  try {
    const { interrupted } = await follow(await questionOf(options, language, abort.signal))
    return interrupted ? INTERRUPTED : 0
  } finally {
    process.off("SIGINT", onInterrupt)
    process.off("SIGTERM", onInterrupt)
  }
}

async function questionOf(
  options: FollowOptions,
  language: Language,
  signal: AbortSignal,
): Promise<FollowQuestion> {
  const { theftsFile, servicesFile, alarmsFile, labels, json, ...asked } = options
  const { from } = options
  const chain = from.kind === "bitcoin" ? from.network.chain : from.kind
  const { checkAddress, shape } = await loadChain(chain)
  const say = followMessages(language)
  const alarms = alarmsFile === null ? null : await alarmsIn(alarmsFile, chain)
  const rules = shape === "utxo" ? options.rules : onAccounts(options)
  if (rules.length < options.rules.length && theftsFile !== null)
    process.stderr.write(`${gapText(TIHO_SKIPPED, language)}\n`)
  return {
    ...asked,
    rules,
    thefts: theftsFile === null ? [] : (await readThefts(theftsFile)).thefts,
    services: servicesFile === null ? new Map() : (await readServices(servicesFile, checkAddress)).services,
    openWatch: alarms === null ? null : await watchOf(alarms, labels),
    onEvent: event => {
      // Its receiver prints it.
      if (event.event === "alarm" && alarms?.deliver.stdout === true) return
      const line = json ? JSON.stringify(lineOf(event)) : followText(event, say)
      if (line !== null) process.stdout.write(`${line}\n`)
    },
    onWaiting: problem => {
      process.stderr.write(`${problemLine(problem, language)}\n${say.waiting}\n`)
    },
    signal,
  }
}

const TIHO_SKIPPED: Gap = { code: "rule-skipped", pot: null, amount: null, detail: { rule: "tiho" } }

/**
 * Accounts have no outputs of which one could be the highest.
 *
 * @throws Problem `rule-needs-utxo` where that rule was asked for by name
 */
function onAccounts({ rules, allRules }: FollowOptions): readonly RuleName[] {
  if (!allRules && rules.includes("tiho")) throw new Problem("rule-needs-utxo", { rule: "tiho" })
  return rules.filter(rule => rule !== "tiho")
}

async function alarmsIn(file: string, chain: string): Promise<AlarmsFile> {
  const { readAlarmsFile } = await import("../readers/alarms-file.ts")
  const alarms = await readAlarmsFile(file)
  if (alarms.chain === chain) return alarms
  throw new Problem("option-conflict", { a: `follow (${chain})`, b: `--alarms (${alarms.chain})` }, { file })
}

async function watchOf(alarms: AlarmsFile, labels: string | null): Promise<(folder: string) => FollowWatch> {
  const { FollowAlarms } = await import("../cases/follow-alarms.ts")
  return folder => new FollowAlarms(folder, alarms, labels, process.stdout)
}

function lineOf(event: FollowEvent): FollowLine {
  return { schema: FOLLOW_SCHEMA, ...event }
}
