import type { WriteStream } from "node:tty"
import type { Language } from "../messages/language.ts"
import { progressMessages } from "../messages/progress.ts"
import type { OnProgress } from "../ports/progress.ts"

const SILENT_MS = 1000
const EVERY_MS = 200
const WIPE = "\r\u001b[K"

export interface Progress {
  readonly onProgress: OnProgress
  /** Wipes what is shown, before anything else is printed. */
  readonly end: () => void
}

/**
 * One line on the terminal with rate and time left, once a piece of work has taken a second; it is wiped when the
 * work is done. Nothing where nobody watches.
 */
export function progressOn(out: WriteStream, language: Language): Progress {
  if (!out.isTTY) return { onProgress: () => {}, end: () => {} }
  const say = progressMessages(language)
  let current = ""
  let started = 0
  let shown = 0
  const end = (): void => {
    if (shown > 0) out.write(WIPE)
    shown = 0
  }
  const onProgress: OnProgress = (what, done, total, unit = "bytes") => {
    const now = performance.now()
    if (what !== current) {
      current = what
      started = now
    }
    if (total !== null && done >= total) {
      end()
      return
    }
    const elapsed = now - started
    if (elapsed < SILENT_MS || now - shown < EVERY_MS || done === 0) return
    shown = now
    const perSecond = (done / elapsed) * 1000
    const rate = say.rates[unit](perSecond)
    if (total === null) out.write(`${WIPE}${say.open(what, done, rate)}`)
    else {
      const percent = Math.floor((done / total) * 100)
      out.write(`${WIPE}${say.known(what, percent, rate, Math.ceil((total - done) / perSecond))}`)
    }
  }
  return { onProgress, end }
}
