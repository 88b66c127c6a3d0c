/** Restarts, lost answers, lost connections, roll-backs and drift, with a clock and a disk of the test's own. */

import { describe, expect, it, vi } from 'vitest';
import { type Handler, type Kind, kinds } from '../../../mock-vpp/index.js';
import { fits } from '../../../src/glob.js';
import type { VppSession } from '../../../src/plugins/desired-state/vpp-sessions.js';
import { reasonOf } from '../../../src/thrown.js';
import { defineKind, type Wish } from '../../../src/wish/index.js';
import { holdReading } from './fake-disk.js';
import { world } from './world.js';

const A = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n';
const B = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.9/24 ] }\n  loop1: {}\n';
const by = 'test';
const ALL = { failed: 0, uncertain: 0, pending: 0, drifted: 0 };

const HANDLERS = new Map(
  Object.values(kinds as Record<string, Kind>).flatMap(({ handlers }) => Object.entries(handlers)),
) as unknown as ReadonlyMap<string, Handler>;

/** Serves it as the mock does. */
const served: Handler = (fields, call) => (HANDLERS.get(call.request) as Handler)(fields, call);

type World = Awaited<ReturnType<typeof world>>;

/** Names and addresses of VPP's loopbacks. */
async function loopbacks({ vpp }: Pick<World, 'vpp'>): Promise<string[]> {
  const channel = vpp.channel();
  const all = await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray();
  const found: string[] = [];
  for (const { interface_name: name, sw_if_index } of all) {
    if (!fits('loop*', name as string)) continue;
    const list = await channel.dump('ip_address_dump', { sw_if_index, is_ipv6: false }).toArray();
    found.push([name, ...list.map(({ prefix }) => prefix)].join(' '));
  }
  channel.close();
  return found.sort();
}

async function anotherVpp(made: World, before: string | undefined) {
  await vi.waitFor(() => expect(made.sessions.present?.id).not.toBe(before));
  await vi.waitFor(() => expect(made.sessions.present).toBeDefined());
  await made.pass(0);
}

describe('VPP', () => {
  it('restarted: the wish is carried out again, and is all there is', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    const before = made.sessions.present?.id;
    await made.mock.restart();
    await anotherVpp(made, before);
    expect(made.counts()).toMatchObject(ALL);
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
  });

  it.each([1, 40, 200, 300])(
    'lost after %i messages of a wish: nothing of the old session reaches the next VPP',
    async (after) => {
      const names = Array.from({ length: 400 }, (_, i) => `loop${i}`);
      const lines = names.map((name, i) => `  ${name}: { addresses: [ 10.${i >> 8}.${i & 255}.1/24 ] }\n`);
      const made = await world();
      const before = made.sessions.present?.id;
      let seen = 0;
      made.mock.handle('sw_interface_add_del_address', (fields, call) => {
        if (++seen === after) {
          queueMicrotask(() => {
            void made.mock.restart();
            made.mock.forget();
          });
        }
        return served(fields, call);
      });
      await made.controller.apply(`loopbacks:\n${lines.join('')}`, { by });
      await anotherVpp(made, before);
      expect(made.counts()).toMatchObject(ALL);
      expect((await loopbacks(made)).length).toBe(400);
      expect(made.mock.received('create_loopback_instance')).toBe(400);
      expect(made.mock.received('sw_interface_add_del_address')).toBe(400);
    },
  );

  it('that does not answer: uncertain, read back after 5 s, and then done', async () => {
    const made = await world({ replyTimeoutMs: 200 });
    made.mock.misbehave({ silent: { messages: 'sw_interface_add_del_address', count: 1 } });
    await made.controller.apply(A, { by });
    expect(made.counts()).toMatchObject({ uncertain: 1, failed: 0 });
    await made.pass(1000);
    expect(made.counts()).toMatchObject({ uncertain: 1 });
    await made.pass(5000);
    expect(made.counts()).toMatchObject(ALL);
  });

  it('that does not answer, and whoever compares it gives up: rejects with the reason', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    made.mock.misbehave({ silent: { messages: ['sw_interface_dump', 'control_ping'] } });
    const { keeper, carrier } = await made.controller.ready();
    const waiting = new AbortController();
    const session = made.sessions.present as VppSession;
    const compared = carrier.compare(session, keeper.present?.wish as Wish, waiting.signal);
    waiting.abort(new Error('enough'));
    await expect(compared).rejects.toThrow(/^enough$/);
  });

  it('that cannot be read: read again, later and later', async () => {
    const made = await world({ replyTimeoutMs: 100 });
    await made.controller.apply(A, { by });
    made.mock.misbehave({ silent: { messages: ['sw_interface_dump', 'control_ping'] } });
    await made.pass(300_000);
    expect(made.controller.trouble).toContain('sw_interface_dump');
    await made.pass(6000);
    made.mock.behave('silent');
    await made.pass(1000);
    expect(made.controller.trouble).toContain('sw_interface_dump');
    await made.pass(60_000);
    expect(made.controller.trouble).toBeUndefined();
    expect(made.counts()).toMatchObject(ALL);
  });

  it('that refuses: tried again after a while; not what it will refuse again', async () => {
    const made = await world();
    let retval = -114;
    made.mock.handle('sw_interface_add_del_address', (fields, call) =>
      retval === 0 ? served(fields, call) : { retval },
    );
    await made.controller.apply(A, { by });
    expect(made.counts()).toMatchObject({ failed: 1, pending: 0 });
    const [problem] = [...(made.controller.carrier?.states.problems ?? [])];
    expect(problem).toMatchObject({ key: 'address/loop0 192.0.2.1/24', state: 'failed', attempts: 1 });
    retval = -7;
    await made.pass(5000);
    const [final] = [...(made.controller.carrier?.states.problems ?? [])];
    expect(final).toMatchObject({ state: 'failed', attempts: 2 });
    expect(final.retryAt).toBeUndefined();
    retval = 0;
    await made.pass(300_000);
    expect(made.counts()).toMatchObject({ failed: 1 });
    await made.controller.apply(A, { by });
    expect(made.counts()).toMatchObject(ALL);
  });
});

