/** Requests to mutate, and the ping that shows that all before it were handled. */
import type { Field, Schema } from '../../src/mux/internal.js';
import { frameOf, type RawClient } from '../support/raw-client.js';

/** A context that no mutated frame has. */
const LAST = 0x7abcdef0;
/** Fields that are 1 in every second request. */
const SOME: ReadonlySet<string> = new Set(['is_add', 'enable', 'is_enable', 'sw_if_index', 'rx_sw_if_index']);
const isBool = (type: Field['type']) => type.kind === 'scalar' && type.name === 'bool';

/** Requests of these names with all defaults, and with a few values that name what is there. */
export function requestFrames(client: RawClient, schema: Schema, names: readonly string[]): Buffer[] {
  const known = names.filter((name) => client.ids.has(name) && schema.message(name).def.contextOffset >= 0);
  return known.flatMap((name) => {
    const fields = schema.message(name).def.fields.filter((field) => SOME.has(field.name) && field.array === undefined);
    const given = Object.fromEntries(fields.map(({ name: field, type }) => [field, isBool(type) ? true : 1]));
    return [{}, given].map((values) => frameOf(client.body(name, values).body));
  });
}

/** Resolves when the answer to the last ping has come, or the connection has ended; true: it has come. */
export async function answers(client: RawClient): Promise<boolean> {
  client.sendBody(client.body('control_ping', { context: LAST }).body);
  for (;;) {
    const message = await client.next().catch(() => undefined);
    if (message === undefined) return false;
    if (message.readUInt16BE(0) === client.ids.get('control_ping_reply') && message.readUInt32BE(2) === LAST)
      return true;
  }
}
