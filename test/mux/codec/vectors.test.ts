import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

interface Vector {
  readonly msg: string;
  readonly crc: string;
  readonly hex: string;
  readonly value: unknown;
}

/** Decoded values as the vectors write them: bytes as hex, 64-bit integers as decimal text. */
function written(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner)]));
}

describe('vectors', needs(sharedMissing), () => {
  it.each(['22.10', '25.10', '26.06'])(
    'VPP %s: every line decodes to its value and encodes to its bytes',
    async (vpp) => {
      const schema = await loadSchema(sharedPath('vpp-api', vpp));
      const lines = readFileSync(sharedPath('vectors', `${vpp}.jsonl`), 'utf8')
        .trim()
        .split('\n');
      expect(lines.length).toBeGreaterThan(1000);
      for (const line of lines) {
        const { msg, crc, hex, value } = JSON.parse(line) as Vector;
        const message = schema.message(msg);
        expect(message.nameCrc).toBe(`${msg}_${crc.slice(2)}`);
        const bytes = Buffer.from(hex, 'hex');
        const raw = message.decode(bytes, { raw: true });
        expect(written(raw), msg).toEqual(value);
        expect(message.encode(raw).toString('hex'), `${msg} from raw values`).toBe(hex);
        expect(message.encode(message.decode(bytes)).toString('hex'), `${msg} from text forms`).toBe(hex);
        expect(message.encode(value as Record<string, unknown>).toString('hex'), `${msg} from the vector`).toBe(hex);
      }
    },
  );
});
