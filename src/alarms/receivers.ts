import type { Writable } from "node:stream"
import type { AlarmReceivers } from "../contracts/alarm.ts"
import { fileReceiver, streamReceiver } from "./line-receivers.ts"
import type { Receiver } from "./receiver.ts"
import { webhookReceiver } from "./webhook.ts"

/** The receivers that an alarms file names. */
export function receiversOf(
  { stdout, file, webhooks }: AlarmReceivers,
  output: Writable,
): readonly Receiver[] {
  return [
    ...(stdout ? [streamReceiver(output)] : []),
    ...(file === null ? [] : [fileReceiver(file)]),
    ...webhooks.map(webhook => webhookReceiver(webhook)),
  ]
}
