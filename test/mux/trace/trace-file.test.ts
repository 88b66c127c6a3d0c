import { describe, expect, it } from 'vitest';
import { TraceWriter, traceLines } from '../../../src/mux/index.js';
import { entry } from './entries.js';

const status = { state: 'ready', reason: '', since: new Date(), generation: 1, reconnects: 0 } as const;
const vpp = { status: { ...status, version: '26.06-release', socket: '/s' }, tableHash: 'a1' };
const parsed = (lines: Iterable<string>) => [...lines].map((line) => JSON.parse(line));

describe('a trace as text', () => {
  it('messages: a header with the hash of the table, then a line each, times from the first one', () => {
    const body = Uint8Array.of(1, 2, 255);
    const out = entry('ask', 0, { at: 1000.0004, direction: 'out', body });
    const lines = parsed(traceLines(vpp, [out, entry('ask_reply', 2, { at: 1001.25 })]));
    expect(lines).toEqual([
      {
        ...{ format: 'vppmux-trace', version: 1, vpp: '26.06-release', schema: 'a1', socket: '/s' },
        startedAt: new Date(performance.timeOrigin + 1000.0004).toISOString(),
      },
      { t: 0, dir: 'out', gen: 1, name: 'ask', crc: '00000001', context: 7, hex: '0102ff', fields: {} },
      { t: 1.25, dir: 'in', gen: 1, name: 'ask_reply', crc: '00000001', context: 7, hex: '0000', fields: {} },
    ]);
  });

  it('no messages: the header alone', () => {
    expect(parsed(traceLines(vpp, []))).toMatchObject([{ format: 'vppmux-trace', schema: 'a1' }]);
  });

  it('what JSON lacks: 64-bit integers as decimal strings, bytes as 0x… strings, odd numbers as strings', () => {
    const fields = () => ({ big: 2n ** 63n, list: [{ key: Uint8Array.of(0, 171) }], rate: Number.NaN });
    const [, line] = parsed(traceLines(vpp, [entry('odd', 2, { fields })]));
    expect(line.fields).toEqual({ big: '9223372036854775808', list: [{ key: '0x00ab' }], rate: 'NaN' });
  });

  it('an unknown id: no name, no fields, the bytes all the same', () => {
    const unknown = { name: undefined, crc: undefined, context: undefined, fields: () => undefined };
    const [, line] = parsed(traceLines(vpp, [entry('?', 2, unknown)]));
    expect(line).toEqual({ t: 0, dir: 'in', gen: 1, hex: '0000' });
  });

  it('VPP comes back with other messages: another header, without the version of the one before', () => {
    const shakes = { schema: undefined, generation: 2 };
    const entries = [entry('old', 2, { schema: '0f' }), entry('sockclnt_create', 2, shakes), entry('new', 2)];
    const lines = parsed(traceLines(vpp, entries));
    expect(lines.map(({ schema, vpp: version, name }) => name ?? [schema, version])).toEqual([
      ['0f', undefined],
      'old',
      'sockclnt_create',
      ['a1', '26.06-release'],
      'new',
    ]);
  });

  it('a body over the limit: its beginning, its size, and no fields', () => {
    const writer = new TraceWriter(vpp, 0, { maxBody: 100 });
    const [, line] = parsed(writer.lines(entry('huge', 101)));
    expect(line).toMatchObject({ name: 'huge', size: 101, hex: '00'.repeat(64) });
    expect(line).not.toHaveProperty('fields');
    expect(parsed(writer.lines(entry('fits', 100)))[0]).not.toHaveProperty('size');
  });
});
