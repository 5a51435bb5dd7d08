import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Mainnet blocks 17,173,049 and 17,173,050 as ethereum-etl's own tests expect them. */
export const FOLDER = fileURLToPath(new URL("../../../../shared/data/ethereum/", import.meta.url))
const NAME = "17173049_17173050.expected_"
export const FIRST = 17_173_049
export const LAST = 17_173_050

export const isThere = existsSync(join(FOLDER, `${NAME}blocks.json`))
/** What a test's name says where they are not. */
export const whether = isThere ? "" : " (skipped: ../shared/data/ethereum is absent)"

/** A row as its file has it, numbers as text. */
export type Published = Readonly<Record<string, unknown>>

/** A file's rows, read by other means than the program's. */
export function published(table: string): Published[] {
  const text = readFileSync(join(FOLDER, `${NAME}${table}.json`), "utf8")
  const lines = text.split("\n").filter(line => line !== "")
  return lines.map(line => JSON.parse(line.replace(/([:[,] ?)(-?\d+)(?=[,}\]])/g, '$1"$2"')) as Published)
}

export const big = (value: unknown): bigint => BigInt(value as string)
