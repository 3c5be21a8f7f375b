/**
 * How often properties run: seeded, so that a run can be repeated. `SEED` and `RUNS` (a factor) in the environment look
 * further than the tests of every day do. A failing case is not shrunk unless `SHRINK` is set, as each step evaluates a project.
 */
export function runs(count: number): { seed: number; numRuns: number; endOnFailure: boolean } {
  const { SEED, RUNS, SHRINK } = process.env;
  return {
    seed: Number(SEED ?? 1),
    numRuns: Math.ceil(count * Number(RUNS ?? 1)),
    endOnFailure: SHRINK === undefined,
  };
}
