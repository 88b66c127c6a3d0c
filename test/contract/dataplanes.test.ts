/** Several dataplanes in one agent: each has its own wish; one that is killed or hangs is not noticed by the others. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFolderStore, writeWish } from '../../src/fleet/index.js';
import { wishApply, wishDrift, wishShow, wishStatus } from '../../src/plugins/index.js';
import { connectRemote } from '../../src/remote/index.js';
import { type Fields, isFault, type Mux } from '../../src/sdk/index.js';
import { driverOf, keys } from '../plugins/etcd/support.js';
import { severalDataplanes } from '../support/dataplanes.js';

const wishOf = (loopback: string) => `loopbacks:\n  ${loopback}: { addresses: [ 192.0.2.1/24 ] }\n`;
const LOOPBACKS: Readonly<Record<string, string>> = { main: 'loop1', edge: 'loop2', core: 'loop3' };
const eventOf = ({ deleted, sw_if_index }: Fields) => `${deleted ? 'deleted' : 'made'} ${sw_if_index}`;
const eventually = (read: () => unknown) => expect.poll(read, { interval: 5, timeout: 60_000 });

type Several = Awaited<ReturnType<typeof severalDataplanes>>;

/** Gives each dataplane a wish of its own, and waits until VPP is as it says. */
async function applyAll({ client, names }: Several): Promise<void> {
  for (const dataplane of names) {
    await eventually(async () => (await client.call(wishStatus, {}, { dataplane })).state).toBe('none');
    const text = wishOf(LOOPBACKS[dataplane]);
    await eventually(() => client.call(wishApply, { text }, { dataplane }).then(({ state }) => state)).toBe('applied');
  }
}

async function interfacesOf(mux: Mux): Promise<string[]> {
  const rows = await mux.channel().dump('sw_interface_dump').toArray();
  return rows.map(({ interface_name }) => String(interface_name)).sort();
}

/** Sends one request after the other, and counts, until it is ended. */
function pinging(mux: Mux) {
  const channel = mux.channel({ name: 'pinging' });
  let stopped = false;
  let count = 0;
  const all = (async () => {
    for (; !stopped; count++) await channel.request('control_ping');
  })();
  all.catch(() => {});
  return {
    get count() {
      return count;
    },
    async end() {
      stopped = true;
      await all;
    },
  };
}

/** Everything that plugins and callers see of a dataplane, as a text that must not change. */
async function lookOf({ agent, client, muxOf }: Several, dataplane: string) {
  const { state, generation, reconnects, since } = muxOf(dataplane).status;
  const name = dataplane === 'main' ? 'desired-state' : `desired-state-${dataplane}`;
  const part = agent.status.status.parts.find((each) => each.name === name);
  const { changes } = await client.call(wishDrift, {}, { dataplane });
  return { state, generation, reconnects, since, part, changes };
}

