import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { afterEach, describe, expect, it } from "vitest"
import { removeFolders } from "../stores/account-ledger/made.ts"
import { ledgerTrials } from "./sweep-accounts-random.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/trace.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

afterEach(removeFolders)

describe("a ledger of accounts that grows", () => {
  it("is swept as it is traced, and gone on with as swept afresh", async () => {
    for (let seed = 300_001; seed <= 300_004; seed++) {
      for await (const { how, swept, traced, document } of ledgerTrials(seed)) {
        expect(swept, `seed ${seed}, ${how}`).toEqual(traced)
        expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
      }
    }
  })
})
