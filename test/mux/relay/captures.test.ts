/** Conversations recorded with a real VPP 26.06, once more through an API socket: the client gets the bytes that VPP sent. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { connect } from '../../../src/mux/index.js';
import { completed } from '../../../src/mux/session/builtin.js';
import { type Frame, readCapture, replayServer } from '../../support/capture.js';
import { needs } from '../../support/needs.js';
import { frameOf, RawClient } from '../../support/raw-client.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { scratch } from '../../support/vpp.js';
import { afterThis } from '../../support/world.js';

const CAPTURES = ['hello', 'cli', 'lifecycle', 'routes', 'stream', 'apijson'];
const OWN = ['control_ping', 'show_version', 'show_vpe_system_time'];
const HEADER = 16;
const INDEX_AT = 14;
const TABLE_AT = 18;

describe('captures', needs(sharedMissing), () => {
  let schema: Schema;
  beforeAll(async () => {
    schema = completed(await loadSchema(sharedPath('vpp-api', '26.06')));
  });

  /** A relay before a VPP that answers as in the capture, in pieces of these sizes; the path of its socket. */
  async function relay(frames: Frame[], sizes: () => number): Promise<string> {
    const { path, remove } = scratch();
    const server = replayServer([...frames, ...ownOf(frames)], schema, sizes);
    await server.listen(path('vpp.sock'));
    const connection = await connect({ socket: path('vpp.sock'), schema, health: { probe: false } });
    const api = await connection.listen({ path: path('clients.sock') });
    afterThis(
      remove,
      () => void server.close(),
      () => connection.destroy(),
      () => api.close(),
    );
    return path('clients.sock');
  }

  /** Requests of the mux itself that the capture lacks, each with an answer. */
  function ownOf(frames: Frame[]): Frame[] {
    const table = frames.find(({ name }) => name === 'sockclnt_create_reply')?.bytes ?? Buffer.alloc(0);
    const idOf = (name: string) => {
      const at = table.indexOf(`${name}_${schema.message(name).def.crc}\0`);
      return table.readUInt16BE(at - 2);
    };
    const frame = (dir: 'tx' | 'rx', name: string, context: number): Frame => {
      const body = schema.message(name).encode({ _vl_msg_id: idOf(name) });
      return { dir, name, context, bytes: frameOf(body) };
    };
    const missing = OWN.filter((own) => frames.every(({ name }) => name !== own));
    return missing.flatMap((name, i) => [
      frame('tx', name, 0x7fff0000 + i),
      frame('rx', `${name}_reply`, 0x7fff0000 + i),
    ]);
  }

  /** The frame's body, with the index of another client in the place of `from`. */
  function bodyFor({ name, bytes }: Frame, from: number, to: number): Buffer {
    const body = Buffer.from(bytes.subarray(HEADER));
    const { clientIndexOffset } = schema.message(name).def;
    if (clientIndexOffset >= 0 && body.readUInt32BE(clientIndexOffset) === from) {
      body.writeUInt32BE(to, clientIndexOffset);
    }
    return body;
  }

  describe.each(CAPTURES)('%s', (name) => {
    it.each<[how: string, sizes: () => number]>([
      ['whole', () => 1 << 20],
      ['in pieces', () => (name === 'apijson' ? 1000 : 7)],
    ])('%s: byte by byte what VPP sent, but for the index', async (_how, sizes) => {
      const frames = readCapture(name, schema);
      const path = await relay(frames, sizes);
      const client = await RawClient.open(path, schema);
      afterThis(() => client.close());
      const recorded = frames.find((frame) => frame.name === 'sockclnt_create_reply')?.bytes.subarray(HEADER);
      const index = recorded?.readUInt32BE(INDEX_AT) ?? 0;
      let own = 0;
      for (const frame of frames) {
        if (frame.dir === 'tx') {
          client.sendBody(bodyFor(frame, index, own));
          continue;
        }
        const body = await client.next();
        if (frame.name === 'sockclnt_create_reply') {
          own = body.readUInt32BE(INDEX_AT);
          expect(body.subarray(TABLE_AT).equals(frame.bytes.subarray(HEADER + TABLE_AT))).toBe(true);
          continue;
        }
        expect([frame.name, body.toString('hex')]).toEqual([frame.name, bodyFor(frame, index, own).toString('hex')]);
      }
      await client.untilClosed();
    });
  });
});
