import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const FRAME_HEADER = 16;
const HANDSHAKE = new Map([
  [15, 'sockclnt_create'],
  [16, 'sockclnt_create_reply'],
]);

/** The message bodies of a recorded conversation, in order, each with its name. */
function* bodies(schema: Schema, file: string): Generator<{ name: string; body: Buffer }> {
  const names = new Map(HANDSHAKE);
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { hex } = JSON.parse(line) as { hex?: string };
    if (hex === undefined) continue;
    const body = Buffer.from(hex, 'hex').subarray(FRAME_HEADER);
    const name = names.get(body.readUInt16BE(0)) ?? '';
    yield { name, body };
    if (name !== 'sockclnt_create_reply') continue;
    const table = schema.message(name).decode(body).message_table as { index: number; name: string }[];
    for (const entry of table) names.set(entry.index, entry.name.slice(0, -9));
  }
}

describe('messages recorded with a running VPP 26.06', needs(sharedMissing), () => {
  let schema: Schema;
  beforeAll(async () => {
    schema = await loadSchema(sharedPath('vpp-api', '26.06'));
  });

  const files = sharedMissing ? [] : readdirSync(sharedPath('captures', '26.06'));
  it.each(files)('%s: each decodes, and encodes to the bytes VPP and its client sent', (file) => {
    const surplus: Record<string, number> = {};
    for (const { name, body } of bodies(schema, sharedPath('captures', '26.06', file))) {
      const message = schema.message(name);
      const at = { end: 0 };
      message.read(body, 0, body.length, at);
      if (at.end < body.length) surplus[name] = body.length - at.end;
      const exact = body.subarray(0, at.end);
      expect(message.encode(message.decode(body, { raw: true })).equals(exact), `${name} raw`).toBe(true);
      expect(message.encode(message.decode(body)).equals(exact), `${name} in text forms`).toBe(true);
    }
    expect(surplus).toEqual(file === 'apijson.jsonl' ? { get_api_json_reply: 1 } : {});
  });
});
