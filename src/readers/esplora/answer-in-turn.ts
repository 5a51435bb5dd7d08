/** As many as the client has under way at once. */
const LANES = 2

/**
 * Answers in the order of the needs, two at a time. After a fault no further one is begun: a thousand needs may wait,
 * and an explorer that has just failed is not to be asked a thousand times more.
 */
export async function answerInTurn<Need, Answer>(
  needs: readonly Need[],
  answer: (need: Need) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = new Array(needs.length)
  const left = needs.entries()
  let failed = false
  const lane = async (): Promise<void> => {
    for (let next = left.next(); !failed && !next.done; next = left.next()) {
      const [at, need] = next.value
      try {
        answers[at] = await answer(need)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return answers
}
