/** What hosts and faces use of the core. It needs nothing but a JavaScript engine. */
export { analyse } from './analyse.ts';
export { compareProblems, type Problem } from './base/problem.ts';
export { evaluate } from './evaluate/evaluate.ts';
export { loadData } from './evaluate/load-data.ts';
export { resultDocument } from './evaluate/result.ts';
export { runExamples } from './evaluate/run-examples.ts';
export { kinds } from './kinds/index.ts';
export { problemKinds } from './registry.ts';
export { findRoot, findRoots, loadProject } from './workspace.ts';