describe('drift', () => {
  async function drifted(autoCorrect: string) {
    const made = await world({ conf: { 'auto-correct': autoCorrect } });
    await made.controller.apply(A, { by });
    const channel = made.vpp.channel();
    const [{ sw_if_index }] = (await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray()).slice(
      -1,
    );
    const fields = { sw_if_index, prefix: '192.0.2.1/24', is_add: false };
    await channel.request('sw_interface_add_del_address', fields);
    await channel.request('create_loopback_instance', { is_specified: true, user_instance: 7 });
    await made.pass(300_000);
    return made;
  }

  it('never mended: reported, and left as it is', async () => {
    const made = await drifted('never');
    expect(made.counts()).toMatchObject({ failed: 0, pending: 0 });
    const keys = [...(made.controller.carrier?.states.problems ?? [])].map(({ key, state }) => `${key} ${state}`);
    expect(keys).toEqual(expect.arrayContaining(['address/loop0 192.0.2.1/24 drifted', 'loopback/loop7 drifted']));
    expect(await loopbacks(made)).toEqual(['loop0', 'loop7']);
    expect(made.lines.join('')).toContain('VPP was changed by others');
  });

  it('mended safely: nothing is deleted, and no worker stops', async () => {
    const made = await drifted('safe');
    expect(await loopbacks(made)).toEqual(['loop0', 'loop7']);
  });

  it('mended: all of it', async () => {
    const made = await drifted('all');
    expect(made.counts()).toMatchObject(ALL);
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
  });
});

