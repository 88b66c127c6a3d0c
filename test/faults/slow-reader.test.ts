/** Consumers that do not keep up: memory stays within their bounds, and nobody else notices. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Channel, EventItem, VppmuxError } from '../../src/mux/index.js';
import { long, scaled } from '../support/scale.js';
import { shown, spread } from './figures.js';
import { heldBytes } from './memory.js';
import { processWorld } from './process-world.js';

const MiB = 2 ** 20;
const PATIENCE = { interval: 5 };

/** Milliseconds of `count` pings, one after the other. */
async function pings(ch: Channel, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await ch.request('control_ping', {}, { timeoutMs: 60_000 });
    times.push(performance.now() - begun);
  }
  return times;
}

describe('slow readers', () => {
  const timeout = 120_000;

  it('a `for await` that sleeps over a million details: bounded, drained, told exactly; others as quick as ever', {
    timeout,
  }, async () => {
    const routes = scaled({ short: 50_000, long: 1_000_000 });
    const replyBuffer = 5000;
    const { dataplane, vpp } = await processWorld({ health: { probe: false } }, { routes });
    const [slow, other] = [vpp.channel({ replyBuffer }), vpp.channel()];
    const count = scaled({ short: 300, long: 5000 });
    await pings(other, count);
    const alone = spread(await pings(other, count));

    // How long a ping waits behind a dump whose reader keeps up: VPP answers in order.
    let all = 0;
    const prompt = slow
      .dump('ip_route_v2_dump')
      .observe()
      .forEach(() => void all++);
    const [behindPrompt] = await pings(other, 1);
    await prompt;

    const before = vpp.stats().details;
    const start = await heldBytes();
    const wakeUp = new AbortController();
    let read = 0;
    const sleeper = (async () => {
      for await (const _details of slow.dump('ip_route_v2_dump')) {
        if (read++ === 0) await delay(timeout, undefined, { signal: wakeUp.signal }).catch(() => {});
      }
    })();
    sleeper.catch(() => {});
    const [behindSleeper] = await pings(other, 1);
    const beside = spread(await pings(other, count));
    const { details, bufferedBytes } = vpp.stats();
    const held = (await heldBytes()) - start;
    const { clients } = await dataplane.order({ do: 'tell' });
    wakeUp.abort();
    const error = (await sleeper.catch((reason) => reason)) as VppmuxError;
    console.log(
      [
        `pings alone:                 ${shown(alone)}`,
        `pings beside the sleeper:    ${shown(beside)}`,
        `first ping behind ${all} details, reader prompt / asleep: ${behindPrompt.toFixed()} / ${behindSleeper.toFixed()} ms`,
        `held for the sleeper: ${read} details, ${bufferedBytes} bytes at most, ${(held / MiB).toFixed(1)} MiB in memory`,
      ].join('\n'),
    );
    // All of it was taken from the socket while its reader slept, and VPP is left with nothing.
    expect(details - before).toBe(all);
    expect(clients.map(({ waiting }) => waiting)).toEqual([0]);
    expect(error).toMatchObject({ code: 'REPLY_OVERFLOW', arrived: read + 1 });
    // The messages of one read of the socket always fit.
    expect(read).toBeGreaterThan(replyBuffer);
    expect(read).toBeLessThan(replyBuffer + 65536 / 50);
    expect(bufferedBytes).toBeLessThan(read * 2500); // one is some 200 bytes on the wire, and 2,243 at most in memory
    expect(held).toBeLessThan(32 * MiB);
    expect(vpp.stats()).toMatchObject({ bufferedBytes: 0, inFlight: 0 });
    if (!long) return;
    expect(beside.median).toBeLessThan(alone.median * 1.5 + 0.1);
    expect(beside.p99).toBeLessThan(alone.p99 * 2 + 1);
    expect(behindSleeper).toBeLessThan(behindPrompt * 1.5 + 100);
  });

  it('an event subscriber that does not read: gaps exact to the message; the one beside it misses nothing', {
    timeout,
  }, async () => {
    const count = scaled({ short: 20_000, long: 500_000 });
    const replyBuffer = 1000;
    const { dataplane, vpp } = await processWorld({ health: { probe: false } });
    const [slow, prompt] = [vpp.channel({ replyBuffer }), vpp.channel()];
    const sleeper = slow.events('sw_interface_event');
    await sleeper.ready();
    const items = sleeper[Symbol.asyncIterator]();
    let expected = 0;
    const others: EventItem[] = [];
    prompt
      .events('sw_interface_event')
      .observe()
      .subscribe({
        next: (item) => {
          if ('sw_if_index' in item && item.sw_if_index === expected) expected++;
          else others.push(item);
        },
        error: () => {}, // the connection is destroyed at the end
      });
    const start = await heldBytes();
    let next = 0;
    let gaps = 0;
    const read = async (most: number) => {
      for (let i = 0; i < most; i++) {
        const { value } = await items.next();
        if (value && 'gap' in value) {
          gaps += Number(value.gap);
          next += Number(value.gap);
        } else expect(value).toMatchObject({ sw_if_index: next++ });
      }
    };
    let from = 0;
    const flood = async (size: number) => {
      await dataplane.order({ do: 'flood', flood: { from, count: size } });
      from += size;
      await expect.poll(() => vpp.stats().events, PATIENCE).toBe(from);
    };
    await flood(count);
    const held = (await heldBytes()) - start;
    expect(vpp.stats().gaps).toBe(count - replyBuffer);
    await read(400);
    await flood(300); // what was lost is told before what fits again, and takes a place
    await flood(400);
    await read(replyBuffer);
    const times = await pings(prompt, 20);
    await flood(10);
    while (next < from) await read(1);
    console.log(
      `${from} events, ${gaps} in gaps, ${(held / MiB).toFixed(1)} MiB held; pings beside: ${shown(spread(times))}`,
    );
    expect(next).toBe(from);
    expect(vpp.stats()).toMatchObject({ gaps, bufferedBytes: 0 });
    expect({ expected, others }).toEqual({ expected: from, others: [] });
    expect(held).toBeLessThan(8 * MiB);
    const { clients } = await dataplane.order({ do: 'tell' });
    expect(clients.map(({ waiting }) => waiting)).toEqual([0]);
  });
});
