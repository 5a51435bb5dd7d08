import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { asProblem } from "./file-problem.ts"

/**
 * The SHA-256 of a file's bytes, in hexadecimal, in bounded memory.
 *
 * @throws Problem `file-missing` or `file-unreadable`
 */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256")
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk)
  } catch (error) {
    throw asProblem(error, file)
  }
  return hash.digest("hex")
}
