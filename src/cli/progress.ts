import type { WriteStream } from "node:tty"
import type { Language } from "../messages/language.ts"
import { textMessages } from "../messages/text.ts"
import type { OnProgress } from "../ports/progress.ts"

const SILENT_MS = 1000
const EVERY_MS = 200

/**
 * One line on the terminal with rate and time left, once a piece of work has taken a second; it is wiped when the
 * work is done. Nothing where nobody watches.
 */
export function progressOn(out: WriteStream, language: Language): OnProgress {
  if (!out.isTTY) return () => {}
  const say = textMessages(language)
  let current = ""
  let started = 0
  let shown = 0
  return (what, done, total, unit = "bytes") => {
    const now = performance.now()
    if (what !== current) {
      current = what
      started = now
      shown = 0
    }
    const elapsed = now - started
    if (shown > 0 && done >= total) out.write("\r\u001b[K")
    if (elapsed < SILENT_MS || now - shown < EVERY_MS || done === 0 || done >= total) return
    shown = now
    const perSecond = (done / elapsed) * 1000
    const left = Math.ceil((total - done) / perSecond)
    const percent = Math.floor((done / total) * 100)
    out.write(`\r\u001b[K${say.progress(what, percent, say.rates[unit](perSecond), left)}`)
  }
}
