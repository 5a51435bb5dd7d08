import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { StixSchemas } from "../../../src/reports/stix/check.ts"

const STIX = fileURLToPath(new URL("../../../../shared/data/stix/", import.meta.url))
export const NO_SCHEMAS = !existsSync(STIX)

export const dataOf = (path: string): unknown => JSON.parse(readFileSync(join(STIX, path), "utf8"))

/** OASIS's schemas and the two observables that are not OASIS's, read where they lie. */
export function publishedSchemas(): StixSchemas {
  const oasis = readdirSync(join(STIX, "stix2.1"), { recursive: true, encoding: "utf8" })
    .filter(name => name.endsWith(".json"))
    .map(name => join("stix2.1", name))
  const own = ["wallet", "transaction"].map(
    name => `dogesec-stix2extensions/automodel_generated/schemas/scos/cryptocurrency-${name}.json`,
  )
  return [...oasis, ...own].map(name => dataOf(name) as StixSchemas[number])
}

export const exampleOf = (name: string) =>
  dataOf(`dogesec-stix2extensions/automodel_generated/examples/scos/${name}.json`) as {
    readonly id: string
    readonly value: string
  }
