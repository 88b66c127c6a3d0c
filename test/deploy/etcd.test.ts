/** deploy/etcd: three members over TLS, certificates, and users with least rights, on the real etcd. */

import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { EtcdClient } from '../../src/etcd/index.js';
import {
  begin,
  Driver,
  FleetKeys,
  fleetStatus,
  Member,
  readNewest,
  readWish,
  writeWish,
} from '../../src/fleet/index.js';
import { FakeCarrier } from '../fleet/member/fake-carrier.js';
import { root } from '../support/built.js';
import { etcdMissing } from '../support/etcd.js';
import { EtcdScripts } from '../support/etcd-scripts.js';
import { readWatch } from '../support/etcd-watch.js';
import { excused } from '../support/needs.js';

const keys = new FleetKeys();

describe('etcd of three members, with certificates and roles', excused(etcdMissing('etcdctl', 'openssl')), () => {
  const scripts = new EtcdScripts();
  beforeAll(async () => {
    scripts.run('certificates.sh', 'certificates', 'server');
    scripts.run('certificates.sh', 'certificates', 'root');
    scripts.run('certificates.sh', 'certificates', 'agent', 'edge1', 'edge2', 'removed', 'drives');
    scripts.run('certificates.sh', 'certificates', 'driver', 'ops');
    scripts.run('certificates.sh', 'others', 'agent', 'edge1');
    await scripts.start();
    scripts.run('roles.sh', 'enable');
    scripts.run('roles.sh', 'agent', 'edge1', 'edge2', 'removed');
    scripts.run('roles.sh', 'driver', 'ops');
    scripts.run('roles.sh', 'agent', 'drives');
    scripts.run('roles.sh', 'drives', 'drives');
  });
  afterAll(() => scripts.remove());

  // Nothing that another test has written is there.
  beforeEach(async () => {
    const driver = new EtcdClient({ endpoints: scripts.endpoints, tls: scripts.tls('driver-ops') });
    await driver.delete({ prefix: `${keys.prefix}/` }).finally(() => driver.close());
  });

  const as = (user: string, folder?: string, endpoints = scripts.endpoints) => {
    const options = { endpoints, tls: scripts.tls(user, folder), connectTimeoutMs: 1000 };
    const client = new EtcdClient({ ...options, ...(folder === undefined ? {} : { requestTimeoutMs: 1500 }) });
    onTestFinished(() => client.close());
    return client;
  };
  const put = (client: EtcdClient, key: string, value = '') => client.transact({ success: [{ put: key, value }] });
  const refused = { code: 'ETCD_PERMISSION', outcome: 'not-sent' };

  it('an agent: reads its own, groups, wishes and the newest number, and keeps its state and report', async () => {
    const driver = as('driver-ops');
    const agent = as('agent-edge1');
    await put(driver, keys.assignment('edge1'), 'do this');
    await put(driver, keys.group('all'), 'and that');
    const wish = await writeWish(driver, keys, 'interfaces: {}\n');
    expect(await readWish(agent, keys, wish)).toBe('interfaces: {}\n');
    expect((await agent.list({ prefix: keys.groups })).kvs).toHaveLength(1);
    // By it an agent that comes back tells a roll-out that was taken back from data that was lost.
    expect(await agent.get(keys.latest)).toBeUndefined();
    const watch = readWatch(agent.watch({ prefix: keys.agent('edge1') }));
    await watch.knows(keys.assignment('edge1'), 'do this');
    const groups = readWatch(agent.watch({ prefix: keys.groups }));
    await groups.knows(keys.group('all'), 'and that');
    const kept = agent.keep({ ttlSeconds: 30 });
    kept.set(keys.state('edge1'), 'well');
    kept.set(keys.report('edge1'), 'done', { stays: true });
    await kept.settled();
    await watch.knows(keys.state('edge1'), 'well');
    // Ending its lease is a right of whoever may write its keys.
    await kept.close();
    await watch.knows(keys.state('edge1'), undefined);
    await watch.knows(keys.report('edge1'), 'done');
  });

  it('an agent: is refused everything else', async () => {
    const agent = as('agent-edge1');
    for (const key of [
      ...[keys.assignment('edge1'), `${keys.state('edge1')}/more`, keys.state('edge2'), keys.report('edge2')],
      ...[keys.group('mine'), keys.wishPiece('0'.repeat(64), 0), keys.latest, `${keys.driver}/1`, keys.rollout(1)],
      ...['/vppmux', '/other', keys.state('edge11'), keys.agents],
    ]) {
      await expect(put(agent, key), key).rejects.toMatchObject(refused);
    }
    for (const prefix of ['', keys.agents, keys.agent('edge2'), keys.generations, keys.driver, '/vppmux/']) {
      await expect(agent.list({ prefix }), prefix).rejects.toMatchObject({ code: 'ETCD_PERMISSION' });
    }
    await expect(agent.delete({ prefix: keys.agent('edge1') })).rejects.toMatchObject(refused);
    await expect(agent.lock(keys.driver, { ttlSeconds: 5 })).rejects.toMatchObject(refused);
    const watch = readWatch(agent.watch({ prefix: keys.agents }));
    expect(await watch.error).toMatchObject({ code: 'ETCD_PERMISSION' });
  });

  it('a lease of an agent: takes no keys of another one, who cannot end it either', async () => {
    const lease = await as('agent-edge1').lease(30);
    const success = [{ put: keys.state('edge1'), value: 'well', lease: lease.id }];
    await as('agent-edge1').transact({ success });
    const other = as('agent-edge2');
    // Put alone: in a transaction etcd 3.4 does not look at the lease.
    await expect(other.put(keys.state('edge2'), 'well', { lease: lease.id })).rejects.toMatchObject(refused);
    const { ca, cert, key } = scripts.tls('agent-edge2');
    const files = ['--cacert', ca, '--cert', cert, '--key', key];
    const revoke = () =>
      execFileSync(
        'etcdctl',
        ['--endpoints', scripts.endpoints[0], ...files, 'lease', 'revoke', lease.id.toString(16)],
        {
          env: { ...process.env, ETCDCTL_API: '3' },
          stdio: 'pipe',
        },
      );
    expect(revoke).toThrow('permission denied');
    expect((await as('agent-edge1').get(keys.state('edge1')))?.lease).toBe(lease.id);
    await lease.revoke();
  });

  it("another agent's key with this one's certificate: no connection", async () => {
    const { ca, cert } = scripts.tls('agent-edge1');
    const tls = { ca, cert, key: scripts.tls('agent-edge2').key };
    const mixed = new EtcdClient({ endpoints: scripts.endpoints, tls, requestTimeoutMs: 1500 });
    onTestFinished(() => mixed.close());
    await expect(put(mixed, keys.state('edge1'))).rejects.toMatchObject({ code: 'ETCD_TLS', outcome: 'not-sent' });
  });

  it('a certificate of another CA, with the name of an agent: no connection', async () => {
    const error = await put(as('agent-edge1', 'others'), keys.state('edge1')).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ETCD_TLS', outcome: 'not-sent' });
    expect(error.message).toContain('etcd does not take the client certificate');
  });

  it('a driver: has all of the fleet, and nothing beyond it', async () => {
    const driver = as('driver-ops');
    const lock = await driver.lock(keys.driver, { ttlSeconds: 5, value: 'ops' });
    const success = [
      { put: keys.latest, value: '1' },
      { put: keys.state('edge2'), value: 'x' },
      { delete: { prefix: keys.agent('edge2') } },
    ];
    expect((await driver.transact({ compare: [lock.fence], success: success.slice(0, 2) })).succeeded).toBe(true);
    expect((await driver.transact({ compare: [lock.fence], success: success.slice(2) })).succeeded).toBe(true);
    await lock.release();
    await expect(put(driver, '/other')).rejects.toMatchObject(refused);
    await expect(driver.list({ prefix: '' })).rejects.toMatchObject({ code: 'ETCD_PERMISSION' });
    await expect(put(driver, '/vppmux-of-others/latest')).rejects.toMatchObject(refused);
  });

  it('a roll-out: agents and driver need no more than they may', async () => {
    const store = as('driver-ops');
    const warnings: string[] = [];
    const log = { info() {}, warn: (text: string) => void warnings.push(text) };
    const carriers = ['edge1', 'edge2'].map((label) => {
      const carrier = new FakeCarrier();
      const facts = () => ({ agent: '0.1.0', health: 'ok' as const });
      const member = new Member({
        store: as(`agent-${label}`),
        keys,
        label,
        labels: {},
        carrier,
        facts,
        log,
        pace: { jitterMs: 0 },
      });
      onTestFinished(() => member.close());
      member.start();
      return carrier;
    });
    await expect.poll(async () => (await fleetStatus(store, keys)).agents.length).toBe(2);
    const wishes = { main: await writeWish(store, keys, 'interfaces: {}\n') };
    const plan = { at: new Date().toISOString(), by: 'tests', pauseOnFailure: true, allowAway: false, waveSeconds: 60 };
    const made = await begin(store, keys, async () => ({
      plan: { ...plan, groups: { all: { selector: {}, wishes } }, droppedGroups: [] },
      agents: ['edge1', 'edge2'].map((label, at) => ({ label, wave: at + 1, wishes })),
    }));
    await new Driver({ store, keys, name: 'ops', until: made?.generation }).run(new AbortController().signal);
    expect((await readNewest(store, keys))?.state).toMatchObject({ state: 'done', wave: 2 });
    for (const { done } of carriers) expect(done).toContain('interfaces: {}\n');
    expect(warnings).toEqual([]);
  });

  it('an agent that drives, too: has what both have', async () => {
    const agent = as('agent-drives');
    await put(agent, keys.assignment('edge2'), 'of a driver');
    const kept = agent.keep({ ttlSeconds: 30 });
    kept.set(keys.state('drives'), 'well');
    await kept.settled();
    await expect(put(agent, '/other')).rejects.toMatchObject(refused);
  });

  it('an agent that was removed: its certificate opens nothing', async () => {
    const agent = as('agent-removed');
    await put(agent, keys.state('removed'));
    scripts.run('roles.sh', 'remove', 'agent-removed');
    await expect(put(as('agent-removed'), keys.state('removed'))).rejects.toMatchObject({ outcome: 'not-sent' });
    await expect(put(agent, keys.state('removed'))).rejects.toMatchObject({ outcome: 'not-sent' });
  });

  it('roles: can be made again', () => {
    scripts.run('roles.sh', 'enable');
    scripts.run('roles.sh', 'agent', 'edge1');
    scripts.run('roles.sh', 'driver', 'ops');
  });

  it('one member killed at a time: agents and drivers go on, and it comes back with its data', async () => {
    const agent = as('agent-edge2');
    const driver = as('driver-ops');
    const watch = readWatch(agent.watch({ prefix: keys.agent('edge2') }));
    const kept = agent.keep({ ttlSeconds: 30 });
    kept.set(keys.state('edge2'), 'well');
    await kept.settled();
    for (const member of [1, 2, 3]) {
      scripts.kill(member);
      await expect
        .poll(() => scripts.tryRun('three-members.sh', 'status', 'data'))
        .toMatchObject({
          status: 1,
          stdout: expect.stringMatching(new RegExp(`^m${member} .*does not run$`, 'm')),
        });
      const value = `while ${member} is away`;
      // A write that was under way when its member was killed may have been carried out: it is written again.
      await expect
        .poll(() =>
          put(driver, keys.assignment('edge2'), value).then(
            () => 'written',
            () => 'not',
          ),
        )
        .toBe('written');
      await watch.knows(keys.assignment('edge2'), value);
      kept.set(keys.state('edge2'), value);
      await kept.settled();
      scripts.run('three-members.sh', 'start', 'data');
      expect(scripts.run('three-members.sh', 'status', 'data')).not.toContain('does not run');
      const alone = as('agent-edge2', undefined, [scripts.endpoints[member - 1]]);
      expect((await alone.get(keys.state('edge2')))?.value.toString()).toBe(value);
    }
  });

  it('one member: can be stopped and started by its number', () => {
    scripts.run('three-members.sh', 'stop', 'data', '--member', '2');
    const { status, stdout } = scripts.tryRun('three-members.sh', 'status', 'data');
    expect([status, stdout.match(/^m\d(?= .*does not run$)/gm)]).toEqual([1, ['m2']]);
    scripts.run('three-members.sh', 'start', 'data', '--member', '2');
    expect(scripts.tryRun('three-members.sh', 'status', 'data').status).toBe(0);
  });

  it('keys, and data with them: are for their owner only', () => {
    const modeOf = (path: string) => (statSync(join(scripts.folder, path)).mode & 0o777).toString(8);
    for (const name of ['ca', 'server', 'root', 'agent-edge1', 'driver-ops']) {
      expect(modeOf(`certificates/${name}.key`)).toBe('600');
    }
    expect(modeOf('data')).toBe('700');
  });

  it.each<[string, string, readonly string[]]>([
    ['a label that is no name', 'certificates.sh', ['certificates', 'agent', 'edge1', '../edge']],
    ['a label with a comma', 'certificates.sh', ['certificates', 'agent', 'a/CN=root']],
    ['a label that is too long', 'certificates.sh', ['certificates', 'agent', 'x'.repeat(58)]],
    ['a host that is none', 'certificates.sh', ['certificates', 'server', 'a,DNS:b']],
    ['a role for no name', 'roles.sh', ['agent', 'edge1', 'edge/2']],
    ['the removal of root', 'roles.sh', ['remove', 'root']],
    ['ports that are none', 'three-members.sh', ['start', 'elsewhere', '--client-ports', '1,2']],
    ['a folder where nothing was started', 'three-members.sh', ['stop', 'elsewhere']],
    ['other ports for the same data', 'three-members.sh', ['start', 'data', '--client-ports', '1,2,3']],
    ['no certificates', 'three-members.sh', ['start', 'elsewhere', '--certificates', '.']],
  ])('%s: is refused, and nothing is changed', (_, script, args) => {
    const { status, stderr } = scripts.tryRun(script, ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${script}: `));
    expect(statSync(join(scripts.folder, 'certificates/agent-edge1.pem')).isFile()).toBe(true);
    expect(() => statSync(join(scripts.folder, 'elsewhere'))).toThrow('ENOENT');
  });

  it.each(['certificates.sh', 'roles.sh', 'three-members.sh'])(
    '%s without arguments: says how it is called',
    (script) => {
      const { status, stderr } = scripts.tryRun(script);
      expect(status).toBe(2);
      expect(stderr).toContain(`${script} `);
      expect(stderr).not.toContain('#');
    },
  );
});

describe('the compose file of etcd', () => {
  const text = readFileSync(join(root, 'deploy/etcd/compose.yaml'), 'utf8');
  const { services, volumes } = parse(text, { merge: true });
  const names = Object.keys(services);

  it('its ports on this machine: are those of the scripts, on the loopback', () => {
    const ports = names.flatMap((name) => services[name].ports);
    expect(ports).toEqual(['127.0.0.1:12379:2379', '127.0.0.1:22379:2379', '127.0.0.1:32379:2379']);
    const published = ports.map((port) => port.split(':')[1]);
    expect(readFileSync(join(root, 'deploy/etcd/three-members.sh'), 'utf8')).toContain(published.join());
    const defaults = published.map((port) => `https://127.0.0.1:${port}`).join();
    expect(readFileSync(join(root, 'deploy/etcd/roles.sh'), 'utf8')).toContain(defaults);
  });

  it('its members: know each other by the names that their certificate has', () => {
    expect(text).toContain(`certificates.sh certificates server ${names.join(' ')}`);
    for (const name of names) {
      const { environment, volumes: mounts } = services[name];
      expect(environment.ETCD_NAME).toBe(name);
      expect(environment.ETCD_INITIAL_ADVERTISE_PEER_URLS).toBe(`https://${name}:2380`);
      expect(environment.ETCD_INITIAL_CLUSTER.split(',')).toContain(`${name}=https://${name}:2380`);
      expect([environment.ETCD_CLIENT_CERT_AUTH, environment.ETCD_PEER_CLIENT_CERT_AUTH]).toEqual(['true', 'true']);
      const files = Object.values<string>(environment).filter((value) => value.startsWith('/certificates/'));
      for (const file of files) expect(mounts).toContain(`.${file}:${file}:ro`);
      expect(Object.keys(volumes)).toContain(mounts[0].split(':')[0]);
      // The key of the CA stays outside.
      expect(mounts.join()).not.toContain('ca.key');
    }
  });
});
