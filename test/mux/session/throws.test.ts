/** An error that is thrown while one exchange is handled settles that exchange and no other; the link stays. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, type Timed } from '../../../src/mux/session/deadlines.js';
import { SingleExchange } from '../../../src/mux/session/single-exchange.js';
import { onMemory } from '../../support/channel-on-memory.js';

afterEach(() => vi.useRealTimers());

/** From now on, reading an answer's retval throws. */
function breakAnswersTo({ session }: ReturnType<typeof onMemory>, name: string): void {
  const decode = session.decode.bind(session);
  const odd = Object.defineProperty({}, 'retval', {
    get: () => {
      throw new RangeError('out of luck');
    },
  });
  session.decode = (entry, ...rest) => (entry.name === `${name}_reply` ? odd : decode(entry, ...rest));
}

const BROKEN = { code: 'INTERNAL', cause: { message: 'out of luck' } };

describe('session: what is thrown while an answer is handled', () => {
  it('a reply: fails its request, the next ones are answered', async () => {
    const world = onMemory();
    const ch = world.channel();
    const [ping, other] = [ch.request('control_ping'), ch.request('add_one')];
    breakAnswersTo(world, 'control_ping');
    world.answer(0, 'control_ping_reply');
    world.answer(1, 'add_one_reply', { value: 5 });
    await expect(ping).rejects.toMatchObject({ ...BROKEN, messageName: 'control_ping', outcome: 'unknown' });
    await expect(other).resolves.toMatchObject({ value: 5 });
    expect([world.session.inFlight, ch.outstanding, world.session.isAlive]).toEqual([0, 0, true]);
  });

  it('the end of a dump: fails the dump with what had arrived', async () => {
    const world = onMemory();
    const ch = world.channel();
    const list = ch.dump('item_get').toArray();
    breakAnswersTo(world, 'item_get');
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply');
    await expect(list).rejects.toMatchObject({ code: 'INTERNAL', arrived: 1 });
    expect([world.session.inFlight, ch.outstanding]).toEqual([0, 0]);
  });

  it('a detail: fails the dump; the rest of it reaches nobody', async () => {
    const world = onMemory();
    const ch = world.channel();
    const dump = ch.dump('thing_dump').observe();
    let failed: unknown;
    dump.subscribe({ error: (error) => (failed = error) });
    const { counters } = world;
    Object.defineProperty(counters, 'details', {
      configurable: true,
      get: () => 0,
      set: () => {
        throw new RangeError('out of luck');
      },
    });
    world.answer(0, 'thing_details', { value: 1 });
    expect(failed).toMatchObject(BROKEN);
    Object.defineProperty(counters, 'details', { value: 0, writable: true });
    world.answer(1, 'control_ping_reply');
    expect([world.session.inFlight, ch.outstanding]).toEqual([0, 0]);
  });

  it('a caller that throws when told of its answer: is no concern of the others', async () => {
    const world = onMemory();
    const { session } = world;
    const plan = session.catalogue.plan('add_one');
    const owner = { id: 9, completed: 0, isFull: false, settled() {}, parked() {}, resume() {} };
    const shout = () => {
      throw new Error('nobody catches me');
    };
    session.send(new SingleExchange(session, plan, owner, 1000, false, shout), plan.message.write, {});
    const reply = world.channel().request('add_one');
    world.answer(0, 'add_one_reply');
    world.answer(1, 'add_one_reply', { value: 3 });
    await expect(reply).resolves.toMatchObject({ value: 3 });
    expect(session.inFlight).toBe(0);
  });

  it('an event: is logged, what comes behind it is handled', async () => {
    const world = onMemory({
      onEvent: () => {
        throw new Error('no events today');
      },
    });
    const reply = world.channel().request('add_one');
    world.receive('thing_event', { value: 1 });
    world.answer(0, 'add_one_reply', { value: 3 });
    await expect(reply).resolves.toMatchObject({ value: 3 });
    expect(world.log).toContainEqual(expect.stringContaining('no events today'));
  });

  it('a request that cannot be written when its turn comes: fails as not sent; the answer that made room arrives', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 1 });
    const all = [1, 2, 3].map((value) => ch.request('add_one', { value }));
    const { link } = world;
    const send = link.send.bind(link);
    link.send = () => {
      link.send = send;
      throw new RangeError('out of luck');
    };
    const second = expect(all[1]).rejects.toMatchObject({ ...BROKEN, outcome: 'not-sent' });
    world.answer(0, 'add_one_reply', { value: 2 });
    await expect(all[0]).resolves.toMatchObject({ value: 2 });
    await second;
    expect(world.sent().at(-1)).toMatchObject({ fields: { value: 3 } });
    world.answer(1, 'add_one_reply', { value: 4 });
    await expect(all[2]).resolves.toMatchObject({ value: 4 });
    expect([world.session.inFlight, ch.outstanding]).toEqual([0, 0]);
  });

  it('a page that cannot be asked for: fails its dump, which leaves nothing behind', async () => {
    const world = onMemory();
    const ch = world.channel({ requestBuffer: 1 });
    const list = ch.dump('item_get').toArray();
    world.link.send = () => {
      throw new RangeError('out of luck');
    };
    world.answer(0, 'item_details', { value: 1 });
    world.answer(0, 'item_get_reply', { retval: -165, cursor: 4 });
    await expect(list).rejects.toMatchObject({ code: 'INTERNAL', arrived: 1 });
    expect([world.session.inFlight, ch.outstanding]).toEqual([0, 0]);
  });
});

describe('deadlines: one that throws when it is over', () => {
  it('the others expire all the same, also later ones', () => {
    vi.useFakeTimers();
    const passed: string[] = [];
    const timed = (name: string, timeoutMs: number, expire: () => void): Timed => ({
      timeoutMs,
      expire: () => {
        passed.push(name);
        expire();
      },
      ...{ due: 0, list: undefined, earlier: undefined, later: undefined },
    });
    const deadlines = new Deadlines(undefined, (error) => passed.push((error as Error).message));
    deadlines.add(
      timed('first', 10, () => {
        throw new Error('not mine');
      }),
    );
    deadlines.add(timed('second', 10, () => {}));
    deadlines.add(timed('third', 30, () => {}));
    vi.advanceTimersByTime(50);
    expect(passed).toEqual(['first', 'not mine', 'second', 'third']);
  });
});
