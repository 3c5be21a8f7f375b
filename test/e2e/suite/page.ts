import assert from 'node:assert/strict';
import type { Violation } from '../code-server/check-accessibility.ts';
import type { Followed } from '../code-server/follow-line.ts';

/** Whether the editor runs in a page, whose pictures can be taken and whose keys can be pressed. */
export const hasPage = process.env.E2E_PAGE !== undefined;

/** An element by its CSS selector, or by its role and name, as a screen reader has them. */
export type Target = string | { readonly role: string; readonly name?: string };

/** Where an element is looked for: in the window, or in the document of the one webview that is shown in it. */
export type Where = 'window' | 'webview';

/**
 * Takes a picture of the window when it shows an element, and fails where it does not. Does nothing where the editor does not
 * run in a page; everything else here wants one.
 *
 * @param picture the name of its file
 */
export async function screenshot(picture: string, of: Target, where: Where = 'window'): Promise<void> {
  if (hasPage) await ask('screenshot', { picture, ...named(of, where) });
}

/** Clicks an element when it can be clicked. */
export async function click(target: Target, where: Where = 'window'): Promise<void> {
  await ask('click', named(target, where));
}

/** Presses keys one after another where the focus is: `press('Tab', 'Control+Enter')`. */
export async function press(...keys: readonly string[]): Promise<void> {
  await ask('press', { key: keys });
}

/** Types a text where the focus is. */
export async function write(text: string): Promise<void> {
  await ask('write', { text });
}

/** The text of an element, as soon as there is one. `textOf(':focus', 'webview')` tells where the focus is. */
export function textOf(target: Target, where: Where = 'window'): Promise<string> {
  return ask('text', named(target, where));
}

/** The text of the first element with a CSS selector that matches a pattern, as soon as there is one that is seen. */
export function waitForText(selector: string, pattern: RegExp, where: Where = 'window'): Promise<string> {
  return ask('wait', { ...named(selector, where), pattern: pattern.source, flags: pattern.flags });
}

/** The text that a decoration writes behind an element of the window with a CSS selector, as soon as one matches a pattern. */
export function waitForDrawn(selector: string, pattern: RegExp): Promise<string> {
  return ask('drawn', { of: selector, pattern: pattern.source, flags: pattern.flags });
}

/** Resolves when no decoration writes a text that matches any more. */
export async function waitForNoneDrawn(selector: string, pattern: RegExp): Promise<void> {
  await ask('undrawn', { of: selector, pattern: pattern.source, flags: pattern.flags });
}

/** Resolves when no such element is there any more. */
export async function waitForNone(target: Target, where: Where = 'window'): Promise<void> {
  await ask('gone', named(target, where));
}

/** Scrolls until an element is the first thing that is seen of what scrolls. */
export async function scrollTo(target: Target, where: Where = 'window'): Promise<void> {
  await ask('show', named(target, where));
}

/** Where an element lies in the window, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an element lies, as soon as it is there. */
export async function boxOf(target: Target, where: Where = 'window'): Promise<Box> {
  return JSON.parse(await ask('box', named(target, where)));
}

/** What axe-core finds that is serious or worse. */
export async function axe(where: Where): Promise<readonly Violation[]> {
  return JSON.parse(await ask('axe', { in: where }));
}

/**
 * Presses keys where the focus is, and follows the line that begins with a text until it shows another value that is not marked as old.
 * Resolves to everything that it showed, from before the key on.
 */
export async function typeUntilNew(text: string, line: string): Promise<Followed> {
  return JSON.parse(await ask('type', { text, line }));
}

function named(target: Target, where: Where): Record<string, string> {
  return { in: where, ...(typeof target === 'string' ? { of: target } : target) };
}

async function ask(command: string, params: Record<string, string | readonly string[]>): Promise<string> {
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([key, value]) =>
      [value].flat().map((each): [string, string] => [key, each]),
    ),
  );
  const answer = await fetch(`${process.env.E2E_PAGE}/${command}?${query}`, { method: 'POST' });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return text;
}
