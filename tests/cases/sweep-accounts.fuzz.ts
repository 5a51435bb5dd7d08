import { afterEach, describe, expect, it } from "vitest"
import { removeFolders } from "../stores/account-ledger/made.ts"
import { ledgerTrials } from "./sweep-accounts-random.ts"

const AT_A_TIME = 50

afterEach(removeFolders)

describe("two hundred ledgers of accounts that grow", () => {
  it.each([400_001, 400_051, 400_101, 400_151])("are swept as they are traced, from seed %d", async first => {
    for (let seed = first; seed < first + AT_A_TIME; seed++) {
      for await (const { how, swept, traced } of ledgerTrials(seed)) {
        expect(swept, `seed ${seed}, ${how}`).toEqual(traced)
      }
      removeFolders()
    }
  })
})
