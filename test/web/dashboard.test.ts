/** The dashboard in a browser, as its users have it. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/mux/index.js';
import { dashboardAgent } from '../plugins/dashboard/dashboard-agent.js';
import { builtTree } from '../support/built.js';
import { socketPath } from '../support/mock.js';
import { excused } from '../support/needs.js';
import { toolsMissing } from '../support/tools.js';
import { accessibilityFaults, browserMissing, closeBrowserAfterwards, newPage, scrollsSideways } from './browser.js';
import { READ_TOKEN, scene, WRITE_TOKEN } from './scene.js';

const WRITER = { http: { 'loopback-access': 'write' } };
const TOKENS = { http: { 'loopback-access': 'none', 'read-token': READ_TOKEN, 'write-token': WRITE_TOKEN } };

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const pill = (page: Page, text: string) => page.locator('.pill', { hasText: text });
const banner = (page: Page) => page.locator('.banners');

describe('the dashboard', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('first view: state of everything, traffic, workers, memory, events', async () => {
    const { ui, mock } = await scene();
    mock.advance(2);
    const page = await newPage();
    const started = performance.now();
    await page.goto(ui);
    await heading(page, 'Overview').waitFor();
    console.log(`the first view: ${Math.round(performance.now() - started)} ms`);
    await pill(page, 'VPP 26.06-mock').waitFor();
    await pill(page, 'Counters reading').waitFor();
    await row(page, /^main/).waitFor();
    await row(page, /^worker 1/).waitFor();
    await page.getByText('Buffers default-numa-0').waitFor();
    await page.getByText(/^VPP: connected/).waitFor();
    await vi.waitFor(async () => {
      mock.advance(1);
      expect(await page.locator('.tile', { hasText: 'Received' }).textContent()).toMatch(/[1-9].* k?M?pps/);
    });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('interfaces: a table that lives, sorted and filtered; one click deeper everything about one', async () => {
    const { ui, mock, channel } = await scene();
    await channel.request('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '192.0.2.1/24' });
    await channel.request('create_vlan_subif', { sw_if_index: 1, vlan_id: 7 });
    const page = await newPage();
    await page.goto(`${ui}#/interfaces`);
    await row(page, /^loop0 .*up.*192\.0\.2\.1\/24/).waitFor();
    await row(page, /^loop1 .*down/).waitFor();
    const names = () => page.locator('tbody th').allInnerTexts();
    expect(await names()).toEqual(['local0', 'loop0', 'loop0.7', 'loop1']);
    await page.getByRole('button', { name: 'Name' }).click();
    await vi.waitFor(async () => expect(await names()).toEqual(['loop1', 'loop0.7', 'loop0', 'local0']));
    await page.keyboard.press('/');
    await page.keyboard.type('up 192.0');
    await vi.waitFor(async () => expect(await names()).toEqual(['loop0']));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'loop0' }).click();
    await heading(page, 'loop0').waitFor();
    await row(page, /^rx 0 0/).waitFor();
    mock.advance(3);
    await row(page, /^rx 3,000/).waitFor();
    await row(page, /^worker 0/).waitFor();
    await page.getByRole('link', { name: 'loop0.7' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // Changes of others are seen: this one is made on the agent's connection.
    await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
    await page.locator('.head .pill', { hasText: 'down' }).waitFor();
  });

  it('a writer: sees what will be sent, sends it, and sees what it did', async () => {
    const { ui } = await scene(WRITER);
    const page = await newPage();
    await page.goto(`${ui}#/interfaces/2`);
    await page.locator('.head .pill', { hasText: 'down' }).waitFor();
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set loop1 up' });
    expect(await dialog.locator('pre').textContent()).toBe(
      'POST /api/interface/set-state\n{\n  "interface": "loop1",\n  "state": "up"\n}',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('"changed": true').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.head .pill', { hasText: 'up' }).waitFor();
    await page.getByRole('button', { name: 'Add an address' }).click();
    const adding = page.getByRole('dialog', { name: 'Add an address to loop1' });
    await adding.getByLabel('Address').fill('nonsense');
    await adding.getByRole('button', { name: 'Send' }).click();
    await adding.locator('.note.bad').waitFor();
    await adding.getByLabel('Address').fill('198.51.100.1/24');
    await adding.getByRole('button', { name: 'Send' }).click();
    await adding.getByText('"changed": true').waitFor();
    await adding.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.locator('.facts', { hasText: '198.51.100.1/24' }).waitFor();
  });

  it('a reader: sees the same, and no button that changes anything', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/interfaces/2`);
    await page.locator('.head .pill', { hasText: 'down' }).waitFor();
    await page.getByText('read only').waitFor();
    const buttons = await page.getByRole('button').allInnerTexts();
    expect(buttons.filter((text) => /Set|Add|Send/.test(text))).toEqual([]);
  });

  it('tokens: asked for, refused, kept in the tab, forgotten', async () => {
    const { ui } = await scene(TOKENS);
    const page = await newPage();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(ui);
    await heading(page, 'Log in to vppmux').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Enter a token.').waitFor();
    await page.getByLabel('Token').fill('a-token-of-somebody-else');
    await page.keyboard.press('Enter');
    await page.getByText(/^Not let in: this token is not known/).waitFor();
    await page.getByLabel('Token').fill(WRITE_TOKEN);
    await page.keyboard.press('Enter');
    await heading(page, 'Overview').waitFor();
    await page.getByText('may write').waitFor();
    await page.reload();
    await heading(page, 'Overview').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('You have logged out of this tab.').waitFor();
    await page.reload();
    await heading(page, 'Log in to vppmux').waitFor();
    await page.getByLabel('Token').fill(READ_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByText('read only').waitFor();
    expect(addresses.filter((address) => /token-that/.test(address))).toEqual([]);
    expect(addresses.filter((address) => !address.startsWith(ui.replace('/ui/', '/')))).toEqual([]);
  });

  it('VPP goes and comes back: said plainly, and over by itself', async () => {
    const { ui, mock } = await scene();
    const page = await newPage();
    await page.goto(ui);
    await pill(page, 'VPP 26.06-mock').waitFor();
    await mock.stop();
    await banner(page).getByText('VPP is away').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await mock.restart();
    await pill(page, 'VPP 26.06-mock').waitFor();
    await vi.waitFor(async () => expect(await banner(page).textContent()).toBe(''));
  });

  it('the agent goes and comes back: said plainly, and over by itself', async () => {
    const { ui, agent, mock, url } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/interfaces`);
    await row(page, /^loop0/).waitFor();
    await agent.close();
    await banner(page).getByText('No connection to the agent').waitFor();
    await page.getByText('What you see is from before.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dashboardAgent({ http: { endpoint: url.replace('http://', '') }, dashboard: { interval: '100ms' } }, mock);
    await pill(page, 'Agent connected').waitFor();
    await vi.waitFor(async () => expect(await banner(page).textContent()).toBe(''));
    await row(page, /^loop0/).waitFor();
  });

  it('API: clients, channels, the slowest messages, and messages as they go', async () => {
    const socket = socketPath();
    const sockets = [{ path: socket, role: 'go-programs' }];
    const { ui, channel } = await scene({ 'api-socket': { sockets }, trace: { enabled: true } });
    const client = await connect({ socket, name: 'my-controller' });
    try {
      await client.channel().request('show_version');
      const page = await newPage();
      await page.goto(`${ui}#/api`);
      await row(page, /^my-controller go-programs/).waitFor();
      await row(page, /^scene/).waitFor();
      await row(page, /^show_version/).waitFor();
      await page.getByLabel('Names of messages').fill('show_threads*');
      await page.getByRole('button', { name: 'Start' }).click();
      await vi.waitFor(async () => {
        await channel.request('show_threads');
        await channel.request('show_version');
        expect(await page.locator('.trace li').count()).toBeGreaterThan(1);
      });
      await page.getByRole('button', { name: 'Stop' }).click();
      const lines = await page.locator('.trace summary').allInnerTexts();
      expect(lines.filter((line) => !line.includes('show_threads'))).toEqual([]);
      await page.locator('.trace summary', { hasText: 'show_threads_reply' }).first().click();
      await page.locator('.trace pre', { hasText: '"thread_data"' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save' }).click(),
      ]);
      const saved = readFileSync(await download.path(), 'utf8')
        .trimEnd()
        .split('\n');
      expect(JSON.parse(saved[0])).toMatchObject({ format: 'vppmux-trace' });
      expect(saved).toHaveLength(lines.length + 1);
    } finally {
      await client.close();
    }
  });

  it('messages that may not be shown: says why', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/api`);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/enabled in trace\.conf is false/).waitFor();
  });

  it('by keyboard alone: past the frame, from view to view, from row to row, help', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(ui);
    await heading(page, 'Overview').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the view');
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await page.evaluate('document.activeElement.id')).toBe('main'));
    await heading(page, 'Overview').waitFor();
    await page.keyboard.press('2');
    await row(page, /^loop1/).waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.getByRole('link', { name: 'local0' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('loop0');
    await page.keyboard.press('End');
    expect(await focused()).toBe('loop1');
    await page.keyboard.press('Home');
    expect(await focused()).toBe('local0');
    expect(await page.locator('tbody a[tabindex="0"]').allInnerTexts()).toEqual(['local0']);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('local0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await heading(page, 'loop0').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    '360 pixels, %s: nothing scrolls sideways, and all can be read',
    async (colorScheme) => {
      const { ui } = await scene();
      const page = await newPage({ viewport: { width: 360, height: 740 }, colorScheme });
      for (const [path, title] of [
        ['', 'Overview'],
        ['#/interfaces', 'Interfaces'],
        ['#/interfaces/1', 'loop0'],
        ['#/api', 'API'],
      ]) {
        await page.goto(`${ui}${path}`);
        await heading(page, title).waitFor();
        expect(await scrollsSideways(page)).toBe(false);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    },
  );
});
