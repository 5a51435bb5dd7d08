import { type ParseArgsConfig, parseArgs } from "node:util"
import { Problem } from "../units/problem.ts"

type OptionTable = NonNullable<ParseArgsConfig["options"]>

/**
 * A command's options and what stands beside them.
 *
 * @throws Problem `option-unknown`, `option-takes-none` or `option-needs-value`
 */
export function parseOptions<Table extends OptionTable>(
  command: string,
  args: readonly string[],
  options: Table,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw optionProblem(command, error)
  }
}

/** Node names the option between quotes, in an English sentence of its own. */
function optionProblem(command: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error
  const option = /'(?:-\w, )?(--?[^\s'=<]+)/.exec(error.message)?.[1] ?? "?"
  const detail = { option, command }
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return new Problem("option-unknown", detail)
  if (error.code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") return error
  return new Problem(/does not take/.test(error.message) ? "option-takes-none" : "option-needs-value", detail)
}

/** @throws Problem `option-value` */
export function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find(one => one === value)
  if (found === undefined) throw new Problem("option-value", { option, value, expected: known.join(" / ") })
  return found
}

/** @throws Problem `option-value` */
export function wholeNumber(option: string, value: string): number {
  if (/^(0|[1-9][0-9]{0,8})$/.test(value)) return Number(value)
  throw new Problem("option-value", { option, value, expected: "0 - 999999999" })
}
