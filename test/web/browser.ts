/** A headless Chromium for the tests of the page: one for a file, a fresh context for a test. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that CHROMIUM names, or that is in PATH. */
function found(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** Reason why the page cannot be tested on this machine; undefined where it can. */
export const browserMissing = found() === undefined ? 'chromium is not installed' : undefined;

let browser: Promise<Browser> | undefined;

export function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: found(),
    // Chromium as root, and in containers without much shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  return browser;
}

/** Call it in each file that opens pages. */
export function closeBrowserAfterwards(): void {
  afterAll(async () => {
    const open = browser;
    browser = undefined;
    await (await open)?.close();
  });
}

/** A page in a context of its own, gone after the test, which fails if the page had an error or broke its policy. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await theBrowser()).newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A WebSocket or a request that is refused or lost is written there by the browser, and is shown by the page.
    const isOfNetwork = /Failed to load resource|WebSocket connection to/.test(message.text());
    if (message.type() === 'error' && !isOfNetwork) faults.push(message.text());
  });
  page.setDefaultTimeout(60_000);
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  return page;
}

/**
 * Waits until it is seen, once or in several places: a page is live, and what an action shows in one panel may come into
 * another with the next reading. Playwright's own `waitFor` fails where there are two.
 */
export const seen = (locator: Locator): Promise<void> => locator.filter({ visible: true }).first().waitFor();

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Faults of accessibility that axe finds in the page as it is now, a line for each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 150)} ${failureSummary}`),
  );
}

/** Whether the page can be scrolled sideways. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
