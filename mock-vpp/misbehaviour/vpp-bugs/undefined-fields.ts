/** Fields of a refusal that nobody has set: VPP does not clear a reply, so they hold what was in its memory (WIRE 3.10). */
import type { Field, Fields } from '../../../src/mux/internal.js';
import { GARBAGE } from '../../handlers/garbage.js';
import type { OutFrame } from '../../wire/client.js';
import type { FaultHost } from '../fault-host.js';
import { rewritten } from '../rewritten.js';

/** Puts garbage into the zero numbers of a refusal, except for counts. */
export function withGarbage(frame: OutFrame, host: FaultHost): OutFrame {
  if (frame.name?.endsWith('_reply') !== true) return frame;
  const { fields } = host.find(frame.name).message.def;
  const open = fields.filter((field) => isNumber(field) && !isCount(field, fields) && field.name !== 'retval');
  if (open.length === 0 || !fields.some(({ name }) => name === 'retval')) return frame;
  return rewritten(frame, host, (values) => (Number(values.retval) < 0 ? garbageFor(open, values) : {}));
}

const BITS: Readonly<Record<string, number>> = { u8: 8, u16: 16, u32: 32 };
const HEADER: ReadonlySet<string> = new Set(['_vl_msg_id', 'client_index', 'context']);

function garbageFor(open: readonly Field[], values: Fields): Fields {
  const unset = open.filter(({ name }) => values[name] === 0);
  return Object.fromEntries(unset.map(({ name, type }) => [name, (GARBAGE & (2 ** (bitsOf(type) ?? 0) - 1)) >>> 0]));
}

function isNumber({ name, type, array }: Field): boolean {
  return array === undefined && !HEADER.has(name) && bitsOf(type) !== undefined;
}

/** Bits of an unsigned number; undefined for any other type. */
function bitsOf(type: Field['type']): number | undefined {
  if (type.kind === 'alias') return type.length === undefined ? bitsOf(type.target) : undefined;
  return type.kind === 'scalar' ? BITS[type.name] : undefined;
}

function isCount({ name }: Field, all: readonly Field[]): boolean {
  return all.some(({ array }) => array?.kind === 'counted' && array.countField === name);
}
