// The script of the scorecard's page: it shows again what the page says already, so that it can be filtered, grouped and ordered.
import { render } from 'preact';
import { type Memory, MemoryContext } from '../../views/host.ts';
import { ScorecardView } from '../../views/scorecard/scorecard-view.tsx';
import { INDEX } from '../page-path.ts';
import { reportHost } from '../report-host.ts';
import type { ScorecardData } from '../scorecard-data.ts';

/** What a reader has set is in the address, so that it can be sent to others and outlives the page. */
function addressMemory(initial: Readonly<Record<string, string>>): Memory {
  const read = (): URLSearchParams => new URLSearchParams(window.location.hash.slice(1));
  return {
    get: (key) => read().get(key) ?? initial[key],
    set(key, value) {
      const all = read();
      if (value === (initial[key] ?? '')) all.delete(key);
      else all.set(key, value);
      window.history.replaceState(null, '', `#${all}`);
    },
  };
}

const [root, data] = ['scorecard', 'data'].map((id) => document.getElementById(id));
if (root != null && data != null) {
  const { scorecard, pages, groupBy }: ScorecardData = JSON.parse(data.textContent ?? '');
  root.textContent = '';
  render(
    <MemoryContext.Provider value={addressMemory({ grouping: groupBy })}>
      <ScorecardView preview={scorecard} host={reportHost(INDEX, new Set(pages))} />
    </MemoryContext.Provider>,
    root,
  );
}
