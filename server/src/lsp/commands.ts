/**
 * The commands that lenses and hovers name. Their arguments are plain: the name of a metric and the URI of a document of its project;
 * for `dependants` a URI, a position and the locations to list there; for `compare` the URI and then the metric, if it is one. Those that show something are the client's; what only
 * computes is the server's.
 */
export const COMMANDS = {
  dependants: 'plumbline.showReferences',
  preview: 'plumbline.preview',
  explain: 'plumbline.explain',
  sql: 'plumbline.showSql',
  examples: 'plumbline.runExamples',
  /** A URI of a document of the project, and the name of the metric to show; all that changed without one. */
  compare: 'plumbline.compareWithHead',
} as const;
