/** The views that ask: drops, nodes, packet traces, tables and operations, in a browser. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { kinds } from '../../mock-vpp/index.js';
import { builtTree } from '../support/built.js';
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

const WRITER = { http: { 'loopback-access': 'write' } };

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

async function opened(ui: string, path: string, title: string, options: Parameters<typeof newPage>[0] = {}) {
  const page = await newPage(options);
  await page.goto(`${ui}#/${path}`);
  await seen(heading(page, title));
  return page;
}

describe('views of the dashboard', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('drops: why and where, since somebody looked, in plain words', async () => {
    const { ui, mock } = await scene();
    mock.advance(10);
    const page = await opened(ui, 'drops', 'Drops');
    await seen(row(page, /^time_expired.*ip4-input/));
    await seen(page.getByText('many of them mean a routing loop'));
    const since = () =>
      row(page, /^time_expired.*ip4-input/)
        .locator('td.number')
        .first()
        .textContent();
    expect(await since()).toBe('0');
    mock.advance(5);
    await vi.waitFor(async () => expect(Number(await since())).toBeGreaterThan(0));
    await seen(row(page, /^loop0/));
    await seen(page.getByText('ip4-input', { exact: true }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await vi.waitFor(async () => expect(await since()).toBe('0'));
    await page.keyboard.press('/');
    await page.keyboard.type('nonsense');
    await seen(page.getByText('None fits the filter.'));
  });

  it('nodes: the busiest first, of all threads and of one', async () => {
    const { ui, mock } = await scene();
    const page = await opened(ui, 'nodes', 'Nodes');
    await vi.waitFor(async () => {
      mock.advance(1);
      expect(await row(page, /^ip4-lookup [\d.]+ % 42 /).count()).toBe(1);
    });
    const shares = (await page.locator('tbody .share').allInnerTexts()).map((text) => Number.parseFloat(text) || 0);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    await page.getByLabel('Thread').selectOption('worker 1');
    await vi.waitFor(async () => {
      mock.advance(1);
      expect(await row(page, /^ip4-lookup/).count()).toBe(1);
    });
    await page.getByLabel('Filter by name').fill('ip4');
    await vi.waitFor(async () => {
      const names = await page.locator('tbody th').allInnerTexts();
      expect(names.filter((name) => !name.includes('ip4'))).toEqual([]);
    });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('packet trace: started, read as a tree, stopped, saved; its lease is shown', async () => {
    const { ui, mock } = await scene(WRITER, { interfaces: ['GigabitEthernet0/0/0'] });
    const page = await opened(ui, 'packet-trace', 'Packet trace');
    await seen(page.getByText('no trace'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Input node').fill('nonsense-input');
    await page.getByRole('button', { name: 'Start' }).click();
    await seen(page.getByRole('alert').getByText('VPP has no node nonsense-input'));
    expect(await page.getByLabel('Input node').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Input node').fill('');
    await page.getByLabel('Packets').fill('5');
    await page.keyboard.press('Enter');
    await seen(page.getByText('a packet trace of loopback (rest)'));
    await seen(page.getByText('at the latest, in'));
    await vi.waitFor(
      async () => {
        mock.advance(1);
        expect(await page.locator('.packets > li').count()).toBe(5);
      },
      { timeout: 8000 },
    );
    await page.locator('.packets summary').first().click();
    await seen(page.locator('.tree code', { hasText: 'ip4-input' }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop' }).click();
    await seen(page.getByText('ended: loopback (rest) has stopped it'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download JSON' }).click(),
    ]);
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toHaveLength(5);
  });

  it('packet trace, a reader: sees who traces, and no button that starts or stops one', async () => {
    const { ui } = await scene();
    const page = await opened(ui, 'packet-trace', 'Packet trace');
    await seen(page.getByText('You may only read'));
    await seen(page.getByText('no trace'));
    expect(await page.getByRole('button', { name: /Start|Stop|Download/ }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('tables: an address looked up, routes by page, and what each question cost', async () => {
    const { ui } = await scene({}, { routes: 250 });
    const page = await opened(ui, 'tables', 'Tables');
    await page.getByLabel('Address').fill('300.1.1.1');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('alert').getByText('"300.1.1.1" is no address'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Address').fill('240.1.1.1');
    await page.keyboard.press('Enter');
    await seen(page.getByText('240.0.0.0/4'));
    await seen(page.getByText(/^VPP sent 1 entry in .* ms\.$/));
    await page.getByRole('link', { name: 'Routes' }).click();
    await page.getByRole('button', { name: 'Ask VPP' }).click();
    await seen(row(page, /^0\.0\.0\.0\/0 drop/));
    await seen(page.getByText(/^1 to 100 of 2\d\d/));
    await page.getByRole('button', { name: 'Next page' }).click();
    await seen(page.getByText(/^101 to 200 of 2\d\d/));
    expect(await page.locator('tbody tr').count()).toBe(100);
    await page.getByRole('button', { name: 'Previous page' }).click();
    await seen(page.getByText(/^1 to 100 of 2\d\d/));
    await page.getByLabel('Within').fill('240.0.0.0/4');
    await page.keyboard.press('Enter');
    await seen(page.getByText(/^2 in all\. VPP sent 2\d\d entries/));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('tables: neighbours, bridge domains and ACLs', async () => {
    const { ui, channel } = await scene(
      {},
      {
        setup: (dataplane) => {
          for (let i = 0; i < 3; i++) dataplane.addLoopback({ up: true });
          const rule = { is_permit: 1, src_prefix: '10.0.0.0/8', dst_prefix: '0.0.0.0/0', proto: 6 };
          const ports = {
            dstport_or_icmpcode_first: 80,
            dstport_or_icmpcode_last: 443,
            srcport_or_icmptype_last: 65535,
          };
          dataplane.of(kinds.acls).put(0xffffffff, 'web', [{ ...rule, ...ports, srcport_or_icmptype_first: 0 }]);
        },
      },
    );
    await channel.request('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '192.0.2.1/24' });
    const neighbor = { sw_if_index: 1, flags: 1, mac_address: '02:00:5e:00:53:01', ip_address: '192.0.2.7' };
    await channel.request('ip_neighbor_add_del', { is_add: true, neighbor });
    await channel.request('bridge_domain_add_del_v2', { bd_id: 7, is_add: true, learn: true, bd_tag: 'office' });
    await channel.request('sw_interface_set_l2_bridge', { rx_sw_if_index: 2, bd_id: 7, enable: true });
    const page = await opened(ui, 'tables/neighbors', 'Tables');
    const ask = () => page.getByRole('button', { name: 'Ask VPP' }).click();
    await page.getByLabel('Interface').fill('loop9');
    await ask();
    await seen(page.getByRole('alert').getByText('there is no interface "loop9"'));
    await page.getByLabel('Interface').fill('loop0');
    await ask();
    await seen(row(page, /^192\.0\.2\.7 02:00:5e:00:53:01 loop0 static/));
    await page.getByRole('link', { name: 'Bridge domains' }).click();
    await ask();
    await seen(row(page, /^7 office loop1.* learn/));
    await page.getByRole('link', { name: 'ACLs' }).click();
    await ask();
    await row(page, /^0 web/)
      .getByText('1 rule')
      .click();
    await seen(page.getByText('permit tcp from 10.0.0.0/8 to 0.0.0.0/0 port 80-443'));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('operations, a reader: only what reads, with a form each', async () => {
    const { ui } = await scene();
    const page = await opened(ui, 'operations', 'Operations');
    await seen(row(page, /^route\.lookup/));
    expect(await row(page, /writes/).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'route.lookup' }).click();
    await seen(heading(page, 'route.lookup'));
    await page.getByRole('button', { name: 'Ask' }).click();
    await seen(page.getByRole('alert').getByText('is needed'));
    await vi.waitFor(async () => expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT'));
    await page.getByRole('textbox', { name: 'table' }).fill('seven');
    await page.getByRole('textbox', { name: 'address' }).fill('10.1.1.1');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('alert').getByText('must be a whole number'));
    await page.getByRole('textbox', { name: 'table' }).fill('7777');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('alert').getByText('there is no IPv4 table 7777'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'table' }).fill('0');
    await page.keyboard.press('Enter');
    await seen(page.locator('pre', { hasText: '"prefix": "0.0.0.0/0"' }));
    await page.goto(`${ui}#/operations/interface.set-state`);
    await seen(page.getByText('There is no operation interface.set-state that you may call.'));
  });

  it('operations, a writer: sees what will be sent, and what came of it', async () => {
    const { ui, channel } = await scene(WRITER);
    const page = await opened(ui, 'operations/interface.set-state', 'interface.set-state');
    await page.getByRole('textbox', { name: 'interface' }).fill('loop1');
    await page.getByRole('combobox', { name: 'state' }).selectOption('up');
    expect(await page.locator('pre.sent').textContent()).toBe(
      'POST /api/interface/set-state\n{\n  "interface": "loop1",\n  "state": "up"\n}',
    );
    await page.getByRole('button', { name: 'Send' }).click();
    await seen(page.locator('pre', { hasText: '"changed": true' }));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${ui}#/operations/route.add`);
    await seen(heading(page, 'route.add'));
    await page.getByRole('textbox', { name: 'routes' }).fill('10.1.0.0/16 drop\n10.2.0.0/16 nonsense');
    await page.getByRole('button', { name: 'Send' }).click();
    await seen(page.getByRole('alert').getByText('routes[1]'));
    await page.getByRole('textbox', { name: 'routes' }).fill('10.1.0.0/16 drop\n10.2.0.0/16 drop');
    await page.getByRole('button', { name: 'Send' }).click();
    await seen(page.locator('pre', { hasText: '"added": 2' }));
    const { route } = await channel.request('ip_route_lookup_v2', { prefix: '10.2.3.4/32' });
    expect(route).toMatchObject({ prefix: '10.2.0.0/16' });
  });

  it.each(['light', 'dark'] as const)(
    '360 pixels, %s: nothing scrolls sideways, and all can be read',
    async (colorScheme) => {
      const { ui, mock } = await scene(WRITER);
      mock.advance(5);
      const page = await newPage({ viewport: { width: 360, height: 740 }, colorScheme });
      for (const [path, title] of [
        ['drops', 'Drops'],
        ['nodes', 'Nodes'],
        ['packet-trace', 'Packet trace'],
        ['tables/routes', 'Tables'],
        ['operations', 'Operations'],
        ['operations/bridge.add', 'bridge.add'],
      ]) {
        await page.goto(`${ui}#/${path}`);
        await seen(heading(page, title));
        expect([title, await scrollsSideways(page)]).toEqual([title, false]);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    },
  );
});
