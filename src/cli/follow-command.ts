import { follow } from "../cases/follow.ts"
import type { FollowQuestion, FollowWatch } from "../cases/follow-question.ts"
import { loadChain } from "../chains/chain.ts"
import type { AlarmsFile } from "../contracts/alarm.ts"
import { FOLLOW_SCHEMA, type FollowEvent, type FollowLine } from "../contracts/follow.ts"
import { followMessages } from "../messages/follow.ts"
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
  const { theftsFile, servicesFile, alarmsFile, json, ...asked } = options
  const { chain } = options.network
  const { checkAddress } = await loadChain(chain)
  const say = followMessages(language)
  const alarms = alarmsFile === null ? null : await alarmsIn(alarmsFile, chain)
  const unwatched = alarms?.alarms.filter(({ kind }) => kind === "label").map(({ id }) => id) ?? []
  if (unwatched.length > 0) process.stderr.write(`${say.labelsUnwatched(unwatched)}\n`)
  return {
    ...asked,
    thefts: theftsFile === null ? [] : (await readThefts(theftsFile)).thefts,
    services: servicesFile === null ? new Map() : (await readServices(servicesFile, checkAddress)).services,
    openWatch: alarms === null ? null : await watchOf(alarms),
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

async function alarmsIn(file: string, chain: string): Promise<AlarmsFile> {
  const { readAlarmsFile } = await import("../readers/alarms-file.ts")
  const alarms = await readAlarmsFile(file)
  if (alarms.chain === chain) return alarms
  throw new Problem(
    "option-conflict",
    { a: `--network (${chain})`, b: `--alarms (${alarms.chain})` },
    { file },
  )
}

async function watchOf(alarms: AlarmsFile): Promise<(folder: string) => FollowWatch> {
  const { FollowAlarms } = await import("../cases/follow-alarms.ts")
  return folder => new FollowAlarms(folder, alarms, process.stdout)
}

function lineOf(event: FollowEvent): FollowLine {
  return { schema: FOLLOW_SCHEMA, ...event }
}
