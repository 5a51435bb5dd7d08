import type { FollowEvent } from "../contracts/follow.ts"
import type { FollowMessages } from "../messages/follow.en.ts"

/** An event as lines for a person; null where it is said on standard error. */
export function followText(event: FollowEvent, say: FollowMessages): string | null {
  switch (event.event) {
    case "began":
      return say.began(event, event.again)
    case "block":
      return [say.block(event, event.time, event.transactions), ...event.traced.map(say.sum)].join("\n")
    case "undone":
      return say.undone(event)
    case "unknown-ref":
      return say.unknownRef(event.theft, event.ref)
    case "waiting":
      return null
    case "back":
      return say.back
    case "alarm":
      return say.alarm(JSON.stringify(event.notice))
    case "ended":
      return say.ended(event, event.interrupted)
  }
}
