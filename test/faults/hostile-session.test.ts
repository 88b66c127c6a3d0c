/**
 * VPPs that answer without an end, under wrong ids, or read nothing. The short form holds that all settles with typed
 * errors and nothing is kept; the long form (a minute each) also that the event loop never stands still.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Channel, type Connection, connect, VppmuxError } from '../../src/mux/index.js';
import { long, randomFrom, scaled, seedFor } from '../support/scale.js';
import { afterThis } from '../support/world.js';
import { heldBytes } from './memory.js';
import { type Asked, answer, frame, IDS, scriptedSchema, scriptedVpp } from './scripted-vpp.js';

const PATIENCE = { interval: 5 };
const LIMIT = { timeout: 180_000 };
const MS = scaled({ short: 400, long: 60_000 });
const MiB = 1024 * 1024;

const next = randomFrom(seedFor('hostile session'));
/** A whole number below `limit`. */
const random = (limit: number) => Math.floor(next() * limit);

async function connected(onAsked: (asked: Asked) => void) {
  const { socket, sockets } = await scriptedVpp(onAsked);
  const options = { socket, schema: scriptedSchema, cacheDir: false, health: { probe: false } } as const;
  const vpp = await connect({ ...options, replyTimeoutMs: 200 });
  afterThis(() => vpp.destroy());
  return { vpp, sockets };
}

/**
 * Watches how long the event loop stands still; returns what ends that and gives the longest time, milliseconds. Time
 * in which this process had no processor, because the machine did something else, is none of it.
 */
function standstill(): () => number {
  let worst = 0;
  let at = performance.now();
  let used = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(used);
    worst = Math.max(worst, Math.min(performance.now() - at, (user + system) / 1000));
    at = performance.now();
    used = process.cpuUsage();
  }, 5);
  return () => {
    clearInterval(timer);
    return Math.round(worst);
  };
}

/** Runs `load` again and again in so many lanes; gives how often it ended how, and what was wrong. */
async function run(vpp: Connection, lanes: number, load: (ch: Channel, lane: number) => Promise<unknown>) {
  const ends = new Map<string, number>();
  const untyped: unknown[] = [];
  const stood = standstill();
  const start = await heldBytes();
  const buffers = process.memoryUsage().arrayBuffers;
  let most = 0;
  const until = performance.now() + MS;
  const lane = async (index: number) => {
    const ch = vpp.channel({ requestBuffer: 4 });
    while (performance.now() < until) {
      const end = await load(ch, index).then(
        () => 'answered',
        (error) => {
          if (error instanceof VppmuxError) return error.code;
          untyped.push(error);
          return 'untyped';
        },
      );
      ends.set(end, (ends.get(end) ?? 0) + 1);
      most = Math.max(most, process.memoryUsage().arrayBuffers - buffers);
      await delay(1);
    }
    ch.close();
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  await expect.poll(() => vpp.stats(), PATIENCE).toMatchObject({ inFlight: 0, waiting: 0, bufferedBytes: 0 });
  const kept = (await heldBytes()) - start;
  const worst = stood();
  const figures = `loop stood still ${worst} ms at most, ${(most / MiB).toFixed(1)} MiB of buffers more at most, ${(kept / MiB).toFixed(1)} kept`;
  console.log(`${JSON.stringify([...ends])}; ${figures}`);
  expect(untyped).toEqual([]);
  expect(kept).toBeLessThan(16 * MiB);
  if (long) expect(worst).toBeLessThan(200);
  return { ends, most };
}

it('details and pages without an end: what is given up ends, what stands behind it goes on', LIMIT, async () => {
  const endless = new Set<number>();
  const { vpp } = await connected(({ name, context, socket }) => {
    if (name === 'thing_dump') {
      endless.add(context);
      const timer = setInterval(() => {
        if (socket.destroyed) clearInterval(timer);
        else socket.write(frame(answer('thing_details', { context, value: 1 })));
      }, 5);
      setTimeout(() => clearInterval(timer), 2000).unref();
    } else if (name === 'item_get') {
      const cursor = random(3);
      if (random(2)) socket.write(frame(answer('item_details', { context, value: 1 })));
      socket.write(frame(answer('item_get_reply', { context, retval: -165, cursor })));
    } else if (name === 'store') socket.write(frame(answer('store_reply', { context })));
    else if (!endless.delete(context)) socket.write(frame(answer('control_ping_reply', { context })));
  });
  const { ends } = await run(vpp, 6, (ch, lane) => {
    if (lane % 3 === 0) return ch.request('store');
    if (lane % 3 === 1) return ch.dump('item_get').toArray();
    return ch.dump('thing_dump', {}, { signal: AbortSignal.timeout(20) }).toArray();
  });
  const usual = ['ABORTED', 'PROTOCOL', 'answered'];
  // A busy machine may be late with an answer.
  expect([...ends.keys()].filter((end) => !usual.includes(end) && end !== 'REPLY_TIMEOUT')).toEqual([]);
  for (const end of usual) expect(ends.get(end)).toBeGreaterThan(0);
  expect(vpp.status.generation).toBe(1);
});

it('answers under any id, cut, or with the context elsewhere: fail their request, the link stays', LIMIT, async () => {
  const { vpp } = await connected(({ name, context, socket }) => {
    const body = Buffer.alloc(2 + 4 + random(40));
    for (let at = 0; at < body.length; at++) body[at] = random(256);
    body.writeUInt16BE(random(8) === 0 ? random(0x10000) : IDS[random(IDS.length)], 0);
    const place = [2, 6][random(2)];
    if (body.length >= place + 4) body.writeUInt32BE(context, place);
    socket.write(frame(body));
    if (name === 'control_ping') socket.write(frame(answer('control_ping_reply', { context })));
  });
  const { ends } = await run(vpp, 12, (ch, lane) => {
    if (lane % 3 === 0) return ch.request('store', {}, { timeoutMs: 50 });
    if (lane % 3 === 1) return ch.dump('item_get', {}, { timeoutMs: 50 }).toArray();
    return ch.dump('thing_dump', {}, { timeoutMs: 50 }).toArray();
  });
  expect(ends.get('UNEXPECTED_REPLY')).toBeGreaterThan(0);
  expect(vpp.status.generation).toBe(1);
});

it('one that reads nothing: memory has a bound, and what had not left is never carried out', LIMIT, async () => {
  let carriedOut = 0;
  const { vpp, sockets } = await connected(({ name, context, socket }) => {
    if (name !== 'store') return;
    carriedOut++;
    socket.write(frame(answer('store_reply', { context })));
  });
  for (const socket of sockets) socket.pause();
  let unknown = 0;
  let notSent = 0;
  const { most } = await run(vpp, 10, async (ch) => {
    const all = Array.from({ length: 100 }, () => ch.request('store', {}, { timeoutMs: 20 }));
    for (const result of await Promise.allSettled(all)) {
      if (result.status === 'fulfilled') continue;
      if (result.reason.outcome === 'not-sent') notSent++;
      else unknown++;
    }
    throw await all[0].catch((error) => error);
  });
  expect(most).toBeLessThan(64 * MiB);
  for (const socket of sockets) socket.resume();
  await expect(vpp.channel().request('store', {}, { timeoutMs: 10_000 })).resolves.toMatchObject({ retval: 0 });
  console.log(`${unknown} had left, ${notSent} had not; ${carriedOut} were carried out`);
  expect(carriedOut).toBe(unknown + 1);
});
