/** Loss and return of the agent and of VPP, in every view: said plainly, and over by itself. */

import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { dashboardAgent } from '../plugins/dashboard/dashboard-agent.js';
import { builtTree } from '../support/built.js';
import { excused } from '../support/needs.js';
import { toolsMissing } from '../support/tools.js';
import { browserMissing, closeBrowserAfterwards, newPage, seen } from './browser.js';
import { scene } from './scene.js';

/** Views by their paths, with a text that each shows while all is well. */
const VIEWS: Readonly<Record<string, string>> = {
  overview: 'Buffers default-numa-0',
  interfaces: 'loop0',
  'interfaces/1': 'rx unicast',
  drops: 'time_expired',
  nodes: 'ip4-lookup',
  api: 'Messages that take VPP longest',
  'packet-trace': 'You may only read',
  tables: 'One question, however large the table is.',
  operations: 'interface.list',
};

const banner = (page: Page) => page.locator('.banners');

async function isWell(page: Page, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await banner(page).textContent()).toBe('');
      expect(await page.getByText(text).count(), page.url()).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 200 },
  );
}

describe('every view', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('tells of the loss of VPP and of the agent, and is as before when they return', async () => {
    // Counters of every node and error move all the time: what has not moved since the last reading is not shown.
    const { ui, agent, mock, url } = await scene(
      {},
      { updateMs: 20, traffic: { packetsPerSecond: 100_000, workers: 2 } },
    );
    const pages = await Promise.all(
      Object.entries(VIEWS).map(async ([path, text]) => {
        const page = await newPage();
        await page.goto(`${ui}#/${path}`);
        return { page, text };
      }),
    );
    const allSay = (words: string) => Promise.all(pages.map(({ page }) => seen(banner(page).getByText(words))));
    const allAreWell = () => Promise.all(pages.map(({ page, text }) => isWell(page, text)));
    await allAreWell();

    await mock.stop();
    await allSay('VPP is away');
    await mock.restart();
    await allAreWell();

    await agent.close();
    await allSay('No connection to the agent');
    for (const { page } of pages) expect(await page.locator('.pills .pill.good').count()).toBe(0);
    await dashboardAgent({ http: { endpoint: url.replace('http://', '') }, dashboard: { interval: '100ms' } }, mock);
    await allAreWell();
  });
});
