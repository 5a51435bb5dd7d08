/**
 * How wide text will be, without a font to measure it by: a full em for East Asian characters, and for the others
 * a little more than the widest common system font takes, so that a label is rather clipped than overlapping.
 */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const char of text) ems += isWide(char.codePointAt(0) ?? 0) ? 1 : 0.62
  return ems * size
}

const isWide = (point: number): boolean => point >= 0x1100 && (point < 0x2000 || point > 0x206f)

/** The text, or as much of its beginning as fits with an ellipsis. */
export function clipped(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text
  let kept = ""
  for (const char of text) {
    if (widthOf(`${kept}${char}\u2026`, size) > room) break
    kept += char
  }
  return `${kept.trimEnd()}\u2026`
}
