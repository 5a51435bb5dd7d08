import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { printInputs, printOutputs, printServices, printThefts } from "../oracle/rows.ts"
import type { Story } from "./staged-theft.ts"

export interface StoryFiles {
  readonly outputs: string
  readonly inputs: string
  readonly thefts: string
  readonly services: string
}

export interface StoryFilesOptions {
  /** Leaves out the names of our own for scripts without address, which `--chain` does not take for addresses. */
  readonly addressesOnly?: boolean
}

/** The whole chain and what is asked about it, as files that the command line reads. */
export async function writeStory(
  { chain, thefts, services }: Story,
  folder: string,
  { addressesOnly = false }: StoryFilesOptions = {},
): Promise<StoryFiles> {
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }
  const rows = chain.outputs.map(row => {
    return addressesOnly && row.address.includes(":") ? { ...row, address: "" } : row
  })
  const refs = thefts.flatMap(({ id, refs }) => refs.map(ref => ({ theft: id, ref })))
  const owners = [...services].map(([address, service]) => ({ address, service }))
  return {
    outputs: await file("outputs.csv", printOutputs(rows)),
    inputs: await file("inputs.csv", printInputs(chain.inputs)),
    thefts: await file("thefts.csv", printThefts(refs)),
    services: await file("services.csv", printServices(owners)),
  }
}
