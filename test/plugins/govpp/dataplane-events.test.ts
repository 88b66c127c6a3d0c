import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { DataplaneEvent } from '../../../src/agent/plugin/control-events.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { DataplaneEvents } from '../../../src/plugins/govpp/dataplane-events.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { directoryWith, recordingLog } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';
import { FakeConnection } from './fake-connection.js';

describe('what becomes of VPP', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A connection at a socket file, and the events it leads to. */
  function following() {
    const socket = join(directoryWith({ 'api.sock': '' }), 'api.sock');
    const connection = new FakeConnection({ socket });
    const events: DataplaneEvent[] = [];
    const control = {
      dataplane: (event: DataplaneEvent) => events.push(event),
      redundancy() {},
      saveState: async () => {},
    };
    const end = new DataplaneEvents(connection, control).follow();
    onTestFinished(end);
    const states = () => events.map(({ state, generation }) => `${state} ${generation}`);
    const session = (pid: number) => {
      connection.comeUp(7);
      connection.learn('26.06', pid);
    };
    const lose = () => connection.go('backoff', 'VPP closed the connection');
    return { socket, connection, events, states, session, lose, end };
  }

  it('away from the start: nothing is told before it comes; then up, with its version', () => {
    const { connection, events, session } = following();
    connection.go('backoff', 'no socket');
    expect(events).toEqual([]);
    session(4711);
    expect(events).toEqual([{ state: 'up', generation: 1, version: '26.06' }]);
  });

  it('a session that was interrupted: down with the reason, and up, since VPP is the same', () => {
    const { events, states, session, lose } = following();
    session(4711);
    lose();
    expect(events[1]).toEqual({ state: 'down', generation: 1, reason: 'VPP closed the connection' });
    session(4711);
    expect(states()).toEqual(['up 1', 'down 1', 'up 2']);
  });

  it('another process: new', () => {
    const { states, session, lose } = following();
    session(4711);
    lose();
    session(4712);
    lose();
    session(4712);
    expect(states()).toEqual(['up 1', 'down 1', 'new 2', 'down 2', 'up 3']);
  });

  it('the same process id at a socket file that was made anew, as in a container: new', () => {
    const { socket, states, session, lose } = following();
    session(1);
    lose();
    rmSync(socket);
    vi.setSystemTime(Date.now() + 5000);
    writeFileSync(`${socket}.other`, '');
    writeFileSync(socket, '');
    session(1);
    expect(states()).toEqual(['up 1', 'down 1', 'new 2']);
  });

  it('a VPP that does not say who it is: counts as another one after a second', () => {
    const { connection, states, session, lose } = following();
    session(4711);
    lose();
    connection.comeUp(7);
    expect(states()).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(states().at(-1)).toBe('new 2');
    connection.learn('26.06', 4711);
    expect(states()).toHaveLength(3);
  });

  it('a VPP that hangs and answers again: down and up, in the same session', () => {
    const { connection, states, session } = following();
    session(4711);
    connection.go('degraded', 'one probe without an answer');
    connection.go('not-responding', 'two');
    connection.go('ready', 'VPP answers again');
    expect(states()).toEqual(['up 1', 'down 1', 'up 1']);
  });

  it('gone before it has said who it is, and attempts that fail: nothing more is told', () => {
    const { connection, states, session, lose } = following();
    session(4711);
    lose();
    connection.comeUp(7);
    lose();
    connection.go('connecting', 'trying');
    vi.advanceTimersByTime(5000);
    expect(states()).toEqual(['up 1', 'down 1']);
  });

  it('ended: nothing is told any more', () => {
    const { connection, states, end } = following();
    connection.comeUp(7);
    end();
    connection.learn('26.06', 1);
    vi.advanceTimersByTime(5000);
    expect(states()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('over a real socket: a plugin is told of a VPP that ends, and of the next one', async () => {
  const mock = await testMock();
  const states: string[] = [];
  const listener = definePlugin({
    name: 'listener',
    version: '1',
    agentApi: 1,
    create: () => ({ dataplane: ({ state, version }) => void states.push(`${state} ${version}`) }),
  });
  const agent = await createAgent({
    plugins: [govppPlugin(), listener],
    settings: { govpp: { 'binapi-socket-path': mock.socket } },
    log: recordingLog().log,
    env: {},
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const told = (expected: readonly string[]) => vi.waitFor(() => expect(states).toEqual(expected));
  await told(['up 26.06-mock']);
  mock.kill();
  await told(['up 26.06-mock', 'down undefined']);
  await mock.restart();
  await told(['up 26.06-mock', 'down undefined', 'new 26.06-mock']);
});
