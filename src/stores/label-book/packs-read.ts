import { join } from "node:path"
import type { Label } from "../../ports/label-book.ts"
import { isAliasRow } from "./actor-row.ts"
import type { KnownSection } from "./book-manifest.ts"
import { PACKS_FOLDER } from "./pack.ts"
import { labelsIn, openPack } from "./pack-reader.ts"
import type { PackWriter } from "./pack-writer.ts"
import type { SectionCounts } from "./spans.ts"

/** The name of the pack that is not part of the book yet. */
const COMING = ""

/** The packs of a book as an import reads them: each is held to its hash before a label of it counts. */
export class PacksRead {
  readonly #folder: string
  readonly #pack: PackWriter | null
  readonly #checked = new Set<string>()

  constructor(folder: string, pack: PackWriter | null) {
    this.#folder = folder
    this.#pack = pack
  }

  sectionsOf(name: string): readonly KnownSection[] {
    this.#checked.add(name)
    return openPack(this.#fileOf(name)).sections.map(section => ({ ...section, pack: name }))
  }

  coming(): readonly KnownSection[] {
    return (this.#pack?.sections ?? []).map(section => ({ ...section, pack: COMING }))
  }

  labelsOf(section: KnownSection): Iterable<Label> {
    if (section.pack === COMING) return labelsIn(this.#pack?.part ?? "", section)
    if (!this.#checked.has(section.pack)) this.sectionsOf(section.pack)
    return labelsIn(this.#fileOf(section.pack), section)
  }

  /** What a section does whose file was imported before in the same way, on whatever day it is brought again. */
  allKnown(section: KnownSection): SectionCounts {
    let duplicates = 0
    for (const { address } of this.labelsOf(section)) if (!isAliasRow(address)) duplicates++
    return { added: 0, duplicates, withdrawn: 0, earlier: 0 }
  }

  #fileOf(name: string): string {
    return join(this.#folder, PACKS_FOLDER, name)
  }
}