describe('several dataplanes', () => {
  it('each has its own wish, its own VPP, and what one is asked the others do not see', async () => {
    const several = await severalDataplanes(['edge', 'core']);
    const { client, names, muxOf } = several;
    await applyAll(several);
    for (const dataplane of names) {
      expect(await interfacesOf(muxOf(dataplane))).toEqual(['local0', LOOPBACKS[dataplane]]);
      expect(await client.call(wishShow, {}, { dataplane })).toEqual({
        revision: 1,
        text: wishOf(LOOPBACKS[dataplane]),
      });
      expect((await client.call(wishDrift, {}, { dataplane })).changes).toEqual([]);
    }
    expect(await client.call(wishShow, {})).toMatchObject({ text: wishOf('loop1') });
  });

  it('one that there is not: is refused, with the nearest', async () => {
    const { client } = await severalDataplanes(['edge']);
    const refused = await client.call(wishStatus, {}, { dataplane: 'egde' }).catch((error) => error);
    expect(isFault(refused) && [refused.code, refused.message]).toEqual([
      'INVALID_INPUT',
      'operation wish.status: there is no dataplane egde; did you mean "edge"?',
    ]);
  });

  it('an operation that no plugin serves there: is refused, and not done at another dataplane', async () => {
    const { client, server } = await severalDataplanes(['edge'], { plugins: ['stats'] });
    const refused = await client.call('stats.ls', {}, { dataplane: 'edge' }).catch((error) => error);
    expect(isFault(refused) ? refused.code : refused).toBe('NOT_SUPPORTED');
    const { paths } = (await server.inject('/openapi.json')).json();
    const servedAt = (path: string) => paths[path].post['x-vppmux'].dataplanes;
    expect([servedAt('/api/interface/list'), servedAt('/api/stats/ls')]).toEqual([['main', 'edge'], ['main']]);
    const { operations } = (await server.inject('/api')).json();
    const listed = operations.find(({ name }: { name: string }) => name === 'stats.ls');
    expect(listed.dataplanes).toEqual(['main']);
  });

  it.each(['killed', 'hung'])(
    'one is %s under load: the others notice nothing, and it comes back by itself',
    async (how) => {
      const several = await severalDataplanes(['edge', 'core']);
      const { agent, client, server, mockOf, muxOf } = several;
      await applyAll(several);
      const others = ['main', 'core'];
      const before = await Promise.all(others.map((name) => lookOf(several, name)));
      const items = others.map((name) => {
        const seen: unknown[] = [];
        muxOf(name)
          .channel()
          .events('sw_interface_event')
          .observe()
          .subscribe((item) => seen.push('resync' in item || 'gap' in item ? item : eventOf(item)));
        return seen;
      });
      await eventually(() => others.map((name) => mockOf(name).clients[0]?.wants)).toEqual([
        ['want_interface_events'],
        ['want_interface_events'],
      ]);
      const load = others.map((name) => pinging(muxOf(name)));
      const lost = Array.from({ length: 50 }, () => muxOf('edge').channel());
      mockOf('edge').misbehave({ silent: true });
      const settled = Promise.allSettled(lost.map((channel) => channel.request('show_version')));
      if (how === 'killed') mockOf('edge').kill();
      await eventually(() => muxOf('edge').state).toBe(how === 'killed' ? 'backoff' : 'not-responding');

      const counts = load.map(({ count }) => count);
      const made = await Promise.all(
        others.map(async (name) => {
          const channel = muxOf(name).channel();
          const indexes: unknown[] = [];
          for (let i = 0; i < 10; i++) indexes.push((await channel.request('create_loopback', {})).sw_if_index);
          for (const sw_if_index of indexes) await channel.request('delete_loopback', { sw_if_index });
          return indexes;
        }),
      );
      await eventually(() => load.map(({ count }, i) => count > counts[i] + 100)).toEqual([true, true]);
      const { overall, parts } = agent.status.status;
      expect({ overall, govpp: parts.find(({ name }) => name === 'govpp')?.state }).toEqual({
        overall: 'degraded',
        govpp: 'degraded',
      });
      expect((await server.inject('/readiness')).statusCode).toBe(200);

      if (how === 'killed') {
        expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
        mockOf('edge').behave();
        await mockOf('edge').restart();
      } else {
        mockOf('edge').behave();
      }
      await eventually(() => muxOf('edge').state).toBe('ready');
      await eventually(async () => (await client.call(wishStatus, {}, { dataplane: 'edge' })).state).toBe('applied');
      expect(await interfacesOf(muxOf('edge'))).toEqual(['local0', 'loop2']);

      for (const each of load) await each.end();
      for (const [i, indexes] of made.entries()) {
        const seen = items[i].filter((item, k) => item !== items[i][k - 1]);
        const wanted = ['made', 'deleted'].flatMap((what) => indexes.map((index) => `${what} ${index}`));
        expect(seen).toEqual(wanted);
      }
      expect(await Promise.all(others.map((name) => lookOf(several, name)))).toEqual(before);
      await eventually(() => agent.status.status.overall).toBe('ok');
    },
  );

  it('all are away: only then is the agent not ready', async () => {
    const { server, mockOf } = await severalDataplanes(['edge']);
    const codes = async () => (await server.inject('/readiness')).statusCode;
    mockOf('main').kill();
    await eventually(async () => (await server.inject('/readiness')).json().overall).toBe('degraded');
    expect(await codes()).toBe(200);
    mockOf('edge').kill();
    await eventually(codes).toBe(503);
    await mockOf('edge').restart();
    await eventually(codes).toBe(200);
  });

  it('over HTTP: ?dataplane= names it; /status, /metrics and the description know all', async () => {
    const several = await severalDataplanes(['edge'], {
      plugins: ['stats', 'metrics', 'api-socket', { plugin: 'api-socket', dataplane: 'edge' }],
    });
    const { server, mockOf } = several;
    await applyAll(several);
    const shown = async (path: string) => (await server.inject(path)).json();
    expect(await shown('/api/wish/status?dataplane=edge&objects=true&match=loopback/*')).toMatchObject({
      objects: [{ key: 'loopback/loop2' }],
    });
    expect(await shown('/api/wish/status?objects=true&match=loopback/*')).toMatchObject({
      objects: [{ key: 'loopback/loop1' }],
    });
    const posted = { method: 'POST', url: '/api/wish/show?dataplane=edge', payload: {} } as const;
    expect((await server.inject(posted)).json()).toMatchObject({ text: wishOf('loop2') });
    expect(await shown('/api/wish/status?dataplane=nowhere')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await shown('/api/wish/status?dataplane=a&dataplane=b')).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    const status = await shown('/status');
    expect(status.vpp.socket).toBe(mockOf('main').socket);
    expect(status.dataplanes.edge.vpp.socket).toBe(mockOf('edge').socket);
    expect(Object.keys(status.plugins)).toContain('desired-state-edge');
    expect((await server.inject('/dataplanes/edge/clients')).statusCode).toBe(200);
    const { paths, components } = await shown('/openapi.json');
    expect(components.parameters.dataplane.schema.enum).toEqual(['main', 'edge']);
    expect(paths['/api/wish/apply'].post.parameters).toContainEqual({ $ref: '#/components/parameters/dataplane' });
    const page = (await server.inject('/metrics')).body;
    expect(page).toContain('desired_state_revision{dataplane="main"} 1\n');
    expect(page).toContain('desired_state_revision{dataplane="edge"} 1\n');
    expect(page.split('# TYPE desired_state_revision ')).toHaveLength(2);
    expect(page).toContain('vppmux_connection_state{dataplane="edge",state="ready"} 1\n');
    expect(page).toContain('vppmux_connection_state{dataplane="main",state="ready"} 1\n');
    // Calls of one dataplane that fail are not those of another; a name that is none has no series of its own.
    const calls = page.split('\n').filter((line: string) => /^vppmux_operations_total\{.*"wish\.status"/.test(line));
    const outcomes = calls.map((line: string) => /code="(\w+)",dataplane="(\w+)"/.exec(line)?.slice(1).join(' '));
    expect(outcomes).toEqual(expect.arrayContaining(['OK main', 'OK edge', 'INVALID_INPUT unknown']));
    expect(page).toMatch(/^vppmux_operation_seconds_count\{dataplane="edge",operation="wish\.show"\} 1$/m);
    expect(page).toMatch(/^vppmux_refusals_total\{code="REFUSED",dataplane="main"\} 0$/m);
  });

  it('plugins that serve paths: those of another dataplane stand below /dataplanes/NAME', async () => {
    const plugins = ['stats', 'metrics', 'remote', 'trace', 'dashboard'].flatMap((plugin) => [
      plugin,
      { plugin, dataplane: 'edge' },
    ]);
    const several = await severalDataplanes(['edge'], { plugins });
    const { agent, server, muxOf } = several;
    await muxOf('edge').channel().request('create_loopback', {});
    const rowsAt = async (base: string) =>
      (await server.inject(`${base}/vpp/sw_interface_dump`)).body.trim().split('\n').length;
    expect([await rowsAt(''), await rowsAt('/dataplanes/edge')]).toEqual([1, 2]);
    const { messages } = (await server.inject('/dataplanes/edge/vpp?match=show_version')).json();
    expect(messages[0].path).toBe('/dataplanes/edge/vpp/show_version');
    const page = (await server.inject('/dataplanes/edge/metrics')).body;
    expect(page).toContain('vpp_up ');
    expect(page).not.toMatch(/^(process_|vppmux_connection)/m);
    const { url } = agent.status.status.details.http as { url: string };
    const remote = await connectRemote({ url: `${url}/dataplanes/edge` });
    expect(await remote.channel().dump('sw_interface_dump').toArray()).toHaveLength(2);
    await remote.close();
    const { links } = (await server.inject('/')).json();
    expect(links.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['/dataplanes/edge/metrics', '/dataplanes/edge/ui/']),
    );
    const operation = async (path: string) => (await server.inject(path)).json();
    expect((await operation('/dataplanes/edge/api/interface/list')).interfaces).toHaveLength(2);
    expect((await operation('/dataplanes/main/api/interface/list')).interfaces).toHaveLength(1);
    expect(await operation('/dataplanes/far/api/interface/list')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect((await server.inject('/dataplanes/edge/ui/')).statusCode).not.toBe(404);
    expect((await server.inject('/dataplanes/edge/openapi.json')).statusCode).toBe(200);
  });

  it('log and status: each line and each part of a plugin says its dataplane', async () => {
    const several = await severalDataplanes(['edge'], {
      plugins: ['trace', { plugin: 'trace', dataplane: 'edge' }],
      files: {
        'trace.conf': '{"enabled":true}',
        'trace-edge.conf': '{"enabled":true}',
      },
    });
    const shown = several.lines
      .filter(({ msg }) => msg.startsWith('messages of VPP are shown'))
      .map(({ plugin, dataplane, msg }) => [plugin, dataplane, msg.split('"')[1]]);
    expect(shown).toEqual([
      ['trace', 'main', 'vppmux trace'],
      ['trace-edge', 'edge', 'vppmux trace --dataplane edge'],
    ]);
    const { plugins } = (await several.server.inject('/status')).json();
    expect([plugins.trace, plugins['trace-edge'], plugins.http].map(({ dataplane }) => dataplane)).toEqual([
      'main',
      'edge',
      undefined,
    ]);
  });

  it('a path that is not there: says which dataplanes there are, and what is not served at one', async () => {
    const { server } = await severalDataplanes(['edge'], { plugins: ['remote', 'stats', 'metrics'] });
    const messageAt = async (path: string) => (await server.inject(path)).json().error.message;
    expect(await messageAt('/dataplanes/egde/vpp')).toBe(
      'there is nothing at /dataplanes/egde/vpp: there is no dataplane egde; did you mean "edge"?',
    );
    for (const path of ['/metrics', '/vpp/show_version']) {
      expect(await messageAt(`/dataplanes/edge${path}`)).toBe(
        `there is nothing at /dataplanes/edge${path}: ${path} is served for main, and no plugin of agent.yaml serves it with "dataplane: edge"`,
      );
    }
    expect(await messageAt('/dataplanes/main/metrics')).toMatch(/: what is of main stands at \/metrics$/);
    for (const path of ['/openapi.json', '/api']) {
      expect(await messageAt(`/dataplanes/egde${path}`)).toBe('there is no dataplane egde; did you mean "edge"?');
    }
    expect(await messageAt('/dataplanes/edge/nothing')).toBe('there is nothing at /dataplanes/edge/nothing');
  });

  it('a policy: rules are for one, and the log warns of those without any', async () => {
    const rules = JSON.stringify({ rules: [{ messages: ['cli_inband'], action: 'refuse' }] });
    const warnings = async (plugins: readonly unknown[]) => {
      const files = { 'policy.yaml': rules, 'policy-edge.yaml': rules };
      const { text } = await severalDataplanes(['edge', 'core'], { plugins, files });
      return text()
        .split('\n')
        .filter((line) => line.includes('nothing is refused at'))
        .map((line) => /at dataplane (\w+)/.exec(line)?.[1]);
    };
    expect(await warnings(['policy'])).toEqual(['edge', 'core']);
    expect(await warnings(['policy', { plugin: 'policy', dataplane: 'edge' }])).toEqual(['core']);
  });

  it('in a fleet: each carries out its own wish, and the agent has applied once all have', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const store = await openFolderStore(dir);
    onTestFinished(() => store.close());
    const files = { 'etcd.conf': JSON.stringify({ label: 'a', jitter: '0s', dir }) };
    const { muxOf } = await severalDataplanes(['edge'], { plugins: ['etcd'], files });
    const driver = driverOf(store);
    const edge = await writeWish(store, keys, wishOf('loop2'));
    const main = await writeWish(store, keys, wishOf('loop1'));
    await driver.assign(wishOf('loop1'), 1, { wishes: { main, edge } });
    await driver.says({ generation: 1, outcome: 'applied' });
    expect(await interfacesOf(muxOf('main'))).toEqual(['local0', 'loop1']);
    expect(await interfacesOf(muxOf('edge'))).toEqual(['local0', 'loop2']);
    await driver.assign(wishOf('loop1'), 2, { wishes: { main, far: edge } });
    await driver.says({
      ...{ generation: 2, outcome: 'refused' },
      reason: expect.stringContaining('this agent has no dataplane "far": it has main, edge'),
    });
  });

  it('reload: a plugin of one dataplane gets its own change; another endpoint takes effect after a restart', async () => {
    const { agent, client, configDir } = await severalDataplanes(['edge']);
    const file = join(configDir, 'desired-state-edge.conf');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), 'auto-correct': 'all' }));
    agent.reload();
    const autoCorrect = async (dataplane: string) => (await client.call(wishStatus, {}, { dataplane })).autoCorrect;
    await eventually(() => autoCorrect('edge')).toBe('all');
    expect(await autoCorrect('main')).toBe('never');
    const govpp = join(configDir, 'govpp.conf');
    const { dataplanes, ...rest } = JSON.parse(readFileSync(govpp, 'utf8'));
    const more = { ...dataplanes, far: { 'binapi-socket-path': '/run/far.sock' } };
    writeFileSync(govpp, JSON.stringify({ ...rest, dataplanes: more }));
    agent.reload();
    await eventually(() => agent.status.status.config.pendingRestart.map(({ plugin, keys }) => [plugin, keys])).toEqual(
      [['govpp', ['dataplanes']]],
    );
    expect(agent.status.status.config.valid).toBe(true);
  });
});
