import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { checkAccessibility } from './check-accessibility.ts';
import { followLine } from './follow-line.ts';

/** What a command works with. */
interface Asked {
  readonly page: Page;
  readonly params: URLSearchParams;
  /** Where pictures are kept. */
  readonly shots: string;
}

/** No value takes longer to come. */
const LIMIT_MS = 20_000;

/**
 * What can be asked of the page. An element is named by `of`, a CSS selector, or by `role` and `name`, as a screen reader names
 * it; `in=webview` looks for it in the webview that is shown. Each waits for its element and fails where none comes.
 */
export const COMMANDS: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  screenshot,
  click,
  press,
  write,
  text,
  wait,
  gone,
  drawn: waitForDrawn,
  undrawn: waitForUndrawn,
  box,
  show,
  axe: async ({ page, params }) =>
    JSON.stringify(await checkAccessibility(scope(page, params).locator('html'))),
  type: typeUntilNew,
};

/** The window, or the document inside the webview that is shown in it. VS Code wraps each in two frames. */
function scope(page: Page, params: URLSearchParams): Page | FrameLocator {
  if (params.get('in') !== 'webview') return page;
  return page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
}

function element(page: Page, params: URLSearchParams): Locator {
  const [of, role, name] = ['of', 'role', 'name'].map((key) => params.get(key) ?? undefined);
  const within = scope(page, params).locator(of ?? 'body');
  if (role === undefined) return within.first();
  // The role is a word that Playwright checks itself.
  const wanted = role as Parameters<Locator['getByRole']>[0];
  return within.getByRole(wanted, name === undefined ? {} : { name, exact: true }).first();
}

/** Takes a picture of the whole window, with what fades in at its end. */
async function screenshot({ page, params, shots }: Asked): Promise<string> {
  const picture = params.get('picture') ?? '';
  if (!/^[\w-]+$/.test(picture)) throw new Error(`"${picture}" is no name of a picture.`);
  await element(page, params).waitFor({ state: 'attached' });
  await page.evaluate(whenStill);
  await page.screenshot({ path: join(shots, `${picture}.png`), animations: 'disabled' });
  return '';
}

/** Resolves when nothing fades in or out any more. What turns for ever is not waited for. Runs in the page. */
async function whenStill(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

async function click({ page, params }: Asked): Promise<string> {
  await element(page, params).click();
  return '';
}

/** Presses keys one after another where the focus is: `Tab`, `Control+Enter`. */
async function press({ page, params }: Asked): Promise<string> {
  for (const key of params.getAll('key')) await page.keyboard.press(key);
  return '';
}

/** Types a text where the focus is. */
async function write({ page, params }: Asked): Promise<string> {
  await page.keyboard.type(params.get('text') ?? '');
  return '';
}

async function text({ page, params }: Asked): Promise<string> {
  return (await element(page, params).textContent()) ?? '';
}

/** Answers with the text of the first element that matches a pattern, as soon as there is one that is seen. */
async function wait({ page, params }: Asked): Promise<string> {
  const hasText = new RegExp(params.get('pattern') ?? '', params.get('flags') ?? '');
  const found = scope(page, params)
    .locator(params.get('of') ?? 'body')
    .filter({ hasText })
    .first();
  await found.waitFor();
  return (await found.textContent()) ?? '';
}

/**
 * Answers with a text that the style sheet writes behind an element, as the editor does with decorations, as soon as one matches a pattern. The
 * document does not hold it.
 */
async function waitForDrawn({ page, params }: Asked): Promise<string> {
  const found = await page.waitForFunction(drawnText, drawn(params));
  return String(await found.jsonValue());
}

/** Answers when the style sheet writes no such text any more. */
async function waitForUndrawn({ page, params }: Asked): Promise<string> {
  const wanted = drawn(params);
  while ((await page.evaluate(drawnText, wanted)) !== undefined) await page.evaluate(nextFrame);
  return '';
}

type Drawn = readonly [selector: string, pattern: string, flags: string];

function drawn(params: URLSearchParams): Drawn {
  return [params.get('of') ?? 'body', params.get('pattern') ?? '', params.get('flags') ?? ''];
}

/** Runs in the page. */
function drawnText([selector, pattern, flags]: Drawn): string | undefined {
  const texts = [...document.querySelectorAll(selector)].map((each) =>
    // A text of a style sheet stands in quotes, and spaces in it are hard.
    getComputedStyle(each, '::after').content.replace(/^"|"$/g, '').replaceAll('\u00a0', ' '),
  );
  return texts.find((text) => new RegExp(pattern, flags).test(text));
}

/** Runs in the page. */
function nextFrame(): Promise<number> {
  return new Promise((done) => {
    requestAnimationFrame(done);
  });
}

/** Answers when nothing that matches is there any more. */
async function gone({ page, params }: Asked): Promise<string> {
  await element(page, params).waitFor({ state: 'detached' });
  return '';
}

/** Where an element lies in the window, in pixels, as JSON. */
async function box({ page, params }: Asked): Promise<string> {
  const found = element(page, params);
  await found.waitFor({ state: 'attached' });
  return JSON.stringify(await found.boundingBox());
}

/** Scrolls until an element is the first thing that is seen. */
async function show({ page, params }: Asked): Promise<string> {
  const found = element(page, params);
  await found.waitFor({ state: 'attached' });
  await found.evaluate((shown) => shown.scrollIntoView({ block: 'start' }));
  return '';
}

/**
 * Types where the focus is, and answers with what a line shows until its value is new. The clock is the page's own, from the key to
 * the frame in which the line shows what it had not shown before.
 */
async function typeUntilNew({ page, params }: Asked): Promise<string> {
  const line = params.get('line') ?? '';
  await page.locator('.monaco-editor .view-line', { hasText: line }).first().waitFor();
  const followed = await page.evaluateHandle(followLine, [line, LIMIT_MS] as const);
  await page.keyboard.type(params.get('text') ?? '');
  return JSON.stringify(await followed.evaluate(({ end }) => end));
}
