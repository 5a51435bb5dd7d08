import { RemoteFault } from "../http/remote-fault.ts"

/** Two answers of one explorer cannot both be true. Which of them is wrong is not ours to say. */
export function disagreement(asked: string, what: string): RemoteFault {
  return new RemoteFault("nonsense", asked, `answers disagree: ${what}`)
}
