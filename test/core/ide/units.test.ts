import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/analyse.ts';
import type { TextEdit } from '../../../server/src/core/base/problem.ts';
import type { Place } from '../../../server/src/core/base/span.ts';
import { fileAt, type IdeContext, type IdeFile } from '../../../server/src/core/ide/ide-context.ts';
import { occurrenceIndex } from '../../../server/src/core/ide/occurrences.ts';
import { references } from '../../../server/src/core/ide/references.ts';
import { rename } from '../../../server/src/core/ide/rename.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { TextUnits } from '../../../server/src/core/syntax/units/text-units.ts';
import { pathOf } from '../../../server/src/core/syntax/units/unit-id.ts';
import { asWhole } from '../../kit/as-whole.ts';
import { projectOf } from '../../kit/project.ts';
import { saasTexts } from '../../kit/saas.ts';

/** The sample read as whole files, and read as the units of its files. */
async function bothWays(): Promise<{
  whole: IdeContext;
  parts: IdeContext;
  units: ReadonlyMap<string, TextUnits>;
}> {
  const loaded = await projectOf(saasTexts());
  const contextOf = (from: typeof loaded): IdeContext => ({ ...analyse(from, kinds), numbers: undefined });
  return { whole: contextOf(asWhole(loaded)), parts: contextOf(loaded), units: loaded.texts };
}

describe('names in files that are read definition by definition', () => {
  it('stand, and are renamed, where they are in whole files', async () => {
    const { whole, parts, units } = await bothWays();
    const inFile = <Item extends Place>(item: Item): Item => {
      const span = units.get(pathOf(item.file))?.place(item.file, item.span);
      assert.ok(span, item.file);
      return { ...item, file: pathOf(item.file), span };
    };
    const index = occurrenceIndex(whole.checked);
    const places = index.all.filter(({ inherited }) => !inherited);
    assert.ok(places.length > 500, 'the sample names many things');
    const renamed = new Set<unknown>();
    for (const place of places) {
      const { file, span, named, declares } = place;
      const wholeFile = fileAt(whole, file);
      const cut = units.get(file)?.unitAt(span.start);
      const partFile: IdeFile | undefined = fileAt(parts, cut?.unit.id ?? '');
      assert.ok(wholeFile && partFile && cut, named.name);
      const expected = references(whole, wholeFile, span.start);
      assert.deepEqual(
        sorted(references(parts, partFile, cut.offset).map(inFile)),
        sorted(expected),
        named.name,
      );
      assert.deepEqual(
        // One word may stand for columns of several sources, as the entity of steps that read them.
        sorted(once(index.at(place).flatMap((each) => index.of(each.named)))),
        sorted(expected.map(({ file: at, span: where }) => ({ file: at, span: where }))),
        'what is looked for in texts is what the index knows',
      );
      if (!declares) continue;
      renamed.add(named);
      const edits = (context: IdeContext, of: IdeFile, offset: number): readonly TextEdit[] => {
        const answer = rename(context, of, offset, 'renamed_thing');
        assert.ok(answer !== undefined && 'edits' in answer, named.name);
        return answer.edits;
      };
      assert.deepEqual(
        sorted(edits(parts, partFile, cut.offset).map(inFile)),
        sorted(edits(whole, wholeFile, span.start)),
        named.name,
      );
    }
    assert.ok(renamed.size > 100);
  });
});

/** Each place once. */
function once(places: readonly Place[]): readonly Place[] {
  const byKey = new Map(places.map(({ file, span }) => [JSON.stringify([file, span]), { file, span }]));
  return [...byKey.values()];
}

function sorted<Item extends Place>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => a.file.localeCompare(b.file) || a.span.start - b.span.start);
}
