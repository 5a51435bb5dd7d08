import { expect, it } from "vitest"
import { countedAccountRows, documentedAccountRows } from "./account-rows.ts"

it("finds and takes for one, kind by kind, what the documentation says", () => {
  expect(documentedAccountRows()).toEqual(countedAccountRows())
})
