import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv2020 } from "ajv/dist/2020.js"
import { afterAll, describe, expect, it } from "vitest"
import { problemLine } from "../../src/messages/problem-line.ts"
import { readAlarmsFile, readPercent } from "../../src/readers/alarms-file.ts"
import { Problem } from "../../src/units/problem.ts"

const folder = mkdtempSync(join(tmpdir(), "ashiato-alarms-file-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const EXAMPLE = fileURLToPath(new URL("../../examples/alarms.json", import.meta.url))
const text = readFileSync(EXAMPLE, "utf8")
const HOOK = '"webhooks": [{ "url": "https://hooks.example/a", "secretFile": "secret" }]'

/** What is said of a file with this change. */
async function said(from: string, to: string, lang: "en" | "ja" = "en"): Promise<string> {
  expect(text).toContain(from)
  const file = join(folder, "alarms.json")
  writeFileSync(file, text.replace(from, to))
  try {
    await readAlarmsFile(file)
    return "nothing"
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return problemLine(error, lang).replace(folder, "")
  }
}

describe("an alarms file", () => {
  it("is read, with addresses in canonical form and exact shares", async () => {
    const { chain, alarms, deliver } = await readAlarmsFile(EXAMPLE)
    expect(chain).toBe("nem")
    expect(alarms.slice(0, 2)).toEqual([
      {
        id: "hot-wallet-amount",
        kind: "outflow",
        addresses: ["NC3BI3DNMR2PGEOOMP2NKXQGSAKMS7GYRKVA5CSZ"],
        asset: "XEM",
        limit: { amount: 1_000_000_000_000n },
        window: { seconds: 600, blocks: null },
      },
      expect.objectContaining({
        limit: { percent: { text: "12.5", parts: 125n, of: 1000n } },
        window: { seconds: 3600, blocks: 120 },
      }),
    ])
    expect(alarms[3]).toEqual({
      ...{ id: "loot-moves", kind: "moved", theft: "coincheck-2018", rules: null, asset: "XEM" },
      amount: 1_000_000_000n,
    })
    expect(deliver).toEqual({ stdout: true, file: join(EXAMPLE, "../alarms.jsonl"), webhooks: [] })
  })

  it("has a published schema that is strict and that the example keeps to", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../src/contracts/alarm.schema.json", import.meta.url), "utf8"),
    ) as object
    const validate = new Ajv2020({
      strict: true,
      strictRequired: false,
      strictTypes: false,
      allowUnionTypes: true,
    })
    expect(validate.compile(schema)(JSON.parse(text))).toBe(true)
  })

  it.each([
    [
      "an unknown key",
      '"asset": "XEM",',
      '"asset": "XEM", "limit": "1",',
      /alarms\.json:9:\d+: alarms\.0 must not have "limit".*alarm\.schema\.json/,
    ],
    [
      "an id twice",
      '"id": "hot-wallet-share"',
      '"id": "hot-wallet-amount"',
      /:14:\d+: alarms repeats the id "hot-wallet-amount"/,
    ],
    [
      "a kind that is none",
      '"kind": "moved"',
      '"kind": "stolen"',
      /alarms\.3\.kind must be outflow \/ arrival/,
    ],
    [
      "a percent of 100",
      '"12.5"',
      '"100"',
      /alarm "hot-wallet-share" has the percent "100"; write a number from 0 to below 100/,
    ],
    ["a percent below 0", '"12.5"', '"-1"', /percent "-1"/],
    ["a percent that is no decimal", '"12.5"', '"1e1"', /percent "1e1"/],
    ["a percent as a number", '"12.5"', "12.5", /must be of type string/],
    ["no limit", '"percent": "12.5",', "", /needs either an amount or a percent, and not both/],
    ["two limits", '"percent": "12.5",', '"percent": "12.5", "amount": "1",', /and not both/],
    [
      "no address",
      '["NA6OMO3K2NXTVXUWH7UIM4KRXSVHNKA4DEYCSV4H"]',
      "[]",
      /alarms\.2\.addresses does not satisfy minItems/,
    ],
    [
      "an address with a wrong checksum",
      "DEYCSV4H",
      "DEYCSV4A",
      /:24:\d+: NA6O\w+ looks like an address of nem and is none/,
    ],
    [
      "no window",
      '"window": { "seconds": 600 }',
      '"window": {}',
      /alarms\.0\.window does not satisfy minProperties/,
    ],
    ["a rule that is none", '"fifo"', '"lilo"', /must be fifo \/ lifo/],
    ["an amount with a fraction", '"1000000000000"', '"1.5"', /alarms\.0\.amount must match/],
    ["a chain that is none", '"nem"', '"dogecoin"', /chain "dogecoin" is not known/],
    ["no receiver", '"stdout": true, "file": "alarms.jsonl"', "", /delivered nowhere/],
    ["a webhook without its secret", '"stdout": true', HOOK, /secret: there is no such file/],
    ["a webhook that is no web address", '"stdout": true', HOOK.replace("https", "ftp"), /is no webhook/],
    ["a password in a webhook", '"stdout": true', HOOK.replace("//", "//a:b@"), /without user, password/],
    ["no JSON", '"alarms": [', '"alarms": [,', /:4:\d+: not readable as JSON/],
  ])("refuses %s", async (_what, from, to, expected) => {
    expect(await said(from, to)).toMatch(expected)
    expect(await said(from, to, "ja")).toMatch(/[\u3040-\u30ff]/)
  })

  it("reads secrets beside it, and refuses a short one", async () => {
    const file = join(folder, "with-hook.json")
    writeFileSync(file, text.replace('"stdout": true', HOOK))
    writeFileSync(join(folder, "secret"), "0123456789abcde\n")
    await expect(readAlarmsFile(file)).rejects.toMatchObject({ code: "alarm-secret" })
    writeFileSync(join(folder, "secret"), "0123456789abcdef\n")
    const { deliver } = await readAlarmsFile(file)
    expect(deliver.webhooks.map(({ url, secret }) => [url, secret.length])).toEqual([
      ["https://hooks.example/a", 16],
    ])
    rmSync(join(folder, "secret"))
  })

  it("takes a share as it is written, from 0 to below 100", () => {
    expect(readPercent("99.999999999")).toEqual({
      text: "99.999999999",
      parts: 99_999_999_999n,
      of: 10n ** 11n,
    })
    for (const text of ["0", "0.5", "7"]) expect(readPercent(text)?.text).toBe(text)
    for (const text of ["", "100", "100.0", "007", ".5", "5.", "1.0123456789", "+1", "NaN"])
      expect(readPercent(text)).toBeNull()
  })
})
