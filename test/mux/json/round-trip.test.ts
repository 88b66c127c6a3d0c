import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { fromJson } from '../../../src/mux/json/from-json.js';
import { toJson } from '../../../src/mux/json/to-json.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const RELEASES = ['22.10', '23.10', '25.10', '26.06'];

interface Vector {
  readonly msg: string;
  readonly crc: string;
  readonly hex: string;
}

/** Vectors of all releases by name and CRC; 23.10 has none of its own. */
function vectors(): Map<string, Buffer> {
  const lines = ['22.10', '25.10', '26.06'].flatMap((release) =>
    readFileSync(sharedPath('vectors', `${release}.jsonl`), 'utf8')
      .trim()
      .split('\n'),
  );
  return new Map(
    lines.map((line) => {
      const { msg, crc, hex } = JSON.parse(line) as Vector;
      return [`${msg}_${crc.slice(2)}`, Buffer.from(hex, 'hex')];
    }),
  );
}

/** The object of a program that reads one line of JSON. */
const sent = (json: object): unknown => JSON.parse(JSON.stringify(json));

describe('a message as JSON and back', needs(sharedMissing), () => {
  const bodies = sharedMissing ? new Map<string, Buffer>() : vectors();

  async function eachOf(release: string, check: (message: Message, bytes: Buffer) => void): Promise<number> {
    const schema = await loadSchema(sharedPath('vpp-api', release));
    let count = 0;
    for (const name of schema.model.messages.keys()) {
      const message = schema.message(name);
      const bytes = bodies.get(message.nameCrc);
      if (bytes === undefined) continue;
      check(message, bytes);
      count++;
    }
    return count;
  }

  it.each(RELEASES)('VPP %s, all arms: the same bytes, with enums by number and by name', async (release) => {
    const count = await eachOf(release, (message, bytes) => {
      for (const names of [false, true]) {
        const json = sent(toJson(message, message.decode(bytes), { names, allArms: true }));
        expect(message.encode(fromJson(message, json)).toString('hex'), message.name).toBe(bytes.toString('hex'));
      }
    });
    expect(count).toBeGreaterThan(900);
  });

  it.each(RELEASES)('VPP %s, the arms that count: the same JSON again', async (release) => {
    await eachOf(release, (message, bytes) => {
      const json = sent(toJson(message, message.decode(bytes)));
      const again = message.decode(message.encode(fromJson(message, json)));
      expect(sent(toJson(message, again)), message.name).toEqual(json);
    });
  });
});
