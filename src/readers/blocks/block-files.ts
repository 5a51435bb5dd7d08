import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { asProblem } from "../file-problem.ts"

export interface BlockFile {
  readonly path: string
  /** Bytes when it was listed. A node that is running may add to it. */
  readonly size: number
}

/** `rev*.dat` beside them hold what would undo the blocks, and `index` where each is: neither is needed. */
const NAME = /^blk([0-9]+)\.dat$/

/**
 * The block files of a folder in the order in which the node began them. Names have five digits and more, so the order
 * is that of the numbers.
 *
 * @throws Problem `file-missing`, `file-unreadable`
 */
export async function listBlockFiles(folder: string): Promise<BlockFile[]> {
  const names = await readdir(folder).catch(error => {
    throw asProblem(error, folder)
  })
  const numbered = names.flatMap(name => {
    const number = NAME.exec(name)?.[1]
    return number === undefined ? [] : [{ name, number: BigInt(number) }]
  })
  numbered.sort((a, b) => Number(a.number - b.number) || (a.name < b.name ? -1 : 1))
  const files: BlockFile[] = []
  for (const { name } of numbered) files.push(await describe(join(folder, name)))
  return files
}

async function describe(path: string): Promise<BlockFile> {
  const found = await stat(path).catch(error => {
    throw asProblem(error, path)
  })
  // Opening a pipe would wait for ever.
  if (!found.isFile()) throw new Problem("file-unreadable", { reason: "not a file" }, { file: path })
  return { path, size: found.size }
}
