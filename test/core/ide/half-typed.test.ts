import { lineageAt, usedBy, uses } from '../../../server/src/core/ide/call-hierarchy.ts';
import { definitionAt, typeDefinitionAt } from '../../../server/src/core/ide/definition.ts';
import { documentLinks } from '../../../server/src/core/ide/document-links.ts';
import { outline } from '../../../server/src/core/ide/document-symbols.ts';
import { foldingRanges } from '../../../server/src/core/ide/folding-ranges.ts';
import { highlights, references } from '../../../server/src/core/ide/references.ts';
import { prepareRename, rename } from '../../../server/src/core/ide/rename.ts';
import { selectionRanges } from '../../../server/src/core/ide/selection-ranges.ts';
import { workspaceSymbols } from '../../../server/src/core/ide/workspace-symbols.ts';
import { ideFixture } from '../../kit/ide.ts';

const TEXT = `plumbline: 1
defaults: &d { source: orders }
sources:
  orders:
    data: { file: "data/*.csv", delimiter: ";" }
    columns: &c
      city: { header: "Ci ty" }
      big: { value: "amount > 1 and customer.country = 'FR'" }
    links: { customer: { to: customers, using: { customer_id: id } } }
  customers: { union: { orders: { id: customer_id }, other: *c } }
segments:
  size: { groups: { large: big, small: not big }, source: orders }
metrics:
  base: &b { type: count, where: [big, source_name = 'orders'], <<: *d }
  f: { type: formula, formula: p / previous(base, '1 year'), parts: { p: { metric: base } } }
  r: { <<: *b, type: ratio, numerator: base, denominator: { type: count, segments: [{ segment: size, via: customer }] } }
targets: { t: { metric: r, segment: size.large, at_least: 1 } }
journeys: { j: { segment: size.small, stages: { s: { metrics: [f] } } } }
`;

describe('navigation in half-typed text', () => {
  it('answers something or nothing at the end of every cut, and in the middle of it', async () => {
    for (let end = 0; end <= TEXT.length; end += 3) {
      const cut = TEXT.slice(0, end);
      const { context, file } = await ideFixture({ 'a.metrics.yaml': cut, 'data/a.csv': 'amount;id\n' });
      for (const offset of [end, Math.floor(end / 2), -1, end + 9]) {
        definitionAt(context, file, offset);
        typeDefinitionAt(context, file, offset);
        references(context, file, offset);
        highlights(context, [file], file, offset);
        prepareRename(context, file, offset);
        rename(context, file, offset, 'another');
        selectionRanges(context, file, offset);
        for (const item of lineageAt(context, file, offset)) {
          usedBy(context, item);
          uses(context, item);
        }
      }
      outline(file);
      foldingRanges(file);
      documentLinks(context, file);
      workspaceSymbols(context, 'a');
    }
  });
});
