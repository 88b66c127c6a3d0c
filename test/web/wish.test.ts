/** The view Wish in a browser: a plan before it is applied, its confirmation, the tree of objects, drift and the way back. */

import { describe, expect, it, vi } from 'vitest';
import { desiredStatePlugin } from '../../src/plugins/desired-state/plugin.js';
import { temporaryFolder } from '../plugins/desired-state/support.js';
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

const WISH = 'loopbacks:\n  loop0: { addresses: [ 198.51.100.1/24 ] }\n  loop1: {}\n  loop7: {}\n';

async function wishScene(access: 'read' | 'write' = 'write') {
  const settings = {
    http: { 'loopback-access': access },
    'desired-state': { 'state-dir': temporaryFolder() },
  };
  const world = await scene(settings, {}, [desiredStatePlugin]);
  const page = await newPage();
  const open = async (path: string) => {
    await page.goto(`${world.ui}#/wish/${path}`);
    await seen(page.getByRole('heading', { level: 1, name: 'Wish', exact: true }));
  };
  return { ...world, page, open };
}

describe('the view Wish', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it('plans a wish, applies it, has it confirmed, and shows its objects as a tree', async () => {
    const { page, open, channel } = await wishScene();
    await open('plan');
    await seen(page.getByText('no wish was applied'));
    await page.getByRole('textbox', { name: 'Wish' }).fill(WISH);
    const apply = page.getByRole('button', { name: 'Apply …' });
    expect(await apply.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await seen(page.getByText('to create'));
    await seen(page.getByText('loopback/loop7'));
    expect((await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray()).length).toBe(3);
    await apply.click();
    await seen(page.getByText('Will be sent:'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await seen(page.getByText('The agent answered'));
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await seen(page.getByText(/has to be confirmed/));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Confirm …' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await seen(page.getByText('The agent answered'));
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await vi.waitFor(async () => expect(await page.getByText(/has to be confirmed/).count()).toBe(0), 20_000);
    await open('objects');
    const loop0 = page.getByRole('group').filter({ hasText: 'loop0' }).first();
    await loop0.locator('summary').first().click();
    await seen(loop0.getByText('loop0 198.51.100.1/24'));
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  });

  it('shows what others have changed, and goes back to an earlier wish', async () => {
    const { page, open, agent, channel } = await wishScene();
    const client = agent.operations.open({ name: 'test', access: 'write' });
    await client.call('wish.apply', { text: WISH });
    await client.call('wish.apply', { text: WISH.replace('  loop7: {}\n', '') });
    await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
    await open('drift');
    await page.getByRole('button', { name: 'Compare now' }).click();
    await seen(page.getByRole('region', { name: 'Changes' }).getByText('admin-state/loop0'));
    await open('history');
    await page.getByRole('button', { name: 'Go back to 1 …' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await seen(page.getByText('The agent answered'));
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await seen(page.getByRole('row', { name: /^3 present/ }));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('of somebody who may only read: plans, and neither applies nor goes back', async () => {
    const { page, open } = await wishScene('read');
    await open('plan');
    await seen(page.getByText('Applying takes a caller who may write.'));
    expect(await page.getByRole('button', { name: 'Apply …' }).count()).toBe(0);
  });
});
