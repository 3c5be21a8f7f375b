import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderOf } from '../cli/kit.ts';
import { startHintsClient } from '../lsp/hints-client.ts';
import { blocksOf } from './blocks.ts';
import { commandsOf } from './shown-output.ts';
import { tablesUnder } from './tables.ts';
import { stepsOf, writeStep } from './tutorial.ts';

/** Of the standard normal distribution, 97.5 %, as statistical tables print it. */
const Z = 1.959964;

type Cells = Readonly<Record<string, string>>;

/** A tutorial, with what its tables of data hold and what its commands show: without our reader, engine or periods. */
function tutorial(name: string) {
  const text = readFileSync(join('docs', 'tutorials', `${name}.md`), 'utf8');
  const blocks = blocksOf(text);
  const commands = blocks.flatMap((block) => (block.language === 'console' ? commandsOf(block.text) : []));
  return {
    text,
    rows(file: string): readonly Cells[] {
      const [head = '', ...lines] = (blocks.find(({ words }) => words[0] === file)?.text ?? '')
        .trim()
        .split('\n');
      const names = head.split(',');
      return lines.map((line) =>
        Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])),
      );
    },
    /** What each call of a command shows. */
    shown: (command: string): readonly string[] =>
      commands.filter((one) => one.command === command).map(({ shown }) => shown),
  };
}

/** Each pattern is found in a text; white space in them stands for any. */
function says(text: string | undefined, ...lines: readonly string[]): void {
  const plain = (words: string): string => words.replace(/\s+/g, ' ').trim();
  for (const line of lines)
    assert.ok(plain(text ?? '').includes(plain(line)), `"${line}" is not in:\n${text}`);
}

const percent = (value: number): string => (100 * value).toFixed(1);

describe('the numbers of the first metric', () => {
  const page = tutorial('first-metric');
  const answers = page.rows('answers.csv');
  const of = (month: string, plan?: string): readonly Cells[] =>
    answers.filter((row) => row.answered_on?.startsWith(month) && (plan ?? row.plan) === row.plan);
  const good = (rows: readonly Cells[]): number => rows.filter(({ rating }) => Number(rating) >= 4).length;
  const share = (rows: readonly Cells[]): number => good(rows) / rows.length;
  /** The interval of Wilson for a share. */
  const wilson = (rows: readonly Cells[]): string => {
    const [n, p] = [rows.length, share(rows)];
    const [below, centre] = [1 + Z ** 2 / n, p + Z ** 2 / (2 * n)];
    const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
    return [centre - half, centre + half].map((bound) => percent(bound / below)).join('–');
  };
  const cells = (rows: readonly Cells[]): string => `${percent(share(rows))} %* ${wilson(rows)}`;
  const change = (now: string, was: string): string => (100 * (share(of(now)) - share(of(was)))).toFixed(1);

  it('are those of plain code, month by month and by plan', () => {
    const [first, second] = page.shown('plumbline eval');
    says(first, `Satisfaction ▁█ ${cells(of('2025-05'))} ≈ +${change('2025-05', '2025-04')} pp 5 2025-05`);
    says(second, `Satisfaction ▁██ ${cells(of('2025-06'))} = ${change('2025-06', '2025-05')} pp 5 2025-06`);
    const [split] = page.shown('plumbline eval --by plan');
    for (const plan of ['free', 'pro']) {
      const rows = of('2025-06', plan);
      says(split, `${cells(rows)} = 0.0 pp ${rows.length} 2025-06`);
      assert.equal(share(of('2025-05', plan)), share(rows));
    }
  });

  it('are those of plain code for the goal', () => {
    const months = ['2025-04', '2025-05', '2025-06'].map((month) => share(of(month)));
    const mean = months.reduce((sum, one) => sum + one, 0) / 3;
    const [, , last] = page.shown('plumbline eval');
    says(last, `2025-Q2 ≥ 70.0 % ${percent(share(answers))} % ? inconclusive`);
    says(page.text, `Why ${percent(share(answers))} %, and neither`, `which is ${percent(mean)} %?`);
    says(page.text, `of the ${answers.length} answers of the quarter, ${good(answers)} are a 4 or a 5`);
    // The goal lies within the interval, so that nothing is sure.
    const [low = 0, high = 0] = wilson(answers).split('–').map(Number);
    assert.ok(low < 70 && 70 < high);
  });

  describe('in the end', () => {
    const folder = folderOf({});
    const file = 'sprout.metrics.yaml';
    let text = '';

    before(() => {
      for (const step of stepsOf(page.text))
        if (step.does !== 'run' && step.does !== 'nothing') writeStep(folder, step);
      text = readFileSync(join(folder.path, file), 'utf8');
    });

    afterEach(() => folder.write(file, text));

    it('stand beside the text in an editor', async () => {
      const [table = []] = tablesUnder(page.text, '7. Look at it in the editor');
      const { server, hintsUntil } = await startHintsClient();
      try {
        const uri = pathToFileURL(join(folder.path, file)).href;
        await server.open(uri, text);
        const isThere = (all: ReadonlyMap<number, string>): boolean =>
          all.size === table.length && [...all.values()].every((label) => !label.startsWith('…'));
        const hints = await hintsUntil(uri, isThere);
        const lines = text.split('\n');
        const beside = [...(hints.at(-1) ?? [])].map(([line, label]) => [
          `\`${lines[line]?.trim()}\``,
          `\`${label}\``,
        ]);
        assert.deepEqual(beside.toSorted(), table.toSorted());
      } finally {
        server.child.kill();
        server.connection.dispose();
      }
    });

    it('meet the goal where all users have answered', async () => {
      folder.write(file, text.replace('key: answer_id\n', 'key: answer_id\n    coverage: census\n'));
      says((await folder.plumbline(['eval'])).stdout, '71.4 %  ✓ met');
    });

    it('fail the example where a 3 counts', async () => {
      folder.write(file, text.replace('value: rating\n', 'value: rating\n    satisfied: [3, 4, 5]\n'));
      const { code, stdout } = await folder.plumbline(['test']);
      assert.equal(code, 1);
      says(stdout, 'expected 50%', 'computed 75%');
    });
  });
});

