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
import {
  accessibilityFaults,
  browserMissing,
  closeBrowserAfterwards,
  newPage,
  scrollsSideways,
  seen,
} from './browser.js';
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
    await seen(heading(page, 'Overview'));
    console.log(`the first view: ${Math.round(performance.now() - started)} ms`);
    await seen(pill(page, 'VPP 26.06-mock'));
    await seen(pill(page, 'Counters reading'));
    await seen(row(page, /^main/));
    await seen(row(page, /^worker 1/));
    await seen(page.getByText('Buffers default-numa-0'));
    await seen(page.getByText(/^VPP: connected/));
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
    await seen(row(page, /^loop0 .*up.*192\.0\.2\.1\/24/));
    await seen(row(page, /^loop1 .*down/));
    const names = () => page.locator('tbody th').allInnerTexts();
    expect(await names()).toEqual(['local0', 'loop0', 'loop0.7', 'loop1']);
    await page.getByRole('button', { name: 'Name' }).click();
    await vi.waitFor(async () => expect(await names()).toEqual(['loop1', 'loop0.7', 'loop0', 'local0']));
    await page.keyboard.press('/');
    await page.keyboard.type('up 192.0');
    await vi.waitFor(async () => expect(await names()).toEqual(['loop0']));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'loop0' }).click();
    await seen(heading(page, 'loop0'));
    await seen(row(page, /^rx 0 0/));
    mock.advance(3);
    await seen(row(page, /^rx 3,000/));
    await seen(row(page, /^worker 0/));
    await seen(page.getByRole('link', { name: 'loop0.7' }));
    expect(await accessibilityFaults(page)).toEqual([]);
    // Changes of others are seen: this one is made on the agent's connection.
    await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
    await seen(page.locator('.head .pill', { hasText: 'down' }));
  });

  it('a writer: sees what will be sent, sends it, and sees what it did', async () => {
    const { ui } = await scene(WRITER);
    const page = await newPage();
    await page.goto(`${ui}#/interfaces/2`);
    await seen(page.locator('.head .pill', { hasText: 'down' }));
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set loop1 up' });
    expect(await dialog.locator('pre').textContent()).toBe(
      'POST /api/interface/set-state\n{\n  "interface": "loop1",\n  "state": "up"\n}',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send' }).click();
    await seen(dialog.getByText('"changed": true'));
    await page.keyboard.press('Escape');
    await seen(page.locator('.head .pill', { hasText: 'up' }));
    await page.getByRole('button', { name: 'Add an address' }).click();
    const adding = page.getByRole('dialog', { name: 'Add an address to loop1' });
    await adding.getByLabel('Address').fill('nonsense');
    await adding.getByRole('button', { name: 'Send' }).click();
    await seen(adding.locator('.note.bad'));
    await adding.getByLabel('Address').fill('198.51.100.1/24');
    await adding.getByRole('button', { name: 'Send' }).click();
    await seen(adding.getByText('"changed": true'));
    await adding.getByRole('button', { name: 'Close', exact: true }).last().click();
    await seen(page.locator('.facts', { hasText: '198.51.100.1/24' }));
  });

  it('a reader: sees the same, and no button that changes anything', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/interfaces/2`);
    await seen(page.locator('.head .pill', { hasText: 'down' }));
    await seen(page.getByText('read only'));
    const buttons = await page.getByRole('button').allInnerTexts();
    expect(buttons.filter((text) => /Set|Add|Send/.test(text))).toEqual([]);
  });

  it('tokens: asked for, refused, kept in the tab, forgotten', async () => {
    const { ui } = await scene(TOKENS);
    const page = await newPage();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(ui);
    await seen(heading(page, 'Log in to vppmux'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log in' }).click();
    await seen(page.getByText('Enter a token.'));
    await page.getByLabel('Token').fill('a-token-of-somebody-else');
    await page.keyboard.press('Enter');
    await seen(page.getByText(/^Not let in: this token is not known/));
    await page.getByLabel('Token').fill(WRITE_TOKEN);
    await page.keyboard.press('Enter');
    await seen(heading(page, 'Overview'));
    await seen(page.getByText('may write'));
    await page.reload();
    await seen(heading(page, 'Overview'));
    await page.getByRole('button', { name: 'Log out' }).click();
    await seen(page.getByText('You have logged out of this tab.'));
    await page.reload();
    await seen(heading(page, 'Log in to vppmux'));
    await page.getByLabel('Token').fill(READ_TOKEN);
    await page.keyboard.press('Enter');
    await seen(page.getByText('read only'));
    expect(addresses.filter((address) => /token-that/.test(address))).toEqual([]);
    expect(addresses.filter((address) => !address.startsWith(ui.replace('/ui/', '/')))).toEqual([]);
  });

  it('VPP goes and comes back: said plainly, and over by itself', async () => {
    const { ui, mock } = await scene();
    const page = await newPage();
    await page.goto(ui);
    await seen(pill(page, 'VPP 26.06-mock'));
    await mock.stop();
    await seen(banner(page).getByText('VPP is away'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await mock.restart();
    await seen(pill(page, 'VPP 26.06-mock'));
    await vi.waitFor(async () => expect(await banner(page).textContent()).toBe(''));
  });

  it('the agent goes and comes back: said plainly, and over by itself', async () => {
    const { ui, agent, mock, url } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/interfaces`);
    await seen(row(page, /^loop0/));
    await agent.close();
    await seen(banner(page).getByText('No connection to the agent'));
    await seen(page.getByText('What you see is from before.'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await dashboardAgent({ http: { endpoint: url.replace('http://', '') }, dashboard: { interval: '100ms' } }, mock);
    await seen(pill(page, 'Agent connected'));
    await vi.waitFor(async () => expect(await banner(page).textContent()).toBe(''));
    await seen(row(page, /^loop0/));
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
      await seen(row(page, /^my-controller go-programs/));
      await seen(row(page, /^scene/));
      await seen(row(page, /^show_version/));
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
      await seen(page.locator('.trace pre', { hasText: '"thread_data"' }));
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
    await seen(page.getByText(/enabled in trace\.conf is false/));
  });

  it('by keyboard alone: past the frame, from view to view, from row to row, help', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(ui);
    await seen(heading(page, 'Overview'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the view');
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await page.evaluate('document.activeElement.id')).toBe('main'));
    await seen(heading(page, 'Overview'));
    await page.keyboard.press('2');
    await seen(row(page, /^loop1/));
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
    await seen(page.getByRole('dialog', { name: 'Keys' }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('local0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await seen(heading(page, 'loop0'));
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
        await seen(heading(page, title));
        expect(await scrollsSideways(page)).toBe(false);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    },
  );
});
