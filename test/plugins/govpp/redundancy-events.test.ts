/** `dataplanes:` of govpp.conf over real sockets: what plugins are told, and the state that they find again. */

import { expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { RedundancyEvent } from '../../../src/agent/plugin/control-events.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 5 });

/** An agent over two mocks, with a plugin that counts what it is asked. */
async function redundantAgent(dataplanes: Record<string, unknown> = {}) {
  const [primary, backup] = [await testMock(), await testMock({ pid: 7000 })];
  const told: (string | RedundancyEvent)[] = [];
  let count = 0;
  const user = taker({ mux: Mux }, 'user', () => ({
    dataplane: ({ state }) => void told.push(state),
    redundancy: (event) => void told.push(event),
    saveState: () => {
      told.push('saveState');
      count++;
      return { count };
    },
  }));
  const { log, text } = recordingLog('info');
  const agent = await createAgent({
    plugins: [govppPlugin(), user.plugin],
    log,
    env: {},
    settings: {
      govpp: {
        dataplanes: { primary: primary.socket, backup: backup.socket, 'fail-back-after': '1s', ...dataplanes },
        'health-check-probe-interval': '50ms',
        'health-check-reply-timeout': '100ms',
        'retry-connect-timeout': '20ms',
      },
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { mux } = user.taken();
  await untilTrue(() => expect(mux.status.redundancy?.standby.state).toBe('ready'));
  await untilTrue(() => expect(told).toEqual(['up']));
  return { primary, backup, mux, agent, told, text };
}

it('the primary is killed: plugins are told of the backup with their state, then that VPP is another one', async () => {
  const { primary, backup, told, mux, agent } = await redundantAgent();
  primary.kill();
  await untilTrue(() => expect(told.at(-1)).toBe('new'));
  expect(told).toEqual([
    'up',
    'down',
    'saveState',
    {
      role: 'backup',
      generation: 1,
      socket: backup.socket,
      reason: expect.stringContaining('VPP closed'),
      state: { count: 1 },
    },
    'new',
  ]);
  expect(await mux.channel().request('control_ping')).toMatchObject({ vpe_pid: 7000 });
  const { overall, reason } = agent.status.status;
  expect({ overall, reason }).toMatchObject({
    overall: 'degraded',
    reason: expect.stringContaining('the backup; the primary could not take over'),
  });
});

it('whether the one that does not serve could take over: is in the log, each time that it changes', async () => {
  const { primary, backup, text } = await redundantAgent({ 'fail-back': 'manual' });
  const lines = (socket: string) =>
    text()
      .split('\n')
      .filter(
        (line) => line.includes(`${socket}), which does not serve: `) || line.endsWith(`${socket}) can take over`),
      );
  expect(lines(backup.socket)).toEqual([`govpp info: the backup (${backup.socket}) can take over`]);
  primary.kill();
  await untilTrue(() => expect(lines(primary.socket)).toHaveLength(1));
  expect(lines(primary.socket)[0]).toMatch(/^govpp warn: .*; trying again until it works$/);
  await primary.start();
  await untilTrue(() => expect(lines(primary.socket).at(-1)).toMatch(/info: the primary .* can take over$/));
});

it('the primary is killed under load: all settles typed, the backup serves the same channels, the state arrives', async () => {
  const { primary, backup, told, mux } = await redundantAgent();
  primary.misbehave({ silent: { messages: 'show_version' } });
  const channels = Array.from({ length: 10 }, () => mux.channel({ requestBuffer: 20 }));
  // Each asks again where it failed, as a plugin would.
  const codes: string[] = [];
  const asked = channels.flatMap((ch) =>
    Array.from({ length: 40 }, () =>
      ch.request('show_version').catch(({ code, outcome }) => {
        codes.push(`${code} ${outcome}`);
        return ch.request('show_version');
      }),
    ),
  );
  await untilTrue(() => expect(mux.stats()).toMatchObject({ inFlight: 200, waiting: 200 }));
  primary.kill();
  const answers = await Promise.all(asked);
  expect(answers.every(({ retval }) => retval === 0)).toBe(true);
  expect(new Set(codes)).toEqual(new Set(['CONNECTION_LOST unknown', 'CONNECTION_LOST not-sent']));
  expect(codes.filter((code) => code.endsWith('unknown'))).toHaveLength(200);
  expect(backup.received('show_version')).toBe(400 + 1); // the mux itself asks once
  await untilTrue(() => expect(told.at(-1)).toBe('new'));
  expect(told).toContainEqual(expect.objectContaining({ role: 'backup', generation: 1, state: { count: 1 } }));
  await untilTrue(() => expect(mux.stats()).toMatchObject({ inFlight: 0, waiting: 0 })); // a probe may be under way
});

it('the primary hangs: the backup serves once the threshold is reached', async () => {
  const { primary, told, mux } = await redundantAgent();
  primary.misbehave({ silent: true });
  await untilTrue(() => expect(mux.status).toMatchObject({ state: 'ready', redundancy: { role: 'backup' } }));
  await untilTrue(() => expect(told).toContainEqual(expect.objectContaining({ role: 'backup', state: { count: 1 } })));
});

it('fail-back: is planned, so the state is taken before it', async () => {
  const { primary, told, mux } = await redundantAgent();
  await primary.restart();
  await untilTrue(() => expect(mux.status).toMatchObject({ state: 'ready', redundancy: { role: 'backup' } }));
  await untilTrue(() => expect(mux.status).toMatchObject({ state: 'ready', redundancy: { role: 'primary' } }));
  await untilTrue(() => expect(told.filter((each) => typeof each === 'object')).toHaveLength(2));
  const second = told.findLastIndex((each) => typeof each === 'object');
  expect(told[second]).toMatchObject({ role: 'primary', generation: 2, socket: primary.socket, state: { count: 2 } });
  expect(told.lastIndexOf('saveState')).toBeLessThan(told.lastIndexOf('down'));
});

it('manual: a plugin lets the primary serve again', async () => {
  const { primary, told, mux } = await redundantAgent({ 'fail-back': 'manual' });
  await primary.restart();
  await untilTrue(() => expect(mux.status.redundancy).toMatchObject({ role: 'backup', standby: { state: 'ready' } }));
  await mux.switchTo('primary');
  expect(mux.status).toMatchObject({ state: 'ready', socket: primary.socket });
  await untilTrue(() => expect(told.filter((each) => typeof each === 'object')).toHaveLength(2));
});

it('the backup serves from the start: plugins are told of it, before anything else', async () => {
  const backup = await testMock();
  const told: unknown[] = [];
  const user = definePlugin({
    ...{ name: 'user', version: '1', agentApi: 1 },
    create: () => ({ dataplane: ({ state }) => void told.push(state), redundancy: (event) => void told.push(event) }),
  });
  const agent = await createAgent({
    plugins: [govppPlugin(), user],
    ...{ log: recordingLog().log, env: {} },
    settings: { govpp: { dataplanes: { primary: `${backup.socket}.none`, backup: backup.socket } } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  await untilTrue(() => expect(told).toHaveLength(2));
  expect(told).toEqual([
    expect.objectContaining({ role: 'backup', generation: 1, socket: backup.socket, state: undefined }),
    'up',
  ]);
});

it('saveState before a planned change: may still ask the VPP that is left', async () => {
  const [primary, backup] = [await testMock({ pid: 1000 }), await testMock({ pid: 7000 })];
  const states: unknown[] = [];
  let mux: Mux | undefined;
  const user = definePlugin({
    ...{ name: 'user', version: '1', agentApi: 1, requires: { mux: Mux } },
    create(services) {
      mux = services.mux;
      const ch = services.mux.channel();
      return {
        saveState: async () => (await ch.request('control_ping')).vpe_pid,
        redundancy: ({ state }) => void states.push(state),
      };
    },
  });
  const agent = await createAgent({
    plugins: [govppPlugin(), user],
    ...{ log: recordingLog().log, env: {} },
    settings: { govpp: { dataplanes: { primary: primary.socket, backup: backup.socket } } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  await untilTrue(() => expect(mux?.status.redundancy?.standby.state).toBe('ready'));
  await mux?.switchTo('backup');
  await untilTrue(() => expect(mux?.status.redundancy?.standby.state).toBe('ready'));
  await mux?.switchTo('primary');
  await untilTrue(() => expect(states).toEqual([1000, 7000]));
});

it('one dataplane: plugins hear of none', async () => {
  const mock = await testMock();
  const heard: unknown[] = [];
  const user = definePlugin({
    name: 'user',
    version: '1',
    agentApi: 1,
    requires: { mux: Mux },
    create: ({ mux }) => ({ redundancy: (event) => void heard.push(event), afterInit: () => mux.ready() }),
  });
  const settings = { govpp: { 'binapi-socket-path': mock.socket } };
  const agent = await createAgent({ plugins: [govppPlugin(), user], log: recordingLog().log, env: {}, settings });
  onTestFinished(() => agent.close());
  await agent.start();
  await mock.restart();
  const vpp = () => agent.status.status.details.vpp;
  await untilTrue(() => expect(vpp()).toMatchObject({ generation: 2, state: 'ready' }));
  expect(heard).toEqual([]);
  expect(JSON.stringify(vpp())).not.toContain('redundancy');
});
