/** The client makes the same of a recording for ever. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSchema, type Schema } from '../../../src/mux/index.js';
import { builtin } from '../../../src/mux/session/builtin.js';
import { readCapture } from '../../support/capture.js';
import { ownSchema, socketPath } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { type Replayed, replay } from '../../support/replay.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const file = fileURLToPath(new URL('./fixtures/interfaces.trace', import.meta.url));

function check({ answers, events, recordedEvents }: Replayed): void {
  for (const { request, recorded, heard } of answers) expect([request, heard]).toEqual([request, recorded]);
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
      fc.asyncProperty(sizes, async (stream) =>
        check(await replay(file, schema, { sizes: () => stream.next().value })),
      ),
      { numRuns: 5, verbose: true },
    );
  });
});

describe('a trace of a real VPP', needs(sharedMissing), () => {
  const apiDir = sharedPath('vpp-api', '26.06');

  it.each(['cli', 'hello', 'lifecycle', 'routes', 'stream'])('%s: heard as it was said', async (name) => {
    const schema = await loadSchema(apiDir);
    check(await replay(traceOfCapture(name, schema), schema, { apiDir }));
  });
});

function traceOfCapture(name: string, schema: Schema): string {
  const lines = readCapture(name, schema).map((frame, t) => {
    const { crc } = (schema.find(frame.name) ?? builtin.message(frame.name)).def;
    const hex = frame.bytes.subarray(16).toString('hex');
    return { t, dir: frame.dir === 'tx' ? 'out' : 'in', gen: 1, name: frame.name, crc, context: frame.context, hex };
  });
  const path = `${socketPath()}.trace`;
  const header = { format: 'vppmux-trace', version: 1, vpp: '26.06' };
  writeFileSync(path, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}