describe('a wish to be confirmed', () => {
  it('that is not: the one before takes its place when the time is up, counted from when it was carried out', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.9/24', 'loop1']);
    await made.pass(59_000);
    expect(made.controller.keeper?.present?.revision).toBe(2);
    await made.pass(1000);
    expect(made.controller.keeper?.present?.revision).toBe(1);
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
    await expect(made.controller.confirm(2, by)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of an agent that is killed: the one before, when the agent is there again', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    await made.end();
    const next = await world({ mock: made.mock, disk: made.disk.after('kill') });
    expect(next.controller.keeper?.present?.revision).toBe(1);
    expect(await loopbacks(next)).toEqual(['loop0 192.0.2.1/24']);
  });

  it('the first of all, and the agent ends while VPP is read: nothing is saved, and nothing sent', async () => {
    const kind = defineKind<number>({
      ...{ name: 'end', ownership: 'wished', messages: [], wanted: () => [], needs: () => [], create: () => [] },
      ...{ read: async () => [{ name: 'one', value: 1 }], describe: () => void made.controller.close() },
    });
    const made: World = await world({ kinds: [kind] });
    await expect(made.controller.apply(A, { by, origin: 'test' })).rejects.toThrow('the agent is ending');
    expect(made.disk.paths()).toEqual([]);
    expect(await loopbacks(made)).toEqual([]);
    expect(made.lines.join('')).not.toContain('cannot be returned to');
  });

  it('the first of all: VPP as it was before', async () => {
    const made = await world();
    await made.vpp.channel().request('create_loopback_instance', { is_specified: true, user_instance: 3 });
    await made.controller.apply(B, { by, confirm: 60 });
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.9/24', 'loop1']);
    await made.pass(60_000);
    expect(await loopbacks(made)).toEqual(['loop3']);
  });
});

