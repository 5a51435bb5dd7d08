import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** The fast suite is what `npm test` runs; the slow ones are named and all of them run in `.ci/run`. */
export default defineConfig({
  test: {
    // All cores: many tests wait for the program, which runs beside them.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: "fast", include: ["tests/**/*.test.ts"], testTimeout: 30_000 } },
      {
        test: {
          name: "nodes",
          include: ["tests/**/*.nodes.ts"],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      { test: { name: "fuzz", include: ["tests/**/*.fuzz.ts"], testTimeout: 1_200_000 } },
      { test: { name: "browser", include: ["tests/**/*.browser.ts"], testTimeout: 120_000 } },
    ],
  },
})
