import { open } from "node:fs/promises"
import { Problem } from "../../units/problem.ts"
import { asProblem } from "../file-problem.ts"

/** "__cookie__:" and 64 digits; a file of more than this is another file. */
const LONGEST_COOKIE = 1024

/**
 * "user:password" as a node wrote it into `.cookie` in its folder. It is another at each start of the node.
 *
 * @throws Problem `file-missing` or `file-unreadable`
 */
export async function readCookie(file: string): Promise<string> {
  const text = await readStart(file)
  const cookie = text.trim()
  if (/^[^\s:]+:\S+$/.test(cookie) && text.length <= LONGEST_COOKIE) return cookie
  throw new Problem("file-unreadable", { reason: "not a cookie file of a node" }, { file })
}

async function readStart(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_COOKIE + 1))
      return buffer.toString("utf8", 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw asProblem(error, file)
  }
}
