import type { Fraction } from "../../src/attribution/fraction.ts"
import type { AttributionFile } from "../../src/casefile/attribution-file.ts"
import { attributeCase } from "../../src/cases/attribute-case.ts"
import type { AttributeDocument } from "../../src/contracts/attribute.ts"
import { attributeMessages } from "../../src/messages/attribute.ts"
import { bundledAttribution } from "../../src/readers/attribution-file.ts"

export function bundled(name: string): AttributionFile {
  const loaded = bundledAttribution(name)
  if (loaded === null) throw new Error(`${name} has no attribution.json`)
  return loaded.file
}

export function answered(
  file: AttributionFile,
  without: readonly string[] = [],
  priors: ReadonlyMap<string, Fraction> | null = null,
): AttributeDocument {
  const input = { name: "test", sha256: "0".repeat(64) }
  return attributeCase({ file, input, without, priors, method: attributeMessages("en").method })
}
