import { Buffer } from "node:buffer"
import { createHash } from "node:crypto"
import { closeSync, openSync, readSync } from "node:fs"
import { TextDecoder } from "node:util"
import { Problem } from "../units/problem.ts"
import { asProblem } from "./file-problem.ts"

/** A policy is a page; what is larger is something else. */
const MOST_BYTES = 1 << 20
const MOST_DEPTH = 32

export interface PolicyText {
  /** The file's values, as its format has them; nothing of them is checked yet. */
  readonly document: unknown
  readonly sha256: string
}

/**
 * Reads a policy's file: YAML by its ending (.yaml, .yml), else JSON. Either way a key that stands twice is refused.
 *
 * @throws Problem `file-...`, `json-malformed`, `json-expected` or `yaml-malformed`, with the file and the line
 */
export async function readPolicyFile(file: string): Promise<PolicyText> {
  try {
    const bytes = bytesOf(file)
    const text = decode(bytes)
    const isYaml = /\.ya?ml$/i.test(file)
    if (text.trim() === "")
      throw new Problem(isYaml ? "yaml-malformed" : "json-malformed", { reason: "EMPTY" })
    const document = isYaml ? await fromYaml(text) : await fromJson(text)
    return { document, sha256: createHash("sha256").update(bytes).digest("hex") }
  } catch (error) {
    throw asProblem(error, file)
  }
}

/** A device has no size, and one of them no end: what is read is bounded itself. */
function bytesOf(file: string): Buffer {
  const handle = openSync(file, "r")
  try {
    const buffer = Buffer.alloc(MOST_BYTES + 1)
    let length = 0
    for (;;) {
      const read = readSync(handle, buffer, length, buffer.length - length, null)
      length += read
      if (length > MOST_BYTES) throw new Problem("file-unreadable", { reason: `> ${MOST_BYTES} bytes` })
      if (read === 0) return buffer.subarray(0, length)
    }
  } finally {
    closeSync(handle)
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}

/** Aliases and tags have no place in a policy: a file of ten lines could unfold into a billion. */
async function fromYaml(text: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import("yaml")
  const lines = new LineCounter()
  const found = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: "core", version: "1.2" })
  const [first] = [...found.errors, ...found.warnings]
  if (first !== undefined) {
    const { line, col } = lines.linePos(first.pos[0])
    throw new Problem("yaml-malformed", { reason: first.code }, { line, column: col })
  }
  try {
    return found.toJS({ maxAliasCount: 0 })
  } catch (error) {
    if (error instanceof ReferenceError) throw new Problem("yaml-malformed", { reason: "ALIAS" })
    throw error
  }
}

async function fromJson(text: string): Promise<unknown> {
  const { printParseErrorCode, visit } = await import("jsonc-parser")
  const open: Set<string>[] = []
  const begin = () => {
    open.push(new Set())
    if (open.length > MOST_DEPTH)
      throw new Problem("json-malformed", { reason: `nested deeper than ${MOST_DEPTH}` })
  }
  const end = () => {
    open.pop()
  }
  visit(
    text,
    {
      onObjectBegin: begin,
      onObjectEnd: end,
      onArrayBegin: begin,
      onArrayEnd: end,
      onObjectProperty: (name, _offset, _length, line, column) => {
        const keys = open.at(-1)
        const detail = { path: "", keyword: "duplicate", value: name }
        if (keys?.has(name))
          throw new Problem("json-expected", detail, { line: line + 1, column: column + 1 })
        keys?.add(name)
      },
      onError: (code, _offset, _length, line, column) => {
        const detail = { reason: printParseErrorCode(code) }
        throw new Problem("json-malformed", detail, { line: line + 1, column: column + 1 })
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  )
  return JSON.parse(text)
}
