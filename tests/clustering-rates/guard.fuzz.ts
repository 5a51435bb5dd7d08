import { expect, it } from "vitest"
import { documentedRows, measuredRows } from "./guard-rows.ts"

it("does on two exchanges of 30,000 addresses what the documentation says", () => {
  expect(documentedRows()).toEqual(measuredRows())
})
