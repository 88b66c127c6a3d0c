/**
 * `npm run screenshots`: writes the pictures of the dashboard in docs/images anew, of an agent on a mock with traffic. It needs a
 * Chromium (CHROMIUM, or `chromium` in PATH) and python3, for the mock's counters. `-- fleet api` writes those two only.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { fleetIn } from './screenshot-fleet.mjs';
import { ensureBuilt, root, say } from './tree.mjs';

/** Bytes of a picture. */
const LARGEST = 100_000;
/** Milliseconds in which lines grow. */
const GROWING = Number(process.env.GROWING ?? 45_000);

const ALL = [
  { name: 'overview', path: 'overview', colorScheme: 'light' },
  { name: 'interfaces', path: 'interfaces', colorScheme: 'dark' },
  { name: 'interface', path: 'interfaces/1', colorScheme: 'light' },
  { name: 'drops', path: 'drops', colorScheme: 'light' },
  { name: 'nodes', path: 'nodes', colorScheme: 'dark', viewport: { width: 1080, height: 400 } },
  { name: 'packet-trace', path: 'packet-trace', colorScheme: 'light', act: trace },
  { name: 'tables', path: 'tables/routes', colorScheme: 'light', act: (page) => page.getByText('Ask VPP').click() },
  { name: 'operation', path: 'operations/bridge.add', colorScheme: 'dark' },
  { name: 'api', path: 'api', colorScheme: 'dark' },
  { name: 'fleet', path: 'fleet', colorScheme: 'light', viewport: { width: 1080, height: 610 } },
  { name: 'narrow', path: 'overview', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
];
const wanted = process.argv.slice(2);
const PICTURES = ALL.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

/** Traces some packets, and opens the first one. */
async function trace(page) {
  await page.getByLabel('Protocol').selectOption('udp');
  await page.getByLabel('Packets', { exact: true }).fill('8');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator('.packets > li').first().waitFor();
  await page.locator('.packets summary').first().click();
}

ensureBuilt();
const { createAgent } = await import('../dist/src/agent/index.js');
const { builtIns } = await import('../dist/src/plugins/index.js');
const { connect } = await import('../dist/src/mux/index.js');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const target = join(root, 'docs', 'images');
mkdirSync(target, { recursive: true });

const socket = join(folder, 'api.sock');
// A process of its own, as VPP is: it takes time for its answers.
const mock = spawn(
  process.execPath,
  [
    ...[join(root, 'bin', 'vppmux.js'), 'mock', '--socket', socket, '--stats-socket', join(folder, 'stats.sock')],
    ...['--traffic', '1240000', '--workers', '4', '--interfaces'],
    'HundredGigabitEthernet3b/0/0,HundredGigabitEthernet3b/0/1,TenGigabitEthernet5e/0/0',
  ],
  { stdio: 'ignore' },
);
const fleet = join(folder, 'fleet');
const endFleet = await fleetIn(fleet);
const { 'interface-lister': _, ...plugins } = builtIns;
const clients = join(folder, 'clients.sock');
const agent = await createAgent({
  plugins: Object.values(plugins),
  env: {},
  version,
  settings: {
    govpp: { 'binapi-socket-path': socket },
    http: { endpoint: '127.0.0.1:0', 'loopback-access': 'write' },
    'api-socket': { sockets: [{ path: clients, role: 'controllers' }] },
    trace: { enabled: true },
    'desired-state': { 'state-dir': join(folder, 'state') },
    etcd: { dir: fleet, label: 'edge-ams-00', labels: { role: 'edge', site: 'ams' } },
  },
});
await agent.start();
const url = agent.status.status.details.http.url;
while (agent.status.status.details.vpp?.state !== 'ready') await setTimeout(100);
const controllers = [];
for (const name of ['calico-vpp', 'frr-linux-cp', 'backup-script']) {
  const vpp = await connect({ socket: clients, name });
  controllers.push(vpp);
}
const channel = controllers[0].channel();
for (let i = 0; i < 2; i++) await channel.request('create_loopback', {});
for (const index of [1, 2, 3]) {
  await channel.request('sw_interface_set_flags', { sw_if_index: index, flags: 1 });
  await channel.request('sw_interface_add_del_address', {
    sw_if_index: index,
    is_add: true,
    prefix: `192.0.2.${16 * index + 1}/28`,
  });
}
await channel.request('create_vlan_subif', { sw_if_index: 3, vlan_id: 100 });
let isOver = false;
const busy = (async () => {
  while (!isOver) {
    for (const vpp of controllers) await vpp.channel().request('show_version');
    await controllers[1].channel().dump('sw_interface_dump', {}).toArray();
    await setTimeout(20);
  }
})();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const pages = await Promise.all(
  PICTURES.map(async ({ path, colorScheme, act, viewport = { width: 1080, height: 540 } }) => {
    const page = await browser.newPage({ colorScheme, viewport });
    await page.goto(`${url}/ui/#/${path}`);
    await page.waitForSelector('h1');
    await act?.(page);
    return page;
  }),
);
await setTimeout(GROWING);
for (const [i, page] of pages.entries()) {
  const file = join(target, `dashboard-${PICTURES[i].name}.png`);
  await page.screenshot({ path: file });
  const { size } = statSync(file);
  say(`${file}: ${size} bytes${size > LARGEST ? `, more than ${LARGEST}` : ''}`);
  if (size > LARGEST) process.exitCode = 1;
}
isOver = true;
await busy;
await browser.close();
for (const vpp of controllers) await vpp.close();
await agent.close();
await endFleet();
mock.kill();
rmSync(folder, { recursive: true, force: true });
