import { NemFault } from "./fault.ts"
import type { MosaicId } from "./mosaic.ts"

/** NIS `NamespaceIdPart`, `NamespaceId` and `MosaicId`: what their constructors take. No name contains a colon. */
const PART = /^[a-z0-9][a-z0-9_-]*$/
const MOSAIC_NAME = /^[a-z0-9][a-z0-9'_-]*( [a-z0-9'_-]+)*$/
const LONGEST_ROOT = 16
const LONGEST_SUBLEVEL = 64
const DEEPEST = 3
const LONGEST_MOSAIC_NAME = 32

export function checkNamespacePart(part: string, path: string): string {
  if (part.length > LONGEST_SUBLEVEL || !PART.test(part)) throw new NemFault("bad name", path)
  return part
}

export function checkNamespace(namespace: string, path: string): string {
  const parts = namespace.split(".")
  if (parts.length > DEEPEST) throw new NemFault("bad name", path)
  for (const [level, part] of parts.entries()) {
    checkNamespacePart(part, path)
    if (level === 0 && part.length > LONGEST_ROOT) throw new NemFault("bad name", path)
  }
  return namespace
}

export function checkMosaicId(namespace: string, name: string, path: string): MosaicId {
  checkNamespace(namespace, path)
  if (name.length > LONGEST_MOSAIC_NAME || !MOSAIC_NAME.test(name)) throw new NemFault("bad name", path)
  return { namespace, name }
}
