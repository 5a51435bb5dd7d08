import type { ClusterRate } from "../contracts/cluster.ts"
import type { BadRef, ScreenAnswer, ScreenCounts, ScreenHead } from "../contracts/screen.ts"
import type { Language } from "../messages/language.ts"

/** Writes answers as they come: the text to print for each, and what stands at the end. */
export interface ScreenWriter {
  answer(answer: ScreenAnswer): string
  end(bad: readonly BadRef[], counts: ScreenCounts, rates: readonly ClusterRate[]): string
}

/** @param isSingle one reference on the command line: no summary of a batch */
export async function screenWriter(
  json: boolean,
  head: ScreenHead,
  language: Language,
  isSingle: boolean,
): Promise<ScreenWriter> {
  if (json) return new JsonAnswers(head)
  const { ScreenText } = await import("../reports/text/screen-text.ts")
  return new ScreenText(head, language, isSingle, process.stdout.isTTY ? process.stdout.columns : 120)
}

/** One JSON document, `ashiato/screen/1`, in which every answer has a line of its own. */
class JsonAnswers implements ScreenWriter {
  #before: string

  constructor(head: ScreenHead) {
    const told = Object.entries(head).map(
      ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
    )
    this.#before = `{\n${told.join("")}  "answers": [\n    `
  }

  answer(answer: ScreenAnswer): string {
    const text = `${this.#before}${JSON.stringify(answer)}`
    this.#before = ",\n    "
    return text
  }

  end(bad: readonly BadRef[], counts: ScreenCounts, rates: readonly ClusterRate[]): string {
    const open = this.#before.startsWith("{") ? this.#before : ""
    const list = bad.map(one => `    ${JSON.stringify(one)}`).join(",\n")
    const told = list === "" ? "[]" : `[\n${list}\n  ]`
    return `${open}\n  ],\n  "bad": ${told},\n  "counts": ${JSON.stringify(counts)},\n  "rates": ${JSON.stringify(rates)}\n}\n`
  }
}
