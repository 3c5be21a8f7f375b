import assert from 'node:assert/strict';
import { Cancelled } from '../../../server/src/core/base/cancel.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { testEngine } from '../../kit/engine.ts';
import { sessionOf } from '../../kit/session.ts';
import { shownOf } from '../../kit/shown.ts';
import { createWorkspace, type Workspace } from '../workspace.ts';

const SOURCE = `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
`;
const ORDERS = `${SOURCE}metrics:
  orders: { type: count, source: orders }
`;
const LARGE = `${ORDERS}  large: { type: count, source: orders, where: amount > 5 }\n`;

describe('a session whose data were on their way to be others', () => {
  const [engine, other] = [testEngine(), testEngine()];
  let workspace: Workspace;
  let path: string;

  beforeEach(async () => {
    workspace = await createWorkspace({
      'plumbline.yaml': '',
      'orders.csv': 'at,amount\n2025-01-02,5\n2025-02-03,6\n',
    });
    path = `${workspace.folder}/a.metrics.yaml`;
  });
  afterEach(() => workspace.end());

  /** What a session shows that has had one text after the other is what one shows that only ever had the last. */
  async function assertAsFresh(engine: QueryEngine, edit: Edit, last: string): Promise<void> {
    const [living, fresh] = [sessionOf(workspace.folder, engine), sessionOf(workspace.folder, other)];
    try {
      await edit(async (text) => {
        living.session.setText(path, text);
        await living.session.analysis();
      }, living.session.whenSettled.bind(living.session));
      living.session.setText(path, last);
      fresh.session.setText(path, last);
      assert.deepEqual(await shownOf(living.session), await shownOf(fresh.session));
      assert.deepEqual([...living.errors, ...fresh.errors], []);
    } finally {
      await Promise.all([living.session.dispose(), fresh.session.dispose()]);
    }
  }

  it('shows the numbers of a source that was gone for a moment', () =>
    assertAsFresh(engine, goneForAMoment, LARGE));

  it('knows the types of a source that was gone for a moment', () =>
    assertAsFresh(
      engine,
      goneForAMoment,
      `${ORDERS}  wrong: { type: count, source: orders, where: amount = 'a' }\n`,
    ));

  it('loads its data again where a load of others was given up', async () => {
    const { interrupted, begun } = interruptedAt(2, engine);
    await assertAsFresh(
      interrupted,
      async (set, settled) => {
        await set(ORDERS);
        await settled();
        await set(
          `${SOURCE.replace('time: at', 'time: at, columns: { amount: { type: integer } }')}${ORDERS.slice(SOURCE.length)}`,
        );
        await begun;
      },
      LARGE,
    );
  });
});

const goneForAMoment: Edit = async (set, settled) => {
  await set(ORDERS);
  await settled();
  await set('');
  await settled();
};

type Edit = (set: (text: string) => Promise<void>, settled: () => Promise<void>) => Promise<void>;

/** An engine of which one load takes out what lies in it, and then goes on until it is cancelled. */
function interruptedAt(
  which: number,
  engine: QueryEngine,
): { readonly interrupted: QueryEngine; readonly begun: Promise<void> } {
  let loads = 0;
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const load: QueryEngine['load'] = async (specs, options) => {
    loads += 1;
    if (loads !== which) return engine.load(specs, options);
    await engine.load([]);
    begin();
    await new Promise<void>((resolve) => options?.signal?.addEventListener('abort', () => resolve()));
    throw new Cancelled();
  };
  return { interrupted: { ...engine, load }, begun };
}
