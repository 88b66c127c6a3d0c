/** Entries of traces, made by hand. */

import type { TraceEntry } from '../../../src/mux/index.js';

/** A message of the name `name`, its body `bytes` long. */
export function entry(name: string, bytes = 10, more: Partial<TraceEntry> = {}): TraceEntry {
  return {
    ...{ at: 0, direction: 'in', generation: 1, schema: 'a1', crc: '00000001', context: 7, trailing: 0 },
    name,
    channel: undefined,
    channelName: undefined,
    body: new Uint8Array(bytes),
    fields: () => ({}),
    ...more,
  };
}
