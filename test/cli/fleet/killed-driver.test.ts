/** `vppmux fleet apply` in a process of its own, killed in the middle of a bad wave; etcd is the real one. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { etcdStore, FleetKeys, readNewest, wishHash } from '../../../src/fleet/index.js';
import { builtTree, root } from '../../support/built.js';
import { etcdMissing, startEtcd } from '../../support/etcd.js';
import { TestMember } from '../../support/fleet-members.js';
import { excused } from '../../support/needs.js';
import { cli, startCli } from '../run-cli.js';
import { wish } from './world.js';

const BAD = wish(1666);
/** Seconds after which etcd gives the lock of a killed driver to another one, and some more. */
const PATIENCE_MS = 40_000;

describe('a driver', excused(etcdMissing()), () => {
  beforeAll(builtTree);

  it('killed in a bad second wave: another one takes back what was touched, no third wave is, and the history says so', async () => {
    const cluster = await startEtcd();
    const folder = mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));
    const [etcd] = cluster.endpoints;
    const store = etcdStore({ endpoints: [etcd] });
    const keys = new FleetKeys();
    onTestFinished(async () => {
      await Promise.all([...members.values()].map((each) => each.end()));
      await store.close();
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    const outcome = (sha: string) => (sha === wishHash(BAD) ? 'applying' : 'applied');
    const members = new Map(labels.map((label) => [label, new TestMember({ store, keys, label, outcome })]));
    await Promise.all([...members.values()].map((each) => each.isThere()));
    const files = (texts: Readonly<Record<string, string>>) => {
      mkdirSync(join(folder, 'agents'), { recursive: true });
      for (const [label, text] of Object.entries(texts)) writeFileSync(join(folder, 'agents', `${label}.yaml`), text);
    };
    files(Object.fromEntries(labels.map((label) => [label, wish(1400)])));
    expect(await cli(['fleet', 'apply', folder, '--etcd', etcd])).toMatchObject({ code: 0 });

    files(Object.fromEntries(labels.map((label) => [label, label === 'c' ? BAD : wish(1500)])));
    const apply = ['bin/vppmux.js', 'fleet', 'apply', folder, '--batch', '2', '--etcd', etcd];
    const killed = spawn(process.execPath, apply, { cwd: root, stdio: 'ignore' });
    const gone = once(killed, 'exit');
    await expect.poll(() => members.get('c')?.taken.at(-1), { timeout: PATIENCE_MS }).toBe(2);
    killed.kill('SIGKILL');
    await gone;
    // Only now is it known that the wish is bad, and nobody drives.
    members.get('c')?.say(2, 'refused');
    const another = startCli(['fleet', 'drive', '--etcd', etcd]);
    await another.seen('generation 2 was taken back: wave 2 of 3: 1 of 2 agents: c (refused)');
    another.signal('SIGTERM');
    expect(await another.exit).toBe(0);

    expect((await readNewest(store, keys))?.state).toMatchObject({ state: 'taken-back', wave: 2 });
    expect(members.get('a')?.taken).toEqual([undefined, 1, 2, 1]);
    expect(members.get('c')?.taken).toEqual([undefined, 1, 2, 1]);
    for (const label of ['e', 'f']) expect(members.get(label)?.taken).toEqual([undefined, 1]);
    const { stdout } = await cli(['fleet', 'history', '--json', '--etcd', etcd]);
    expect(JSON.parse(stdout.split('\n')[0])).toMatchObject({
      plan: { generation: 2 },
      state: { state: 'taken-back', wave: 2 },
    });
  });
});
