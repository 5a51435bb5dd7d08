import type { RuleName } from "../../ledger/vocabulary.ts"
import { StateTrail } from "./state-trail.ts"
import { loadSweep, type SavedSweep, saveSweep } from "./sweep-file.ts"

/** The states of one rule's sweep of Bitcoin's family. */
export class SweepTrail extends StateTrail<SavedSweep> {
  /** @param folder of all states of one question */
  constructor(folder: string, rule: RuleName) {
    super(folder, rule, { load: loadSweep, save: saveSweep })
  }
}
