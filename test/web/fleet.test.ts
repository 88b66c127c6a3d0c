/** The view Fleet in a browser: a roll-out and what a person can do with it, agents by page, history, loss and return. */

import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { desiredStatePlugin } from '../../src/plugins/desired-state/plugin.js';
import { etcdPlugin } from '../../src/plugins/etcd/plugin.js';
import { dashboardAgent } from '../plugins/dashboard/dashboard-agent.js';
import { temporaryFolder } from '../plugins/desired-state/support.js';
import { builtTree } from '../support/built.js';
import { etcdMissing, startEtcd } from '../support/etcd.js';
import { BAD } from '../support/fleet-members.js';
import { excused } from '../support/needs.js';
import { smallFleet } from '../support/small-fleet.js';
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

const PLUGINS = [desiredStatePlugin, etcdPlugin];

const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const settingsOf = (access: 'read' | 'write', etcd: object) => ({
  http: { 'loopback-access': access },
  'desired-state': { 'state-dir': temporaryFolder() },
  etcd: { label: 'edge0', jitter: '0s', ttl: '2s', ...etcd },
});

async function fleetScene(access: 'read' | 'write', options: Parameters<typeof newPage>[0] = {}) {
  const dir = temporaryFolder();
  const fleet = await smallFleet(dir);
  const settings = settingsOf(access, { dir });
  const world = await scene(settings, {}, PLUGINS);
  const page = await newPage(options);
  const open = async (path = '') => {
    await page.goto(`${world.ui}#/fleet/${path}`);
    await seen(page.getByRole('heading', { level: 1, name: 'Fleet', exact: true }));
  };
  return { ...world, fleet, settings, page, open };
}

/** Does what the button offers: what will happen is said first. */
async function act(page: Page, name: string, warning: string) {
  await button(page, name).click();
  await seen(page.getByRole('dialog').getByText(warning));
  await button(page, 'Send').click();
  await seen(page.getByText('The agent answered'));
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
}

