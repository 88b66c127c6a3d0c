/** The choice of a dataplane: what is shown, where a link leads, and what is asked of whom. */

import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { builtTree } from '../support/built.js';
import { severalDataplanes } from '../support/dataplanes.js';
import { socketPath } from '../support/mock.js';
import { excused } from '../support/needs.js';
import { toolsMissing } from '../support/tools.js';
import {
  accessibilityFaults,
  browserMissing,
  closeBrowserAfterwards,
  newPage,
  scrollsSideways,
  seen,
} from './browser.js';
import { scene } from './scene.js';

const OF_EACH = ['stats', 'dashboard'];
const DASHBOARD = JSON.stringify({ interval: '100ms' });
const VERSIONS: Readonly<Record<string, string>> = { main: '26.06-mock', edge: '25.10-mock' };
/** `edge` has a loopback that `main` has not. */
const LOOPBACKS: Readonly<Record<string, number>> = { main: 1, edge: 2 };

/** `main` and `edge` with a dashboard each, `core` without one. */
async function world() {
  const several = await severalDataplanes(['edge', 'core'], {
    plugins: [...OF_EACH, ...OF_EACH.map((plugin) => ({ plugin, dataplane: 'edge' }))],
    files: { 'dashboard.conf': DASHBOARD, 'dashboard-edge.conf': DASHBOARD },
    mocks: (name) => {
      const socket = socketPath();
      return {
        ...{ socket, version: VERSIONS[name], stats: { socket: join(dirname(socket), 'stats.sock') } },
        ...{ traffic: { packetsPerSecond: 1000, workers: 1 }, updateMs: 0 },
        setup: (dataplane) => {
          for (let i = 0; i < (LOOPBACKS[name] ?? 0); i++) dataplane.addLoopback({ up: true });
        },
      };
    },
  });
  const { url } = several.agent.status.status.details.http as { url: string };
  return { ...several, url, ui: `${url}/ui/` };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const pill = (page: Page, text: string) => page.locator('.pill', { hasText: text });
const choice = (page: Page) => page.getByRole('combobox', { name: 'Dataplane' });
const hashOf = (page: Page) => new URL(page.url()).hash;
const poll = { timeout: 60_000 };

describe('the choice of a dataplane', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('decides whose VPP, interfaces, tables, wish and operations are shown; the address keeps it', async () => {
    const { ui } = await world();
    const page = await newPage();
    await page.goto(`${ui}#/interfaces`);
    await seen(pill(page, 'VPP 26.06-mock'));
    await seen(row(page, /^loop0/));
    expect(await choice(page).locator('option').allInnerTexts()).toEqual(['main', 'edge', 'core: no dashboard']);
    await choice(page).selectOption('edge');
    await seen(pill(page, 'VPP 25.10-mock'));
    await seen(row(page, /^loop1/));
    expect(hashOf(page)).toBe('#/dataplanes/edge/interfaces');
    await expect.poll(() => page.title(), poll).toBe('Interfaces · edge · vppmux');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'loop1', exact: true }).click();
    await seen(heading(page, 'loop1'));
    expect(hashOf(page)).toBe('#/dataplanes/edge/interfaces/2');
    await page.reload();
    await seen(heading(page, 'loop1'));
    await page.keyboard.press('7');
    await seen(heading(page, 'Tables'));
    expect(hashOf(page)).toBe('#/dataplanes/edge/tables');
    const asked = page.waitForRequest((request) => request.url().includes('/api/'));
    await page.getByLabel('Address').fill('192.0.2.1');
    await page.keyboard.press('Enter');
    expect(new URL((await asked).url()).pathname).toMatch(/^\/dataplanes\/edge\/api\//);
    await page.goBack();
    await seen(heading(page, 'loop1'));
    // An index is of one VPP, and is not kept.
    await choice(page).selectOption('main');
    await seen(pill(page, 'VPP 26.06-mock'));
    await seen(heading(page, 'Interfaces'));
    expect(hashOf(page)).toBe('#/interfaces');
    await expect.poll(() => row(page, /^loop1/).count(), poll).toBe(0);
  });

  it('by keyboard: d goes to it, arrows choose, and the focus stays', async () => {
    const { ui } = await world();
    const page = await newPage();
    await page.goto(`${ui}#/drops`);
    await seen(pill(page, 'VPP 26.06-mock'));
    await page.keyboard.press('d');
    await page.keyboard.press('ArrowDown');
    await seen(pill(page, 'VPP 25.10-mock'));
    expect(await page.evaluate('document.activeElement.id')).toBe('dataplane');
    await page.keyboard.press('ArrowUp');
    await seen(pill(page, 'VPP 26.06-mock'));
    expect(hashOf(page)).toBe('#/drops');
    await page.getByRole('button', { name: 'Help: keys' }).click();
    await seen(page.getByText('to the choice of the dataplane'));
  });

  it('a writer: what is sent goes to the one that is shown, and says so before', async () => {
    const { ui, muxOf } = await world();
    const page = await newPage();
    await page.goto(`${ui}#/dataplanes/edge/operations`);
    await seen(row(page, /^interface\.set-state/));
    await page.getByRole('link', { name: 'interface.set-state' }).click();
    await page.getByRole('textbox', { name: 'interface' }).fill('loop1');
    await page.getByRole('combobox', { name: 'state' }).selectOption('down');
    expect(await page.locator('pre.sent').textContent()).toContain('POST /dataplanes/edge/api/interface/set-state\n');
    await page.getByRole('button', { name: 'Send' }).click();
    await seen(page.locator('pre', { hasText: '"changed": true' }));
    const stateOf = async (name: string, sw_if_index: number) =>
      (await muxOf(name).channel().dump('sw_interface_dump', { sw_if_index }).toArray())[0]?.flags;
    expect([await stateOf('main', 1), await stateOf('edge', 2)]).toEqual([3, 0]);
  });

  it('one is away: the choice says so, and what is shown of the others stays as it is', async () => {
    const { ui, mockOf } = await world();
    const page = await newPage();
    await page.goto(ui);
    await seen(pill(page, 'VPP 26.06-mock'));
    mockOf('edge').kill();
    await expect.poll(() => choice(page).locator('option').allInnerTexts(), poll).toContain('edge: VPP away');
    expect(await page.locator('.banners').textContent()).toBe('');
    await choice(page).selectOption('edge');
    await seen(page.locator('.banners').getByText('VPP is away'));
    await mockOf('edge').restart();
    await seen(pill(page, 'VPP 25.10-mock'));
  });

  it('one without a dashboard, and one that there is not: said plainly, with what to do', async () => {
    const { ui } = await world();
    const page = await newPage();
    await page.goto(`${ui}#/dataplanes/core/nodes`);
    await seen(heading(page, 'core'));
    await seen(page.getByText('- { plugin: dashboard, dataplane: core }'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${ui}#/dataplanes/far/nodes`);
    await seen(page.getByText('The agent has no dataplane far'));
    await page.goto(`${ui}#/dataplanes/..%2F..%2Fapi/nodes`);
    await seen(page.getByText('The agent has no dataplane ../../api'));
    await page.getByRole('link', { name: 'edge' }).click();
    await seen(pill(page, 'VPP 25.10-mock'));
    await choice(page).selectOption('core');
    await seen(heading(page, 'core'));
    await choice(page).selectOption('main');
    await seen(pill(page, 'VPP 26.06-mock'));
  });

  it('the page of one dataplane: shows it, and leads to the others', async () => {
    const { url } = await world();
    const page = await newPage();
    await page.goto(`${url}/dataplanes/edge/ui/`);
    await seen(pill(page, 'VPP 25.10-mock'));
    await choice(page).selectOption('main');
    await seen(pill(page, 'VPP 26.06-mock'));
    expect(hashOf(page)).toBe('#/dataplanes/main/overview');
    await page.getByRole('link', { name: 'Interfaces' }).click();
    await seen(row(page, /^loop0/));
    await page.goBack();
    await page.goBack();
    await seen(pill(page, 'VPP 25.10-mock'));
  });

  it.each(['light', 'dark'] as const)('360 pixels, %s: fits, and can be read', async (colorScheme) => {
    const { ui } = await world();
    const page = await newPage({ viewport: { width: 360, height: 740 }, colorScheme });
    for (const path of [
      'dataplanes/edge/overview',
      'dataplanes/core/overview',
      `dataplanes/${'a-'.repeat(19)}a/wish`,
    ]) {
      await page.goto(`${ui}#/${path}`);
      await seen(choice(page));
      await seen(page.getByRole('heading', { level: 1 }));
      expect([path, await scrollsSideways(page)]).toEqual([path, false]);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  });

  it('an agent with one dataplane: there is nothing to choose', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/dataplanes/far/overview`);
    await seen(page.getByText('The agent has no dataplane far'));
    await page.getByRole('link', { name: 'main' }).click();
    await seen(pill(page, 'VPP 26.06-mock'));
    expect(await choice(page).count()).toBe(0);
    expect(hashOf(page)).toBe('#/overview');
  });
});
