import { existsSync, readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { it } from "vitest"

/** Published vectors lie beside the project, not in it. */
const DATA = new URL("../../../shared/data/", import.meta.url)

/**
 * A test over a file of published vectors, given as text. Where the file is absent the test is skipped, and its
 * name says why.
 */
export function itHolds(name: string, file: string, test: (text: string) => void): void {
  const url = new URL(file, DATA)
  if (!existsSync(url)) {
    it.skip(`${name} (skipped: ../shared/data/${file} is absent)`, () => {})
    return
  }
  it(`${name} (${file})`, () => {
    const bytes = readFileSync(url)
    test((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"))
  })
}
