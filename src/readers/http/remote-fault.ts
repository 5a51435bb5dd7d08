import { Problem, type Where } from "../../units/problem.ts"

/** What can be wrong with a remote service or its answer. Each is put into words as the problem `remote-REASON`. */
export type RemoteFaultReason =
  | "unreachable"
  | "timed-out"
  | "rate-limited"
  | "not-found"
  | "nonsense"
  | "too-large"
  | "unauthorised"
  | "redirected"

/**
 * A node or explorer that does not answer, or not sensibly. `path` is what was asked, without host or password;
 * `detail` says for "nonsense" where in the answer and what, else the status or the system's own word. Where it is
 * thrown from a client, the problem's file is the service's address.
 */
export class RemoteFault extends Problem {
  readonly reason: RemoteFaultReason
  readonly path: string
  readonly said: string

  constructor(reason: RemoteFaultReason, path: string, said = "", where: Where = {}) {
    super(`remote-${reason}`, { path, said }, where)
    this.name = "RemoteFault"
    this.reason = reason
    this.path = path
    this.said = said
  }

  override at(where: Where): RemoteFault {
    return new RemoteFault(this.reason, this.path, this.said, { ...where, ...this.where })
  }
}
