import { Problem } from "../units/problem.ts"
import { readIfThere, replaceFile } from "./durable.ts"
import { readWatchState, type WatchState, watchStateText } from "./watch-state.ts"

/**
 * Keeps the state of a watch. Called after the block's notices are in the queue: killed in between, the block is looked
 * at again, and its notices come with the same keys, which the queue knows.
 *
 * @throws Problem `alarm-unwritable`
 */
export function saveWatch(file: string, state: WatchState): void {
  replaceFile(file, watchStateText(state))
}

/**
 * Null where none was saved.
 *
 * @throws Problem `alarm-state-damaged` with the file
 */
export function loadWatch(file: string): WatchState | null {
  const text = readIfThere(file)
  try {
    return text === null ? null : readWatchState(text)
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
}
