import type { Scorecard } from '../core/preview/preview.ts';
import { type Memory, MemoryContext, type ViewHost } from '../views/host.ts';
import { Link } from '../views/parts/link.tsx';
import { counted } from '../views/parts/numbers.ts';
import { Section } from '../views/parts/section.tsx';
import { ScorecardView } from '../views/scorecard/scorecard-view.tsx';
import { pageKey } from './page-key.ts';
import { INDEX } from './page-path.ts';
import { renderDocument } from './render-document.tsx';
import type { DefinedAt, PageSubject, Report, ReportProblem } from './report.ts';
import { reportHost } from './report-host.ts';
import { ReportTrail } from './report-trail.tsx';
import type { ScorecardData } from './scorecard-data.ts';

/** The page of the scorecard, with what else is in the report and what was found to be wrong. */
export function scorecardPage(report: Report, preview: Scorecard<DefinedAt>): string {
  const pages = report.subjects.map(pageKey);
  const host = reportHost(INDEX, new Set(pages));
  // Without a name a project is called after its folder.
  const scorecard = { ...preview, project: report.name };
  const data: ScorecardData = { scorecard, pages, groupBy: report.groupBy };
  return renderDocument({
    name: report.name,
    trail: <ReportTrail report={report} path={INDEX} />,
    title: report.name,
    data,
    children: (
      <>
        <div id="scorecard" class="view">
          <MemoryContext.Provider value={startingWith(report)}>
            <ScorecardView preview={scorecard} host={host} />
          </MemoryContext.Provider>
        </div>
        {LISTED.map(({ kind, title }) => (
          <Names key={kind} id={`${kind}s`} title={title} subjects={ofKind(report, kind)} host={host} />
        ))}
        <Problems problems={report.problems} />
      </>
    ),
  });
}

/** What the scorecard itself does not list. */
const LISTED = [
  { kind: 'target', title: 'Targets' },
  { kind: 'segment', title: 'Segments' },
  { kind: 'source', title: 'Sources' },
] as const;

function startingWith({ groupBy }: Report): Memory {
  return { get: (key) => (key === 'grouping' ? groupBy : undefined), set: () => {} };
}

function ofKind({ subjects }: Report, kind: PageSubject['kind']): Report['subjects'] {
  return subjects.filter((subject) => subject.kind === kind);
}

function Names({
  id,
  title,
  subjects,
  host,
}: {
  readonly id: string;
  readonly title: string;
  readonly subjects: Report['subjects'];
  readonly host: ViewHost<DefinedAt>;
}) {
  if (subjects.length === 0) return null;
  return (
    <Section id={id} title={title}>
      <ul class="names">
        {subjects.map(({ label, ...subject }) => (
          <li key={subject.name}>
            <Link to={host.toSubject(subject)}>{label}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** So many are read; a report that has more is not what they are to be read in. */
const MOST_PROBLEMS = 50;

function Problems({ problems }: { readonly problems: readonly ReportProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Section id="problems" title="Problems">
      <p class="quiet">What was found in the definitions and the data behind these numbers.</p>
      <ul class="plain stack">
        {problems.slice(0, MOST_PROBLEMS).map(({ severity, at, message }, index) => (
          <li key={index}>
            <strong>{severity}</strong> {message} <code class="quiet">{at}</code>
          </li>
        ))}
      </ul>
      {problems.length <= MOST_PROBLEMS ? null : (
        <p class="quiet">
          {counted(problems.length - MOST_PROBLEMS, 'more problem')}; "plumbline check" and "plumbline eval"
          list all.
        </p>
      )}
    </Section>
  );
}
