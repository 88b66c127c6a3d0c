/** What was recorded with the client once, the client must make the same of for ever. */

import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownSchema } from '../../support/mock.js';
import { replay } from '../../support/replay.js';

const file = fileURLToPath(new URL('./fixtures/interfaces.trace', import.meta.url));

function check({ answers, events, recordedEvents }: Awaited<ReturnType<typeof replay>>): void {
  for (const { request, recorded, heard } of answers) expect([request, heard]).toEqual([request, recorded]);
  // The pid is that of who asked for the events then.
  expect(events).toEqual(recordedEvents);
}

describe('a recorded trace', () => {
  it('its requests asked again, answers in one piece: all is heard as it was', async () => {
    const replayed = await replay(file, await ownSchema());
    check(replayed);
    expect(replayed.answers.length).toBeGreaterThan(15);
    expect(replayed.answers).toContainEqual(
      expect.objectContaining({ request: 'sw_interface_set_flags', heard: { retval: -2 } }),
    );
    expect(replayed.answers.find(({ request }) => request === 'ip_path_mtu_get')?.heard).toHaveLength(5);
    expect(replayed.events).toHaveLength(3);
  });

  it('in pieces of any size: the same', async () => {
    const schema = await ownSchema();
    const sizes = fc.infiniteStream(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5000 })));
    await fc.assert(
      fc.asyncProperty(sizes, async (stream) => check(await replay(file, schema, () => stream.next().value))),
      { numRuns: 5, verbose: true },
    );
  });
});
