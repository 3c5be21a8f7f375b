import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { repository } from '../kit.ts';
import { HOSTILE } from './hostile-texts.ts';
import { problemAtText, reportOf, TEXT, written } from './report-kit.ts';

/** The two that servers hold reports to: that of Apache Ant as windyroad wrote it down, and that of Jenkins. */
const SCHEMAS = ['JUnit.xsd', 'jenkins-junit.xsd'];

describe('the JUnit report of plumbline ci', () => {
  for (const schema of SCHEMAS) {
    it(`is valid by ${schema}, whatever names and messages hold`, async () => {
      const problems = HOSTILE.flatMap(({ text }) => [
        problemAtText(TEXT, 'ordres', 'revenue', {
          message: text,
          file: `/repo/metrics/${text}.metrics.yaml`,
        }),
        problemAtText(TEXT, 'ordres', 'orders:', { message: text, severity: 'warning' }),
      ]);
      const report = reportOf(problems, { name: HOSTILE[0]?.text ?? '', metric: HOSTILE[1]?.text ?? '' });
      assert.deepEqual(await errorsOf(schema, written('junit', report)), []);
    });

    it(`is not valid by ${schema} without what it asks for`, async () => {
      const xml = written('junit', reportOf([problemAtText(TEXT, 'ordres')]));
      assert.notDeepEqual(await errorsOf(schema, xml.replaceAll(' name="', ' title="')), []);
    });
  }
});

async function errorsOf(schema: string, xml: string): Promise<readonly string[]> {
  const contents = readFileSync(join(repository(), 'test/fixtures/schemas', schema), 'utf8');
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: xml }],
    schema: [{ fileName: schema, contents }],
  });
  return errors.map(({ message }) => message);
}
