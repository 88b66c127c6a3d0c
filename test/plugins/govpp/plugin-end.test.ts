/** All that a plugin has opened ends with it, whichever way it ends: after its own close, which may still use it. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { operation } from '../../../src/agent/operations/operation.js';
import { Operations } from '../../../src/agent/operations/operations.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin, PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { Board, Control } from '../../../src/agent/plugin/services.js';
import { type Services as ServicesOf, token } from '../../../src/agent/token.js';
import type { EventItem } from '../../../src/mux/index.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { DataEvents, Mux } from '../../../src/sdk/mux.js';
import { recordingLog, stub, taker } from '../../agent/support.js';
import { testMock, until } from '../../support/mock.js';

const fails = () => Promise.reject(new Error('no licence'));
const Helper = token<object>('test/helper');

const REQUIRES = { mux: Mux, events: DataEvents, board: Board, control: Control, operations: Operations };
type Services = ServicesOf<typeof REQUIRES>;

/** An operation of another plugin that has no result yet when the subject ends. */
const endless = operation({
  ...{ name: 'test.endless', access: 'read', summary: 'Waits' },
  ...{ input: z.object({}), output: z.void() },
});

/** The outcome of a promise; `running` until it settles. */
function follow(work: Promise<unknown>) {
  const followed: { outcome: unknown } = { outcome: 'running' };
  work.then(
    (value) => (followed.outcome = value),
    (error) => (followed.outcome = error),
  );
  return followed;
}

/** Opens one of everything that a plugin can open through its services. */
function openAll({ mux, events, board, operations }: Services) {
  const seen = { states: 0, traced: 0, heard: 0, board: 0, completed: 0, items: [] as EventItem[] };
  const ch = mux.channel();
  const stream = mux.channel().events('sw_interface_event');
  const complete = () => void seen.completed++;
  mux.states().subscribe({ next: () => void seen.states++, complete });
  board.changes().subscribe({ next: () => void seen.board++, complete });
  board.subscribe(() => void seen.board++);
  mux.trace(() => void seen.traced++);
  events.listen({ request: () => void seen.heard++ });
  operations.translate(() => undefined);
  const client = operations.open({ name: 'own', access: 'read' });
  const call = follow(client.call(endless, {}));
  const read = (async () => {
    for await (const item of stream) seen.items.push(item);
    return 'ended';
  })();
  // Given no answer by the mock, so they are still under way at the end.
  const patient = { timeoutMs: 1 << 30 };
  const request = follow(ch.request('show_threads', {}, patient));
  const dump = follow(ch.dump('sw_interface_dump', {}, patient).toArray());
  const watched = ch.dump('sw_interface_dump', {}, patient).observe();
  const observed = follow(new Promise((_, error) => void watched.subscribe({ error })));
  return { ch, client, seen, call, request, dump, observed, reading: follow(read) };
}

/** The calls that a plugin that has ended is refused. */
function later({ mux, events, board, control, operations }: Services): (() => unknown)[] {
  return [
    () => mux.channel(),
    () => mux.newAPIChannel(),
    () => mux.trace(() => {}),
    () => mux.ready(),
    () => mux.compatibility(),
    () => mux.switchTo('backup'),
    () => new Promise((resolve, error) => mux.states().subscribe({ error, complete: () => resolve('completed') })),
    () => events.listen({}),
    () => events.decideAgain({}),
    () => new Promise((resolve, error) => board.changes().subscribe({ error, complete: () => resolve('completed') })),
    () => board.subscribe(() => {}),
    () => control.dataplane({ state: 'up', generation: 1 }),
    () => control.saveState(),
    () => operations.open({ name: 'late', access: 'read' }),
    () => operations.translate(() => undefined),
  ];
}

interface Way {
  /** The marks of the subject; a close comes after what its own close does. */
  readonly hooks?: PluginHooks;
  readonly createThrows?: true;
  /** The step that never returns; `interrupted`: the agent is closed meanwhile, otherwise its time passes. */
  readonly hangs?: 'init' | 'afterInit' | 'close';
  readonly interrupted?: true;
  readonly optional?: true;
  readonly before?: Plugin;
  readonly after?: Plugin;
  readonly why: string;
  /** Whether its close is called, and channels work in it. */
  readonly closes?: true;
}

const FAILED = 'its start failed';
const CLOSING = 'the agent is closing';
const optional = true;
const closes = true;
const helper = (hooks: PluginHooks): Plugin =>
  definePlugin({
    ...{ name: 'helper', version: '1', agentApi: 1, optional, provides: { helper: Helper } },
    create: () => ({ provide: { helper: {} }, ...hooks }),
  });

const WAYS: Readonly<Record<string, Way>> = {
  'its create throws': { createThrows: true, why: FAILED },
  'its create throws, and it is optional': { createThrows: true, optional, why: FAILED },
  'its init throws': { hooks: { init: fails }, why: FAILED },
  'its init throws, and it is optional': { hooks: { init: fails }, optional, why: FAILED },
  'its init takes too long': { hangs: 'init', optional, why: FAILED },
  'the agent closes during its init': { hangs: 'init', interrupted: true, why: CLOSING },
  'its operations are none': { hooks: { operations: ['none'] as never }, optional, why: FAILED, closes },
  'its afterInit throws': { hooks: { afterInit: fails }, why: CLOSING, closes },
  'its afterInit throws, and it is optional': { hooks: { afterInit: fails }, optional, why: FAILED, closes },
  'its afterInit takes too long': { hangs: 'afterInit', optional, why: FAILED, closes },
  'the agent closes during its afterInit': { hangs: 'afterInit', interrupted: true, why: CLOSING, closes },
  'a plugin that it requires fails in its afterInit': {
    before: helper({ afterInit: fails }),
    optional,
    why: FAILED,
    closes,
  },
  'the start of another one fails': { after: stub('z', [], { init: fails }), why: CLOSING, closes },
  'the agent closes': { why: CLOSING, closes },
  'its close throws': { hooks: { close: fails }, why: CLOSING, closes },
  'its close hangs': { hangs: 'close', why: CLOSING, closes },
};

