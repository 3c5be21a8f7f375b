import assert from 'node:assert/strict';
import { afterAction, changed, DATA, titlesIn } from './kit.ts';

describe('ide: extract a condition into a segment', () => {
  const text = `plumbline: 1
metrics:
  high:
    type: count
    source: tickets
    where: [pri┆ority = 'high', hours > 1]
`;

  it('writes it behind the last segment of the project, and leaves the metric', async () => {
    const result = await afterAction({ ...DATA, 'a.metrics.yaml': text }, 'Extract the condition');
    assert.equal(result['a.metrics.yaml'], text.replace('┆', ''));
    assert.match(
      result['sources.metrics.yaml'] ?? '',
      /by: name \}\n {2}tickets_by_priority: \{ source: tickets, where: priority = 'high' \}\n$/,
    );
  });

  it('or takes it away, and breaks down by it', async () => {
    const result = await changed(text, 'Break down by');
    assert.match(result, /where: hours > 1\n {4}segments: \[tickets_by_priority\]\n$/);
    const only = text.replace("[pri┆ority = 'high', hours > 1]", 'hou┆rs > 1');
    assert.match(
      await changed(only, 'Break down by'),
      /source: tickets\n {4}segments: \[tickets_by_hours\]\n$/,
    );
  });

  it('begins a section of segments where the project has none', async () => {
    const alone = {
      ...DATA,
      'sources.metrics.yaml': DATA['sources.metrics.yaml'].replace(/segments:[\s\S]*/, ''),
    };
    const result = await afterAction({ ...alone, 'a.metrics.yaml': text }, 'Extract the condition');
    assert.match(
      result['a.metrics.yaml'] ?? '',
      /hours > 1\]\n\nsegments:\n {2}tickets_by_priority:\n {4}source: tickets\n {4}where: priority = 'high'\n$/,
    );
  });

  it('is not offered for what only metrics know', async () => {
    const bounds = text.replace("pri┆ority = 'high'", 'closed┆_at < period_end');
    const titles = await titlesIn({ ...DATA, 'a.metrics.yaml': bounds });
    assert.deepEqual(
      titles.filter((title) => /segment/.test(title)),
      [],
    );
  });
});
