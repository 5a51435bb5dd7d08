import { type Language, languageOf } from "../messages/language.ts"
import { problemLine } from "../messages/problem-line.ts"
import { Problem } from "../units/problem.ts"

const USAGE = 2
const FAULT = 1

/** Runs one command; whatever goes wrong is one line on standard error, in the user's language. */
export async function runCommand(command: string | undefined, args: readonly string[]): Promise<number> {
  const language = languageFor(args)
  process.stdout.on("error", quitIfUnread)
  try {
    switch (command) {
      case "trace":
        return await (await import("./trace-command.ts")).traceCommand(args, language)
      case undefined:
      case "--help":
      case "-h":
      case "help": {
        const { generalHelp } = await import("../messages/help.ts")
        process.stdout.write(generalHelp(language))
        return command === undefined ? USAGE : 0
      }
      default:
        throw new Problem("command-unknown", { value: command })
    }
  } catch (error) {
    quitIfUnread(error)
    const problem = error instanceof Problem ? error : faultOf(error)
    process.stderr.write(`${problemLine(problem, language)}\n`)
    return problem.code === "internal" || problem.code === "does-not-reconcile" ? FAULT : USAGE
  }
}

/** A reader that has seen enough (`| head`) closes the pipe; that is no fault, and there is nobody left to tell. */
function quitIfUnread(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === "EPIPE") process.exit(0)
}

function faultOf(error: unknown): Problem {
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