/** Lets the clock run until `work` has settled, but not while `busy` says that something waits for a socket. */
async function passTimeUntil(work: Promise<unknown>, busy = () => false): Promise<void> {
  const followed = follow(work);
  while (followed.outcome === 'running') {
    if (!busy()) await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** An agent with the subject, which has been started, and has ended the way that is asked for. */
async function ended(way: Way) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  // A request under way at the end has no answer until then.
  const mock = await testMock({ misbehave: { silent: { messages: ['show_threads', 'control_ping'] } } });
  let services: Services | undefined;
  let opened: ReturnType<typeof openAll> | undefined;
  let hanging = false;
  let busy = true;
  const inClose: unknown[] = [];
  const hang = () => {
    hanging = true;
    return new Promise<void>(() => {});
  };
  const { hooks = {}, hangs } = way;
  const subject = definePlugin({
    ...{ name: 'subject', version: '1', agentApi: 1, optional: way.optional },
    requires: { ...REQUIRES, ...(way.before && { helper: Helper }) },
    create(given) {
      services = given;
      opened = openAll(given);
      busy = false;
      if (way.createThrows) throw new Error('no licence');
      return {
        ...hooks,
        ...(hangs && { [hangs]: hang }),
        async close() {
          busy = true;
          inClose.push((await given.mux.channel().request('show_version')).retval, opened?.ch.closed);
          busy = false;
          return hangs === 'close' ? hang() : hooks.close?.();
        },
      };
    },
  });
  const other = taker({ mux: Mux }, 'other', ({ mux }) => ({
    init: () => mux.ready(),
    operations: [implement(endless, ({ signal }) => new Promise((_, stop) => signal.addEventListener('abort', stop)))],
  }));
  const rest = [way.before, subject, way.after].filter((plugin) => plugin !== undefined);
  const { log, text } = recordingLog();
  const agent = await createAgent({
    ...{ plugins: [govppPlugin(), other.plugin, ...rest], log, env: {} },
    settings: { govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' } },
  });
  const close = () => agent.close().catch(() => {});
  onTestFinished(() => passTimeUntil(close()));
  const started = agent.start().catch(() => {});
  const isHanging = () => until(() => hanging);
  if (hangs === 'init' || hangs === 'afterInit') await isHanging();
  if (way.interrupted) await passTimeUntil(close(), () => busy);
  await passTimeUntil(started, () => busy);
  if (way.why === CLOSING) {
    const closed = close();
    if (hangs === 'close') await isHanging();
    await passTimeUntil(closed, () => busy);
  }
  if (services === undefined || opened === undefined) throw new Error('the subject was not created');
  return { services, opened, inClose, text, other: other.taken().mux };
}

describe.each(Object.entries(WAYS))('%s', (_, way) => {
  it('everything that the plugin has opened ends, after its own close', async () => {
    const { opened, inClose, text, other } = await ended(way);
    const { ch, client, seen } = opened;
    expect(inClose).toEqual(way.closes ? [0, false] : []);
    expect(client.signal.aborted).toBe(true);
    // Also where it was the client that ended: whoever escapes with this must not end the agent.
    const closed = { code: 'CLOSED', cause: { code: 'PLUGIN_ENDED', plugin: 'subject' } };
    // The other plugin has been closed before where a close hangs.
    expect(opened.call.outcome).toMatchObject(way.hangs === 'close' ? { code: 'CLOSED' } : closed);
    if (way.optional) await expect(client.call(endless, {})).rejects.toMatchObject(closed);
    await until(() => opened.reading.outcome !== 'running');
    expect(opened.reading.outcome).toBe('ended');
    for (const { outcome } of [opened.request, opened.dump, opened.observed]) {
      expect(outcome).toMatchObject({ code: 'CHANNEL_CLOSED', cause: { code: 'PLUGIN_ENDED', plugin: 'subject' } });
    }
    await expect(ch.request('show_version')).rejects.toMatchObject({
      message: `a request on channel ${ch.id}, which this program has closed: plugin subject has ended: ${way.why}`,
    });
    expect(seen.completed).toBe(2);
    expect(text()).toMatch(/govpp debug: closed what plugin subject left open: \d channels/);
    expect(text()).not.toMatch(/(warn|error): .*left open/);
    if (!way.optional) return;
    const before = { ...seen };
    await other.channel().request('show_version');
    expect(seen).toEqual(before);
  });

  it('whatever it asks for from then on is refused, with its name', async () => {
    const { services } = await ended(way);
    for (const call of later(services)) {
      const outcome = await (async () => call())().catch((error) => error);
      expect(outcome, String(call)).toMatchObject({
        ...{ code: 'PLUGIN_ENDED', plugin: 'subject', message: `plugin subject has ended: ${way.why}` },
      });
    }
  });
});
