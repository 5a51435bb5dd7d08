import { type Language, languageOf } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"

const USAGE = 2
const FAULT = 1

/**
 * Runs one command; whatever goes wrong is one line on standard error, in the user's language.
 *
 * @param all the arguments; --lang may stand before the command too
 */
export async function runCommand(all: readonly string[]): Promise<number> {
  const language = languageFor(all)
  const { command, args } = split(all)
  process.stdout.on("error", error => void exitOf(error, language).then(code => process.exit(code)))
  try {
    switch (command) {
      case "trace":
        return await (await import("./trace-command.ts")).traceCommand(args, language)
      case "ingest":
        return await (await import("./ingest-command.ts")).ingestCommand(args, language)
      case "ledger":
        return await (await import("./ledger-command.ts")).ledgerCommand(args, language)
      case "screen":
        return await (await import("./screen-command.ts")).screenCommand(args, language)
      case "labels":
        return await (await import("./labels-command.ts")).labelsCommand(args, language)
      case "attribute":
        return await (await import("./attribute-command.ts")).attributeCommand(args, language)
      case "incidents":
        return await (await import("./incidents-command.ts")).incidentsCommand(args, language)
      case "sweep":
        return await (await import("./sweep-command.ts")).sweepCommand(args, language)
      case "follow":
        return await (await import("./follow-command.ts")).followCommand(args, language)
      case "cluster":
        return await (await import("./cluster-command.ts")).clusterCommand(args, language)
      case "links":
        return await (await import("./links-command.ts")).linksCommand(args, language)
      case undefined:
      case "--help":
      case "-h":
      case "help": {
        const { generalHelp } = await import("../messages/help.ts")
        process.stdout.write(generalHelp(language))
        return 0
      }
      default:
        throw new Problem("command-unknown", { value: command })
    }
  } catch (error) {
    return await exitOf(error, language)
  }
}

function split(all: readonly string[]): { command: string | undefined; args: readonly string[] } {
  let at = 0
  while (all[at]?.startsWith("--lang")) at += all[at] === "--lang" ? 2 : 1
  return { command: all[at], args: [...all.slice(0, at), ...all.slice(at + 1)] }
}

/** Says what went wrong; the exit code for it. The words for it are loaded where something does. */
async function exitOf(error: unknown, language: Language): Promise<number> {
  const code =
    error instanceof Error && "code" in error && !(error instanceof Problem) ? String(error.code) : ""
  // A reader that has seen enough (`| head`) closes the pipe: no fault, and nobody left to tell.
  if (code === "EPIPE") return 0
  const problem = error instanceof Problem ? error : problemOf(error, code)
  const { problemLine } = await import("../messages/problem-line.ts")
  process.stderr.write(`${problemLine(problem, language)}\n`)
  return problem.code === "internal" || problem.code === "does-not-reconcile" ? FAULT : USAGE
}

function problemOf(error: unknown, code: string): Problem {
  if (["ENOSPC", "EIO", "EDQUOT", "EFBIG"].includes(code))
    return new Problem("output-unwritable", { reason: code })
  if (process.env.ASHIATO_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  return new Problem("internal", { reason: error instanceof Error ? error.message : String(error) })
}

/** Looked up before the options are parsed, so that a wrong option is explained in the right language. */
function languageFor(args: readonly string[]): Language {
  const at = args.lastIndexOf("--lang")
  const joined = args.findLast(arg => arg.startsWith("--lang="))?.slice("--lang=".length)
  const asked = joined ?? (at >= 0 ? args[at + 1] : undefined)
  if (asked === "en" || asked === "ja") return asked
  return languageOf(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG)
}
