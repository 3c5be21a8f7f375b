import type { Link, Source } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Report, type Rule, spotOf } from '../report.ts';

/** Links that say no column of the other side, where that side has no key to stand for it. */
export const linkKey: Rule = {
  id: 'link-key',
  severity: 'error',
  summary: 'A link relies on the key of its target, which has none or one of several columns.',
  documentation: page({
    why: `
      \`using: account_id\` matches the target's \`key\`. That takes a target with a key of exactly one column. Where there is none,
      nobody has said that a row here leads to at most one row there, and rows could multiply.`,
    wrong: `
      sources:
        accounts: { data: accounts.csv }
        tickets:
          data: tickets.csv
          links: { account: { to: accounts, using: account_id } }`,
    right: `
      sources:
        accounts: { data: accounts.csv, key: account_id }`,
    mend: 'Declare the `key` of the target, or name the columns of both sides: `using: { account_id: id }`, all pairs of a key of several columns.',
  }),
  check({ project, damage }, report) {
    for (const source of project.sources.values()) {
      for (const link of source.links.values()) {
        const target = project.sources.get(link.to?.text ?? '');
        if (target !== undefined && !damage.incomplete.has(target)) checkLink(source, link, target, report);
      }
    }
  },
};

function checkLink(source: Source, link: Link, target: Source, report: Report): void {
  const short = link.using.find(({ theirs }) => theirs === undefined);
  if (short === undefined) return;
  const spot = spotOf(source.file, short.mine.node);
  // A key that is there but cannot be read is the schema's to report.
  if (target.node?.get('key') === undefined) {
    report(
      spot,
      `The source "${target.name}" has no key that "${short.mine.text}" could match: declare one, or write using: { ${short.mine.text}: <its column> }.`,
      {
        related: [
          {
            file: target.file,
            span: target.nameNode.span,
            message: 'The target of the link is defined here.',
          },
        ],
      },
    );
    return;
  }
  const columns = target.key?.items.length ?? 1;
  if (columns <= link.using.length) return;
  report(
    spot,
    `The key of "${target.name}" has ${columns} columns: name a pair for each, using: { mine: theirs, … }.`,
  );
}
