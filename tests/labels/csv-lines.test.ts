import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { csvLines } from "../../src/labels/csv-lines.ts"
import { fileOf } from "./reading.ts"

async function fieldsOf(text: string | Buffer): Promise<string[][]> {
  const rows: string[][] = []
  await csvLines(fileOf("l.csv", text), ({ fields }) => rows.push([...fields]))
  return rows
}

const field = fc.string({ unit: fc.constantFrom("a", "b", " ", ",", '"', "\n", "é", "漢"), maxLength: 6 })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const written = fc
  .tuple(field, fc.boolean(), fc.constantFrom("", " "))
  .map(([text, always, space]) =>
    always || /[",\n]/.test(text) ? `${space}${quoted(text)}${space}` : `${space}${text}`,
  )

describe("a CSV file, record by record", () => {
  it("is read as another parser reads it", async () => {
    const table = fc.array(fc.array(written, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom("\n", "\r\n"), fc.boolean(), async (rows, end, ended) => {
        const text = rows.map(row => row.join(",")).join(end) + (ended ? end : "")
        const expected = parse(text, {
          trim: true,
          relax_column_count: true,
          skip_empty_lines: true,
        }) as string[][]
        // White space within quotes is trimmed here as well: no field of a label begins or ends with any.
        const trimmed = expected.map(row => row.map(value => value.replaceAll("\r\n", "\n").trim()))
        expect(await fieldsOf(text)).toEqual(trimmed)
      }),
      { numRuns: 300 },
    )
  })

  it("leaves out a byte order mark and empty lines, and takes CR as a line's end where there is no other", async () => {
    expect(await fieldsOf("\ufeffa,b\n\n  \nc,d")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ])
    expect(await fieldsOf("a,b\rc,d\r")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ])
  })

  it("cuts no character and no record where a chunk ends", async () => {
    const row = `"漢字, ""quoted""\nline",é`
    const many = Array.from({ length: 40_000 }, () => row).join("\n")
    const rows = await fieldsOf(many)
    expect(rows.length).toBe(40_000)
    expect(new Set(rows.map(fields => JSON.stringify(fields)))).toEqual(
      new Set([JSON.stringify(['漢字, "quoted"\nline', "é"])]),
    )
  })

  it("refuses a record without an end in bounded memory, and bytes that are no UTF-8", async () => {
    await expect(fieldsOf(`a,"${"x,\n".repeat(100_000)}`)).rejects.toMatchObject({
      detail: { reason: expect.stringContaining("a record of more than 65536 characters") },
      where: { line: 1 },
    })
    await expect(fieldsOf(Buffer.from([0x61, 0xe6, 0xbc]))).rejects.toMatchObject({
      detail: { reason: "not UTF-8" },
    })
  })
})
