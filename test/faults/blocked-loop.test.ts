/** A plugin that keeps the event loop to itself for 3 s: VPP is not to blame. */
import { describe, expect, it } from 'vitest';
import { processWorld } from './process-world.js';

const BLOCKED = 3000;

function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

describe('an event loop blocked for 3 s', () => {
  it('no false alarm by the probe, and what had arrived meanwhile is no late reply', async () => {
    const { vpp } = await processWorld({ replyTimeoutMs: 1000 }, { loopbacks: 5 });
    const states: string[] = [];
    vpp.states().subscribe(({ state }) => states.push(state));
    const ch = vpp.channel({ requestBuffer: 50 });
    const work = () => [
      ...Array.from({ length: 200 }, () => ch.request('show_version')),
      ...Array.from({ length: 20 }, () => ch.request('control_ping', {}, { timeoutMs: 500 })),
      ch.dump('sw_interface_dump').toArray(),
    ];
    const before = work();
    await new Promise((resolve) => setImmediate(resolve)); // these are sent, and answered while nobody reads
    const during = work(); // these are not even sent
    block(BLOCKED);
    await Promise.all([...before, ...during]);
    // The probes that were due in between, and the next one.
    const { replies } = vpp.stats();
    await expect.poll(() => vpp.stats().replies).toBeGreaterThan(replies);
    expect(new Set(states)).toEqual(new Set(['ready']));
    expect(vpp.stats()).toMatchObject({ lateReplies: 0, strayReplies: 0, inFlight: 0 });
    expect(vpp.status.generation).toBe(1);
  });
});
