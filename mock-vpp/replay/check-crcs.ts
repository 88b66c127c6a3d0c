/** Checks that the definitions can read a trace: each message has the CRC that it was recorded under. */
import type { Schema } from '../../src/mux/internal.js';
import { isGap, type Trace } from './read-trace.js';
import { TraceError } from './trace-error.js';

/** Messages that an error names at most. */
const NAMED = 3;

/** Throws TRACE_MISFIT, TRACE_INVALID. Messages that are not in the trace may differ: nobody will ask for them. */
export function checkCrcs({ file, vpp, items }: Trace, schema: Schema): void {
  const misfits = new Map<string, string>();
  for (const item of items) {
    if (isGap(item)) continue;
    const { name, crc } = item;
    const here = schema.find(name)?.def.crc;
    if (here === crc || misfits.has(name)) continue;
    misfits.set(name, here === undefined ? `${name} is not here` : `${name} has CRC ${crc} there, ${here} here`);
  }
  if (misfits.size === 0) {
    checkHeads(file, items, schema);
    return;
  }
  const named = [...misfits.values()].slice(0, NAMED).join('; ');
  const more = misfits.size > NAMED ? `; and ${misfits.size - NAMED} more` : '';
  throw new TraceError(
    'TRACE_MISFIT',
    `the trace ${file} was recorded with ${vpp === undefined ? 'a VPP' : `VPP ${vpp}`} whose messages are not those of this mock: ` +
      `${named}${more}; give the mock that VPP's .api.json files (--api-dir DIR, apiDir: as its /usr/share/vpp/api)`,
  );
}

/** Checks that the bytes that are patched and compared are there, however the file came to be. */
function checkHeads(file: string, items: Trace['items'], schema: Schema): void {
  for (const item of items) {
    if (isGap(item)) continue;
    const { name, t, body } = item;
    const { contextOffset, clientIndexOffset } = schema.message(name).def;
    const least = Math.max(contextOffset, clientIndexOffset) + 4;
    if (body.length >= least) continue;
    const text = `the ${name} of ${t} ms has ${body.length} bytes, fewer than the ${least} of its header; somebody has changed it`;
    throw new TraceError('TRACE_INVALID', `the trace ${file} cannot be used: ${text}`);
  }
}