describe('what is kept', () => {
  it('cannot be written: nothing is sent, and the reason is given', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    made.disk.full = true;
    await expect(made.controller.apply(B, { by })).rejects.toMatchObject({
      ...{ code: 'EIO', message: expect.stringContaining('could not be saved in /state: ENOSPC') },
    });
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
    made.disk.full = false;
    expect(await made.controller.confirm(undefined, by)).toEqual({ revision: 1, already: true });
  });

  it('cannot be written when the time is up: VPP is as before all the same, and it is saved later', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    made.disk.full = true;
    await made.pass(60_000);
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
    await expect(made.controller.confirm(undefined, by)).rejects.toMatchObject({ code: 'ENOENT' });
    made.disk.full = false;
    await made.pass(5000);
    expect(await made.controller.confirm(undefined, by)).toEqual({ revision: 1, already: true });
    const next = await world({ mock: made.mock, disk: made.disk.after('power loss') });
    expect(next.controller.keeper?.present?.revision).toBe(1);
  });

  it('cannot be written when the time is up: what is saved of VPP afterwards is of the wish that it has', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    made.mock.handle('delete_loopback', (fields, call) => {
      made.disk.full = false;
      return served(fields, call);
    });
    made.disk.full = true;
    await made.pass(60_000);
    expect(await loopbacks(made)).toEqual(['loop0 192.0.2.1/24']);
    expect(made.controller.keeper?.state).toMatchObject({ present: 2, vpps: [{ held: [1], done: 1 }] });
  });

  it('cannot be made the present one: it is no wish to go back to', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    const before = made.disk.steps;
    made.disk.endAfter = before + 5;
    await expect(made.controller.apply(B, { by })).rejects.toMatchObject({ code: 'EIO' });
    expect(made.disk.paths()).toContain('/state/wishes/2.yaml');
    made.disk.endAfter = Number.POSITIVE_INFINITY;
    await made.controller.apply('loopbacks: { loop7: {} }\n', { by });
    expect(made.controller.keeper?.state).toMatchObject({ present: 3, takenBack: [2] });
  });

  it('was confirmed, and is applied again and not confirmed: it is one to go back to still', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(A, { by, confirm: 60 });
    await made.pass(60_000);
    expect(made.controller.keeper?.state).toMatchObject({ present: 1, takenBack: [] });
  });

  it('is read again when the other agent has let go of it', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.end();
    const disk = made.disk.after('kill');
    const claim = () => {
      const [path = ''] = disk.paths().filter((each) => fits('*state.json', each));
      disk.replaceText(path, (text) => text.replace('"present": 1', '"present": 7'));
      return true;
    };
    const next = await world({ mock: made.mock, disk, claim });
    expect(next.controller.trouble).toContain('wish 7 is not kept');
  });

  /** The next agent, whose first reading of the disk fails. */
  async function afterFailure(made: World) {
    await made.end();
    const disk = made.disk.after('kill');
    disk.beforeRead = () => {
      throw new Error('EIO: i/o error');
    };
    const next = await world({ mock: made.mock, disk });
    expect(next.controller.trouble).toContain('i/o error');
    return next;
  }

  it('is read again by who needs it, while another wish is applied: the applied one stays', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    const { controller, disk, ...next } = await afterFailure(made);
    const held = holdReading(disk, '1.yaml');
    const needed = controller.ready();
    await held.reached;
    const applied = controller.apply(B, { by });
    expect(controller.keeper).toBeUndefined();
    held.release();
    expect((await applied).revision).toBe(2);
    const { keeper } = await needed;
    expect([keeper === controller.keeper, keeper.present?.revision, keeper.state.present]).toEqual([true, 2, 2]);
    expect(await loopbacks(next)).toEqual(['loop0 192.0.2.9/24', 'loop1']);
  });

  it('is taken back by who needs it, while another wish is applied: the applied one stays', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    const { controller, disk, ...next } = await afterFailure(made);
    const held = holdReading(disk, '1.yaml');
    const needed = controller.ready();
    await held.reached;
    const applied = controller.apply('loopbacks: { loop7: {} }\n', { by });
    expect(controller.keeper).toBeUndefined();
    held.release();
    expect((await applied).revision).toBe(3);
    const { keeper } = await needed;
    expect([keeper.present?.revision, keeper.state]).toMatchObject([3, { present: 3, confirmed: 3, takenBack: [2] }]);
    expect(await loopbacks(next)).toEqual(['loop7']);
  });

  it('is taken back when the agent ends: that is no failure to save it', async () => {
    const made = await world();
    await made.controller.apply(A, { by });
    await made.controller.apply(B, { by, confirm: 60 });
    const { controller, disk, lines } = await afterFailure(made);
    const held = holdReading(disk, '1.yaml');
    const needed = controller.ready().catch(reasonOf);
    await held.reached;
    const before = lines.length;
    const closed = controller.close();
    held.release();
    await closed;
    expect(await needed).toBe('the agent is ending');
    expect(lines.slice(before)).toEqual([]);
  });

  it.each(['kill', 'power loss'] as const)(
    '%s at any step: VPP ends as the wish before, or as the new one; unconfirmed, as the one before',
    async (end) => {
      const first = await world();
      await first.controller.apply(A, { by });
      await first.end();
      const [A_THERE, B_THERE] = [['loop0 192.0.2.1/24'], ['loop0 192.0.2.9/24', 'loop1']];
      for (const confirm of [undefined, 60]) {
        for (let step = 1; ; step++) {
          const disk = first.disk.after('kill');
          disk.endAfter = step;
          const made = await world({ mock: first.mock, disk });
          const isWhole = await made.controller.apply(B, { by, confirm }).then(
            () => disk.steps < step,
            () => false,
          );
          await made.end();
          const next = await world({ mock: first.mock, disk: disk.after(end) });
          const found = await loopbacks(next);
          expect(confirm === undefined ? [A_THERE, B_THERE] : [A_THERE], `step ${step}`).toContainEqual(found);
          expect(next.counts()).toMatchObject({ failed: 0, uncertain: 0, pending: 0, drifted: 0 });
          if (isWhole && confirm === undefined) expect(found).toEqual(B_THERE);
          await next.controller.apply(A, { by });
          await next.end();
          if (isWhole) break;
        }
      }
    },
    120_000,
  );
});

describe('a contributed kind', () => {
  it('with a fault: only its own objects fail, and nothing of it is deleted', async () => {
    const fault = () => {
      throw new TypeError('broken');
    };
    const removed = vi.fn(() => []);
    const kind = defineKind<number>({
      ...{ name: 'broken', ownership: 'all', messages: [], wanted: fault, needs: fault, remove: removed },
      ...{ read: async () => [{ name: 'one', value: 1 }], create: () => [] },
    });
    const made = await world({ kinds: [kind] });
    await made.controller.apply(A, { by });
    expect(made.counts()).toMatchObject(ALL);
    expect(removed).not.toHaveBeenCalled();
    expect(made.lines.join('')).toContain('the kind \\"broken\\" of the plugin test has failed: broken');
  });
});
