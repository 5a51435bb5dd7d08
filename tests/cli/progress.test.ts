import type { WriteStream } from "node:tty"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { progressOn } from "../../src/cli/progress.ts"

/** As much of a terminal as progress is shown on. */
function terminal(isTTY: boolean): { out: WriteStream; written: string[] } {
  const written: string[] = []
  const out = { isTTY, write: (text: string) => written.push(text) } as unknown as WriteStream
  return { out, written }
}

describe("progress", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }))
  afterEach(() => void vi.useRealTimers())

  it("is shown once a piece of work has taken a second, with what is left, and wiped at its end", () => {
    const { out, written } = terminal(true)
    const { onProgress, end } = progressOn(out, "en")
    onProgress("fifo", 0, 100, "blocks")
    vi.advanceTimersByTime(900)
    onProgress("fifo", 10, 100, "blocks")
    expect(written).toEqual([])
    vi.advanceTimersByTime(1100)
    onProgress("fifo", 20, 100, "blocks")
    expect(written).toEqual(["\r\u001b[Kfifo: 20%, 10 blocks/s, 8 s left"])
    vi.advanceTimersByTime(50)
    onProgress("fifo", 21, 100, "blocks")
    expect(written).toHaveLength(1)
    end()
    expect(written[1]).toBe("\r\u001b[K")
  })

  it("begins anew with the next piece of work, in Japanese too", () => {
    const { out, written } = terminal(true)
    const { onProgress } = progressOn(out, "ja")
    onProgress("fifo", 1, 100, "blocks")
    vi.advanceTimersByTime(5000)
    onProgress("lifo", 1, 100, "blocks")
    expect(written).toEqual([])
    vi.advanceTimersByTime(2000)
    onProgress("lifo", 50, 100, "blocks")
    expect(written).toEqual(["\r\u001b[Klifo：50%、25 ブロック/秒、残り 2 秒"])
  })

  it("is shown to nobody who reads from a file or a pipe", () => {
    const { out, written } = terminal(false)
    const { onProgress, end } = progressOn(out, "en")
    onProgress("fifo", 1, 100, "blocks")
    vi.advanceTimersByTime(5000)
    onProgress("fifo", 2, 100, "blocks")
    end()
    expect(written).toEqual([])
  })
})
