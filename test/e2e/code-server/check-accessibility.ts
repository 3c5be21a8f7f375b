import axe, { type AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';

/** A rule of axe-core that a document breaks. */
export interface Violation {
  readonly rule: string;
  readonly impact: 'serious' | 'critical';
  readonly help: string;
  /** Of each element its markup and what is wrong with it. */
  readonly elements: readonly string[];
}

// What the document has once the source of axe-core was evaluated in it.
declare const window: { readonly axe: { run(options: object): Promise<AxeResults> } };

/**
 * Checks a document with axe-core, and gives what is serious or worse. The checker is evaluated from outside, which the strictest
 * content security policy does not forbid.
 *
 * @param root the root element of the document
 */
export async function checkAccessibility(root: Locator): Promise<readonly Violation[]> {
  await root.evaluate(axe.source);
  const { violations } = await root.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap(({ id, impact, help, nodes }) =>
    impact === 'serious' || impact === 'critical'
      ? [
          {
            rule: id,
            impact,
            help,
            elements: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary ?? ''}`),
          },
        ]
      : [],
  );
}