describe('the numbers of the first review', () => {
  const page = tutorial('first-review');
  const plans = new Map(page.rows('users.csv').map(({ user_id, plan }) => [user_id, plan]));
  const visits = page.rows('visits.csv');
  const months = ['2025-03', '2025-04', '2025-05', '2025-06'];
  const of = (month: string, ...kept: readonly string[]): readonly Cells[] =>
    visits.filter(
      ({ visited_on, user_id }) => visited_on?.startsWith(month) && kept.includes(plans.get(user_id) ?? ''),
    );
  const users = (rows: readonly Cells[]): number => new Set(rows.map(({ user_id }) => user_id)).size;
  const all = (month: string): readonly Cells[] => of(month, 'free', 'pro');
  const paid = (month: string): readonly Cells[] => of(month, 'pro');
  const told = (was: number, now: number, decimals: number): string => {
    const change = now - was;
    const sign = change > 0 ? '+' : '';
    return `${was.toFixed(decimals)} before, ${now.toFixed(decimals)} after, ${sign}${change.toFixed(decimals)}`;
  };
  const per = (above: readonly Cells[], below: readonly Cells[]): number => above.length / users(below);
  const [before, after] = page.shown('plumbline diff main paying-users --merge-base');
  const free = visits.filter(({ user_id }) => plans.get(user_id) === 'free');

  it('are those of plain code for both comparisons', () => {
    for (const month of months) {
      const [now, was] = [paid(month), all(month)];
      for (const text of [before, after]) says(text, `${month}: ${told(users(was), users(now), 0)}`);
      says(before, `${month}: ${told(per(was, was), per(was, now), 2)}`);
      says(after, `${month}: ${told(was.length, now.length, 0)}`);
      // March does not differ for the metric that is right in the end.
      if (month !== '2025-03') says(after, `${month}: ${told(per(was, was), per(now, now), 2)}`);
    }
    assert.equal(per(all('2025-03'), all('2025-03')), per(paid('2025-03'), paid('2025-03')));
    for (const text of [before, after]) says(text, `user.plan <> 'free': ${free.length} rows lost to it`);
    says(page.text, `${free.length} of the ${visits.length} visits`);
  });

  it('make the goal flip', () => {
    assert.ok(users(all('2025-06')) >= 6 && users(paid('2025-06')) < 6);
    says(before, 'met in 2025-06 before, missed in 2025-06 after');
  });

  it('have their largest change in March, and nowhere among the groups', () => {
    const moves = months.map((month) => users(all(month)) - users(paid(month)));
    assert.equal(Math.max(...moves), moves[0]);
    assert.ok(months.every((month) => users(of(month, 'free')) <= (moves[0] ?? 0)));
    says(
      before,
      `the largest change is in 2025-03: ${told(users(all('2025-03')), users(paid('2025-03')), 0)}`,
    );
  });

  it('are split into rate and mix as textbooks do it', () => {
    const [shown] = page.shown('plumbline explain visits_per_user --by plan');
    const [may, june] = ['2025-05', '2025-06'] as const;
    for (const plan of ['free', 'pro']) {
      const [was, now] = [of(may, plan), of(june, plan)];
      const [weight, later] = [users(was) / users(all(may)), users(now) / users(all(june))];
      says(
        shown,
        `${plan} ${per(was, was).toFixed(2)} ${per(now, now).toFixed(2)} ${percent(weight)} % ${percent(later)} %`,
      );
    }
    const rate =
      (users(paid(may)) / users(all(may))) * (per(paid(june), paid(june)) - per(paid(may), paid(may)));
    says(shown, `${rate.toFixed(2)} +`);
    says(page.text, 'people who pay came 1.50 times in May, and 1.33 times in June', 'from 1.20 to 1.14');
  });
});

describe('the numbers of the first pipeline', () => {
  const page = tutorial('first-pipeline');
  const june = page.rows('orders.csv').filter(({ ordered_on }) => ordered_on?.startsWith('2025-06'));
  const sum = (rows: readonly Cells[]): number =>
    rows.reduce((total, { amount }) => total + Number(amount), 0);

  it('are those of plain code', () => {
    const metrics = blocksOf(page.text).find(({ words }) => words[0] === 'sprout.metrics.yaml')?.text;
    says(metrics, `expect: ${sum(june)}`);
    says(page.shown('plumbline ci')[2], `Expected ${sum(june)}, computed ${sum(june) - 5}`);
    says(page.text, `+        expect: ${sum(june.filter(({ channel }) => channel === 'app'))}`);
  });
});
