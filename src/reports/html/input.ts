import type { CaseFile } from "../../casefile/case.ts"
import type { SaidBy } from "../../contracts/attribute.ts"
import type { TraceDocument } from "../../contracts/trace.ts"

/** What a report is made from. It holds no clock and no path: the same input gives the same bytes. */
export interface ReportInput {
  /** With all flows in it: the diagram and, without a case, the list of transfers are made from them. */
  readonly trace: TraceDocument
  readonly caseFile: CaseFile | null
  /** Who is said to have done it; absent where no record of it is bundled with the case. */
  readonly saidBy?: SaidBy
  /** The command that gives this report again. */
  readonly command: string
  readonly version: string
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[]
  readonly fees: "drop" | "follow"
  readonly stopAtServices: boolean
  /** Smallest units. */
  readonly min: string
  readonly maxHops: number | null
}
