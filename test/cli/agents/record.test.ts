import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { agentUrl } from '../../../src/cli/agents/agent-address.js';
import { keepRecord } from '../../../src/cli/agents/record.js';
import { runningAgents } from '../../../src/cli/agents/running-agents.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { tracingAgent } from '../../plugins/tracing-agent.js';
import { environmentWith } from './support.js';

describe('the entry of an agent', () => {
  it('has its VPP and its address, for this user only, and goes with it; those of killed agents go, too', async () => {
    const env = environmentWith({ pid: 0x3fffffff, started: undefined });
    const folder = join(env.XDG_RUNTIME_DIR, 'vppmux', 'agents');
    const { agent, mock, url } = await tracingAgent();
    const end = keepRecord(agent, env);
    const file = join(folder, `${process.pid}.json`);
    expect(readdirSync(folder)).toEqual([`${process.pid}.json`]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(runningAgents(env)).toMatchObject([
      { pid: process.pid, started: expect.any(String), socket: mock.socket, url },
    ]);
    expect(agentUrl({ io: { env } as never }, {}).origin).toBe(url);
    end();
    expect(existsSync(file)).toBe(false);
  });

  it('follows the agent: written anew when what it says changes, and only then', async () => {
    const env = environmentWith();
    const { agent } = await tracingAgent();
    let vpp = '/run/vpp/api.sock';
    const listeners: (() => void)[] = [];
    const status = {
      get status() {
        return { details: { vpp: { socket: vpp } } };
      },
      subscribe: (listener: () => void) => {
        listeners.push(listener);
        return vi.fn();
      },
    };
    const end = keepRecord({ ...agent, status } as never, env);
    const file = join(env.XDG_RUNTIME_DIR, 'vppmux', 'agents', `${process.pid}.json`);
    const before = statSync(file).ino;
    listeners[0]();
    expect(statSync(file).ino).toBe(before);
    vpp = '/run/vpp-b/api.sock';
    listeners[0]();
    expect(JSON.parse(readFileSync(file, 'utf8')).socket).toBe(vpp);
    end();
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
