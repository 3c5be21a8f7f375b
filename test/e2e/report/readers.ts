import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { checkAccessibility } from '../code-server/check-accessibility.ts';

/** With what pages are read. */
export const READERS = [
  { colorScheme: 'light', width: 1200 },
  { colorScheme: 'dark', width: 1200 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const;

/** Fails where one of some pages asks for something, is wider than the window, cannot be read by everybody, or goes wrong. */
export async function assertReadable(
  browser: Browser,
  { colorScheme, width }: (typeof READERS)[number],
  paths: readonly string[],
): Promise<void> {
  const problems: string[] = [];
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const asked = await watched(page, problems);
  for (const path of paths) {
    asked.length = 0;
    await page.goto(pathToFileURL(path).href);
    assert.deepEqual(asked, [pathToFileURL(path).href], 'a page asks for nothing but itself');
    const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(beyond) <= 0, `${path} is ${beyond} px too wide`);
    assert.deepEqual(await checkAccessibility(page.locator('html')), [], path);
  }
  assert.deepEqual(problems, []);
  await context.close();
}

/** Notes what a page asks for, which it does not get unless it is a file, and what goes wrong in it. */
async function watched(page: Page, problems: string[]): Promise<string[]> {
  const asked: string[] = [];
  await page.context().setOffline(true);
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(dialog.message());
    void dialog.dismiss();
  });
  return asked;
}