describe('the view Fleet', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('a roll-out: its waves and driver; paused, resumed and confirmed by a person', async () => {
    const { fleet, page, open } = await fleetScene('write');
    for (const label of ['edge1', 'edge4']) await fleet.member(label, { labels: { role: 'edge' } });
    const slow = await fleet.member('edge2', { outcome: () => 'applying' });
    await fleet.states(['edge3'], { health: 'degraded', drift: 2, vpp: '26.06' });
    await open();
    await seen(page.getByText('Nothing was ever rolled out'));
    await fleet.rollOut([['edge1'], ['edge2'], ['edge4']], { confirmSeconds: 600, comment: 'wider MTU' });
    await seen(page.getByText('It goes on as soon as there is somebody'));
    fleet.drive('driver-1');
    await seen(page.getByText('2 of 3'));
    await seen(page.getByText('driver-1'));
    await seen(page.getByText('1 of 3 have it, 2 have been given it'));
    await seen(row(page, /^edge1 as wished 1 ok 0 .*role=edge/));
    await seen(row(page, /^edge3 without a wish – degraded 2 26\.06/));
    expect(await accessibilityFaults(page)).toEqual([]);
    await act(page, 'Pause …', 'Wave 2 of 3 goes on to its end, and no other one begins.');
    await seen(button(page, 'Resume …'));
    slow.say(1, 'applied');
    await seen(row(page, /^edge2 as wished/));
    await act(page, 'Resume …', 'It goes on with wave 2 of 3');
    await seen(page.getByText('Generation 1 has to be confirmed'));
    expect(await accessibilityFaults(page)).toEqual([]);
    await act(page, 'Confirm …', 'It stays on its 3 agents');
    await seen(page.locator('h1 + .pill', { hasText: 'done' }));
    expect(await button(page, 'Take back …').count()).toBe(0);
    await open('history');
    await seen(row(page, /^1 done 3 of 3 3 .*wider MTU/));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('a bad wave and a person: both take it back, with the reason, and agents that are lost are shown', async () => {
    const { fleet, page, open } = await fleetScene('write');
    await fleet.member('edge1');
    const edge2 = await fleet.member('edge2');
    fleet.drive();
    await fleet.rollOut([['edge1'], ['edge2']], { confirmSeconds: 600 });
    await open();
    await act(page, 'Take back …', 'get their wishes from before');
    await seen(page.locator('h1 + .pill', { hasText: 'taken back' }));
    await seen(page.getByText('taken back by a person'));
    await fleet.rollOut([['edge1'], ['edge2']], {}, BAD);
    await seen(page.getByText(/^wave 1 of 2: 1 of 1 agent: edge1 \(refused/));
    await edge2.end();
    await seen(row(page, /^edge2 lost/));
    await page.getByLabel('Filter by state').selectOption('standing:lost');
    await seen(page.getByText('1 fit'));
    await open('history');
    await seen(row(page, /^2 taken back wave 1 of 2.* 1 of 2 2/));
  });

  it('a reader: sees agents by page, filters them, and has no button that changes anything', async () => {
    const { fleet, page, open } = await fleetScene('read');
    const labels = Array.from({ length: 120 }, (_, at) => `host${String(at).padStart(3, '0')}`);
    await fleet.states(labels);
    await fleet.rollOut([labels], { confirmSeconds: 600 });
    await open();
    await seen(page.getByText('1 to 50 of 121'));
    expect(await page.locator('tbody tr').count()).toBe(50);
    await button(page, 'Next page').click();
    await seen(page.getByText('51 to 100 of 121'));
    await seen(row(page, /^host060/));
    await button(page, 'Previous page').click();
    await page.keyboard.press('/');
    await page.keyboard.type('host10');
    await seen(page.getByText('10 fit'));
    await page.getByLabel('Filter by name').fill('host1?5');
    await seen(page.getByText('2 fit'));
    await page.getByLabel('Filter by state').selectOption('health:error');
    await seen(page.getByText('No agent fits.'));
    expect(await page.getByRole('button', { name: /Pause|Resume|Confirm|Take back/ }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('the agent is lost and returns: said plainly, and as before', async () => {
    const { fleet, page, open, agent, mock, url, settings } = await fleetScene('read');
    await fleet.states(['edge1']);
    await open();
    await seen(row(page, /^edge1/));
    await agent.close();
    await seen(page.getByText('No connection to the agent'));
    const http = { ...settings.http, endpoint: url.replace('http://', '') };
    await fleet.states(['edge2']);
    await dashboardAgent({ ...settings, http, dashboard: { interval: '100ms' } }, mock, PLUGINS);
    await seen(row(page, /^edge2/));
    expect(await page.locator('.note.bad').count()).toBe(0);
  });

  it(
    'etcd is away: said with the reason, and what was there before is shown without colours',
    excused(etcdMissing()),
    async () => {
      const cluster = await startEtcd();
      onTestFinished(() => cluster.close());
      const { ui } = await scene(settingsOf('write', { endpoints: cluster.endpoints }), {}, PLUGINS);
      const page = await newPage();
      await page.goto(`${ui}#/fleet`);
      await seen(row(page, /^edge0/));
      await cluster.members[0].kill();
      await seen(page.getByText('The store of the fleet is away'));
      await seen(page.getByText('What follows is from'));
      await seen(page.locator('.before').getByRole('row', { name: /^edge0/ }));
      expect(await accessibilityFaults(page)).toEqual([]);
      await cluster.members[0].start();
      await vi.waitFor(async () => expect(await page.locator('.before, .note.bad').count()).toBe(0), {
        timeout: 30_000,
      });
      await seen(row(page, /^edge0/));
    },
  );

  it('asks once in two seconds at most, and nothing while nobody can see it', async () => {
    const { page, open } = await fleetScene('read');
    await page.clock.install();
    await page.addInitScript(`
      const { fetch } = window;
      window.asked = [];
      window.fetch = (url, init) => {
        if (String(url).endsWith('/api/fleet/status')) window.asked.push(Date.now());
        return fetch(url, init);
      };
    `);
    const asked = () => page.evaluate<number[]>('window.asked');
    await open();
    await seen(row(page, /^edge0/));
    await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 100);
    const isAskedOften = async () => {
      await page.clock.runFor(500);
      expect((await asked()).length).toBeGreaterThan(3);
    };
    await vi.waitFor(isAskedOften, { timeout: 30_000 });
    const times = await asked();
    for (const [at, time] of times.slice(1).entries()) expect(time - times[at]).toBeGreaterThanOrEqual(2000);
    await page.evaluate(`
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
    const hidden = (await asked()).length;
    // Longer than a turn, and shorter than the silence after which the page takes the agent for lost.
    await page.clock.runFor(2500);
    expect(await asked()).toHaveLength(hidden);
    expect(await page.getByText('No connection to the agent').count()).toBe(0);
    await page.evaluate(`
      delete document.visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    `);
    await expect.poll(asked).toHaveLength(hidden + 1);
  });

  it('an agent that is in no fleet: the list has no such view, and its URL says how there is one', async () => {
    const { ui } = await scene({ 'desired-state': { 'state-dir': temporaryFolder() } }, {}, PLUGINS);
    const page = await newPage();
    await page.goto(`${ui}#/overview`);
    await seen(page.getByRole('link', { name: /^Operations/ }));
    await seen(page.locator('.pills .pill.good', { hasText: 'VPP' }));
    expect(await page.getByRole('link', { name: /^Fleet/ }).count()).toBe(0);
    await page.goto(`${ui}#/fleet`);
    await seen(page.getByText('set endpoints (or dir) in etcd.conf'));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('an agent without the plugin: its URL says so', async () => {
    const { ui } = await scene();
    const page = await newPage();
    await page.goto(`${ui}#/fleet`);
    await seen(page.getByText('off: the plugin etcd does not run here'));
    expect(await page.locator('.note').count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)(
    '360 pixels, %s: nothing scrolls sideways, and all can be read',
    async (scheme) => {
      const { fleet, page, open } = await fleetScene('write', {
        viewport: { width: 360, height: 740 },
        colorScheme: scheme,
      });
      await fleet.member('edge1');
      await fleet.states(['a-host-with-a-long-name.of-a-long.domain.example'], { health: 'error', drift: 3 });
      fleet.drive('agent a-host-with-a-long-name.of-a-long.domain.example');
      await fleet.rollOut([['edge1']], { confirmSeconds: 600 });
      await page.goto('about:blank');
      await open();
      await seen(page.getByText('has to be confirmed'));
      expect(await scrollsSideways(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
      // The key of the view, which is the tenth.
      await page.keyboard.press('1');
      await seen(page.getByRole('heading', { level: 1, name: 'Overview' }));
      await page.keyboard.press('0');
      await seen(page.getByRole('heading', { level: 1, name: 'Fleet' }));
      await open('history');
      await seen(row(page, /^1 /));
      expect(await scrollsSideways(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
    },
  );
});
