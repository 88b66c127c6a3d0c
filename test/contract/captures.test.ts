/** Conversations recorded with a real VPP 26.06, replayed against the client in any chunking. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fields, Schema } from '../../src/mux/codec/codec.js';
import { loadSchema } from '../../src/mux/codec/load.js';
import { type Channel, connect } from '../../src/mux/index.js';
import { Deframer } from '../../src/mux/link/deframer.js';
import { completed } from '../../src/mux/session/builtin.js';
import { type Frame, readCapture, replayServer } from '../support/capture.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

const CAPTURES = ['hello', 'cli', 'lifecycle', 'routes', 'stream', 'apijson'];
/** Bytes beyond the definition: VPP ends its JSON with a NUL. */
const surplus = ({ name, dir }: Frame) => (dir === 'rx' && name === 'get_api_json_reply' ? 1 : 0);

describe('captures', needs(sharedMissing), () => {
  let schema: Schema;
  beforeAll(async () => {
    schema = completed(await loadSchema(sharedPath('vpp-api', '26.06')));
  });

  /** The fields of a body as a user gets them: without the header. */
  function decoded({ name, bytes }: Frame): Fields {
    const body = Buffer.from(bytes.subarray(16));
    return schema.message(name).read(body, 0, body.length, { end: 0 });
  }

  /** Asks for one thing of the capture again. */
  async function ask(ch: Channel, request: Frame): Promise<Fields[]> {
    const kind = schema.message(request.name).def.service?.kind;
    const options = { anyRetval: true, timeoutMs: 10_000 };
    if (kind === 'unary') return [await ch.request(request.name, decoded(request), options)];
    return ch.dump(request.name, decoded(request), options).toArray();
  }

  it.each(CAPTURES)('%s: cut anywhere, all of it is decoded, with no more left over than VPP sends', (name) => {
    const frames = readCapture(name, schema).filter(({ dir }) => dir === 'rx');
    const stream = Buffer.concat(frames.map(({ bytes }) => bytes));
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 200 }), (points) => {
        const seen: [number, number][] = [];
        const deframer = new Deframer(1 << 26, (bytes, start, end) => {
          const at = { end: 0 };
          schema.message(frames[seen.length].name).read(bytes, start, end, at);
          seen.push([end - start, end - at.end]);
        });
        let from = 0;
        for (const to of [...points.sort((a, b) => a - b), stream.length]) {
          deframer.push(Buffer.from(stream.subarray(from, to)), to - from);
          from = to;
        }
        expect(seen).toEqual(frames.map((frame) => [frame.bytes.length - 16, surplus(frame)]));
      }),
      { numRuns: name === 'apijson' ? 10 : 50 },
    );
  });

  it.each(CAPTURES)(
    '%s: asked again through a channel, handshake to goodbye, the answers are the same',
    async (name) => {
      const frames = readCapture(name, schema);
      let seed = 7;
      const sizes = () => {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        return name === 'apijson' ? 1 + (seed % 60_000) : 1 + (seed % 600);
      };
      const { path, remove } = scratch();
      const server = replayServer(frames, schema, sizes);
      await server.listen(path('api.sock'));
      afterThis(remove, () => server.close());
      const vpp = await connect({ socket: path('api.sock'), schema, health: { probe: false } });
      const ch = vpp.channel();
      const events: Fields[] = [];
      if (name === 'lifecycle') {
        const stream = ch.events('sw_interface_event');
        stream.observe().subscribe((event) => events.push(event as Fields));
      }
      const ours = (frame: Frame) => /^(sockclnt_|want_|control_ping$)/.test(frame.name);
      for (const request of frames.filter((frame) => frame.dir === 'tx' && !ours(frame))) {
        const answers = frames.filter(({ dir, context }) => dir === 'rx' && context === request.context);
        const expected = answers.filter((frame) => frame.name !== 'control_ping_reply').map(decoded);
        if (request.name === 'sw_interface_tx_placement_get') {
          await expect(ask(ch, request)).rejects.toMatchObject({ code: 'RETVAL', retval: -6 });
        } else if (request.name === 'ip_path_mtu_get') {
          expect(await ask(ch, request)).toEqual([]);
        } else expect(await ask(ch, request)).toEqual(expected);
      }
      expect(events).toEqual(frames.filter((frame) => frame.name === 'sw_interface_event').map(decoded));
      await vpp.close();
      const trailingBytes = frames.reduce((sum, frame) => sum + surplus(frame), 0);
      expect(vpp.stats()).toMatchObject({ unknownMessages: 0, trailingBytes, inFlight: 0 });
    },
  );
});
