import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { agentUrl } from '../../../src/cli/agents/agent-address.js';
import { keepRecord } from '../../../src/cli/agents/record.js';
import { fileOf, runningAgents } from '../../../src/cli/agents/running-agents.js';
import { UsageError } from '../../../src/cli/errors.js';
import { directoryWith, recordingLog } from '../../agent/support.js';
import { tracingAgent } from '../../plugins/trace/tracing-agent.js';
import { severalDataplanes } from '../../support/dataplanes.js';
import { environmentWith } from './support.js';

describe('the entry of an agent', () => {
  it('has its VPP and its address, for this user only, and goes with it; those of killed agents go, too', async () => {
    const env = environmentWith({ pid: 0x3fffffff, started: undefined });
    const folder = join(env.XDG_RUNTIME_DIR, 'vppmux', 'agents');
    const { agent, mock, url } = await tracingAgent();
    const end = keepRecord(agent, env, { dir: 'conf' });
    const file = fileOf(join(folder, '..'), process.pid);
    expect(readdirSync(folder)).toEqual([basename(file)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(runningAgents(env)).toMatchObject([
      { pid: process.pid, started: expect.any(String), socket: mock.socket, url, configDir: resolve('conf') },
    ]);
    expect(agentUrl({ io: { env } as never }, {}).origin).toBe(url);
    end();
    expect(existsSync(file)).toBe(false);
  });

  it('has the sockets of all dataplanes, and the stats sockets that the configuration names', async () => {
    const env = environmentWith();
    const { agent, mockOf } = await severalDataplanes(['edge', 'core'], {
      statsSockets: { main: '/run/m', core: '/run/c' },
    });
    const end = keepRecord(agent, env);
    const [{ socket, statsSocket, dataplanes, statsSockets }] = runningAgents(env);
    expect([socket, statsSocket]).toEqual([mockOf('main').socket, '/run/m']);
    expect([...dataplanes]).toEqual([
      ['edge', mockOf('edge').socket],
      ['core', mockOf('core').socket],
    ]);
    expect([...statsSockets]).toEqual([['core', '/run/c']]);
    end();
  });

  /** An agent whose VPP changes at the test's word. */
  async function followed(env: Record<string, string>) {
    const { agent } = await tracingAgent();
    let socket = '/run/vpp/api.sock';
    const listeners: (() => void)[] = [];
    const status = {
      get status() {
        return { details: { vpp: { socket } } };
      },
      subscribe: (listener: () => void) => {
        listeners.push(listener);
        return vi.fn();
      },
    };
    const { log, text } = recordingLog();
    const end = keepRecord({ ...agent, log, status } as never, env);
    const changes = (to = socket) => {
      socket = to;
      for (const listener of listeners) listener();
    };
    return { end, changes, text };
  }

  it('follows the agent: written anew when what it says changes, and only then', async () => {
    const env = environmentWith();
    const { end, changes } = await followed(env);
    const file = fileOf(join(env.XDG_RUNTIME_DIR, 'vppmux'), process.pid);
    const before = statSync(file).ino;
    changes();
    expect(statSync(file).ino).toBe(before);
    changes('/run/vpp-b/api.sock');
    expect(JSON.parse(readFileSync(file, 'utf8')).socket).toBe('/run/vpp-b/api.sock');
    end();
  });

  it('a socket named from where the agent was started: found from elsewhere', async () => {
    const env = environmentWith();
    const { end, changes } = await followed(env);
    changes('vpp.sock');
    expect(runningAgents(env)).toMatchObject([{ socket: resolve('vpp.sock') }]);
    end();
  });

  it('the folder is removed, and a stranger makes one of its name: nothing of theirs is written or removed', async () => {
    const env = environmentWith();
    const folder = join(env.XDG_RUNTIME_DIR, 'vppmux');
    const { end, changes } = await followed(env);
    const name = basename(fileOf(folder, process.pid));
    rmSync(folder, { recursive: true });
    const theirs = directoryWith({ [`agents/${name}`]: 'theirs', victim: 'precious' });
    symlinkSync(join(theirs, 'victim'), join(theirs, 'agents', `${name}.new`));
    symlinkSync(theirs, folder);
    // There is no other place for one.
    const other = join(env.XDG_RUNTIME_DIR, `vppmux-${process.getuid?.()}`);
    writeFileSync(other, '');
    expect(() => changes('/run/vpp-b/api.sock')).toThrow(`${folder} is not a folder of user`);
    end();
    expect(readFileSync(join(theirs, 'victim'), 'utf8')).toBe('precious');
    expect(readFileSync(join(theirs, 'agents', name), 'utf8')).toBe('theirs');
    rmSync(folder);
    rmSync(other);
    changes('/run/vpp-c/api.sock');
    expect(runningAgents(env)).toMatchObject([{ socket: '/run/vpp-c/api.sock' }]);
  });

  it('the folder was made by a stranger before: the log says so', async () => {
    const env = environmentWith();
    const runtime = env.XDG_RUNTIME_DIR;
    rmSync(join(runtime, 'vppmux'), { recursive: true });
    for (const name of ['vppmux', `vppmux-${process.getuid?.()}`]) writeFileSync(join(runtime, name), '');
    const { text } = await followed(env);
    expect(text()).toMatch(/info: commands .* do not find this agent by themselves: \S+vppmux is not a folder of user/);
    expect(runningAgents(env)).toEqual([]);
  });

  it('of another container that shares the folder: neither counted nor removed', async () => {
    const env = environmentWith();
    const file = join(env.XDG_RUNTIME_DIR, 'vppmux', 'agents', `1-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ pid: process.pid, socket: '/elsewhere' }));
    const { end } = await followed(env);
    expect(runningAgents(env)).toMatchObject([{ socket: '/run/vpp/api.sock' }]);
    end();
    expect(existsSync(file)).toBe(true);
  });
});

describe('the address of the agent', () => {
  const two = () => environmentWith({ url: 'http://127.0.0.1:9292' }, { url: 'http://127.0.0.1:9393' });
  const urlOf = (env: Record<string, string>, agent?: string) => agentUrl({ io: { env } as never }, { agent }).origin;

  it.each<[string, string | undefined, () => Record<string, string>, string]>([
    ['the option', 'a:1', () => ({ ...two(), VPPMUX_AGENT: 'b:1' }), 'http://a:1'],
    ['else VPPMUX_AGENT', undefined, () => ({ ...two(), VPPMUX_AGENT: 'https://b:1' }), 'https://b:1'],
    [
      'else the one that runs',
      undefined,
      () => environmentWith({ url: 'http://127.0.0.1:9292' }),
      'http://127.0.0.1:9292',
    ],
    ['one on all addresses', undefined, () => environmentWith({ url: 'http://[::]:9292' }), 'http://127.0.0.1:9292'],
    [
      'of several the usual one',
      undefined,
      () => environmentWith({ url: 'http://a:1' }, { url: 'http://[::]:9191' }),
      'http://127.0.0.1:9191',
    ],
    ['none runs', undefined, () => environmentWith({ url: 'nonsense' }, {}), 'http://127.0.0.1:9191'],
  ])('%s', (_, option, env, url) => expect(urlOf(env(), option)).toBe(url));

  it('several, and none of them the usual one: asks which', () => {
    expect(() => urlOf(two())).toThrow(/^several agents run: say which with --agent or VPPMUX_AGENT: .*9292, .*9393$/);
  });

  it.each([
    ['--agent', {}, 'ftp://x'],
    ['VPPMUX_AGENT', { VPPMUX_AGENT: 'unix:/x' }, undefined],
    ['VPPMUX_AGENT', { VPPMUX_AGENT: '/run/agent.sock' }, undefined],
    ['--agent', {}, 'http://a:1/vppmux'],
    ['--agent', {}, 'a:1/?x'],
  ])('%s that is no address: refused by its name', (name, env, option) => {
    expect(() => urlOf(env, option)).toThrow(UsageError);
    expect(() => urlOf(env, option)).toThrow(name);
  });

  it.each(['http://joe:hush@a:1', 'joe:hush@a:1', 'ftp://joe:hush@a', 'hush@a:1', 'http://hush@a b'])(
    '%s: refused, since it would be sent as another kind of secret, and is not shown',
    (address) => {
      expect(() => urlOf({}, address)).toThrow(UsageError);
      expect(() => urlOf({ VPPMUX_AGENT: address })).toThrow(/^(?!.*hush).*VPPMUX_AGENT/);
    },
  );
});
