import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Segments that nothing is broken down by. */
export const unusedSegment: Rule = {
  id: 'unused-segment',
  severity: 'off',
  tag: 'unused',
  summary: 'No metric, target or journey names a segment.',
  documentation: page({
    why: `
      A segment that no metric lists under \`segments\` or \`total_over\`, and that no target, example or journey names, is seen
      only by whoever asks for it (\`plumbline eval --by\`, or the choices of a preview). Most often it was left behind when a
      metric changed. Asking for it is a use too, so that the rule is off until a project turns it on:
      \`rules: { unused-segment: info }\` in \`plumbline.yaml\`.`,
    wrong: `
      segments:
        industry: { source: accounts, by: industry }
      metrics:
        accounts_won: { type: count, source: accounts }`,
    right: `
      segments:
        industry: { source: accounts, by: industry }
      metrics:
        accounts_won: { type: count, source: accounts, segments: [industry] }`,
    mend: `
      Remove the segment, or list it under the \`segments\` of a metric that it explains. Where it is there to be asked for, say
      so above it: \`# plumbline-ignore unused-segment: asked for by the sales team\`.`,
  }),
  check({ project, surroundings }, report) {
    for (const { definitions } of project.files) {
      for (const definition of definitions) {
        if (definition.definition !== 'segment' || surroundings.isNamed(definition)) continue;
        report(
          spotOf(definition.file, definition.nameNode),
          `No metric, target or journey names the segment "${definition.name}": it is shown only where somebody asks for it.`,
        );
      }
    }
  },
};
