import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cli, startCli } from '../run-cli.js';

it('vppmux fleet demo: runs agents, to which a fleet is rolled out, that goes back, and goes on after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dir = join(folder, 'fleet');
  const store = ['--dir', join(dir, 'store')];
  const fleet = (...words: string[]) => cli(['fleet', ...words, ...store]);
  const demo = startCli(['fleet', 'demo', '--agents', '2', '--dir', dir]);
  await demo.seen('Ctrl-C ends it');
  const urls = demo.stdout.match(/http:\/\/\S+\/ui\//g) ?? [];
  expect(urls).toHaveLength(2);
  expect((await fetch(urls[0] as string)).status).toBe(200);
  expect(demo.stdout).toContain(`export VPPMUX_FLEET=${join(dir, 'store')}`);

  const applied = await fleet('apply', join(dir, 'files'));
  expect(applied).toMatchObject({ code: 0, stderr: expect.stringContaining('generation 1 is done') });
  const socket = (label: string) =>
    demo.stdout.match(new RegExp(`^${label} .*VPP_API_SOCKET=(\\S+)`, 'm'))?.[1] as string;
  const addresses = async (label: string) =>
    (await cli(['dump', 'ip_address_dump', '{"sw_if_index":1}', '--json', '--socket', socket(label)])).stdout;
  expect(await addresses('edge1')).toBe('');
  expect(await addresses('edge2')).toContain('192.0.2.2/32');

  writeFileSync(join(dir, 'files', 'agents', 'edge2.yaml'), 'loopbacks: { loop0: { addresses: [ 192.0.2.3/32 ] } }\n');
  expect(await fleet('apply', join(dir, 'files'))).toMatchObject({ code: 0 });
  expect(await fleet('rollback')).toMatchObject({ code: 0 });
  expect(await addresses('edge2')).toContain('192.0.2.2/32');
  demo.signal('SIGINT');
  expect(await demo.exit).toBe(0);
  expect((await fleet('status')).stdout).toContain('2 agents: 2 lost');

  const again = startCli(['fleet', 'demo', '--agents', '2', '--dir', dir]);
  await again.seen('Ctrl-C ends it');
  await expect.poll(async () => (await fleet('status')).stdout).toContain('2 agents: 2 as wished');
  // The wish of their group is there until the roll-out is done: it must not come back meanwhile.
  expect(await fleet('rollback', '0', '--wave-time', '20s')).toMatchObject({ code: 0 });
  expect((await fleet('status')).stdout).toContain('2 agents: 2 without a wish');
  again.signal('SIGINT');
  expect(await again.exit).toBe(0);
});
