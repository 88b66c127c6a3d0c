/** Dumps whose rows come packed, over the agent's WebSocket. */

import { describe, expect, it } from 'vitest';
import { PackedRows } from '../../../../src/plugins/remote/socket/packed-rows.js';
import { connectRemote } from '../../../../src/remote/index.js';
import { type AgentFrame, rowsReader, type Shape } from '../../../../src/remote/protocol/index.js';
import { remoteWorld, WRITE } from './world.js';

/** A buffer, and what has been sent of it: rows, and the type of each frame. */
function scene(most = 1e6) {
  const frames: string[] = [];
  const rows: unknown[] = [];
  let shape: Shape = 0;
  const link = {
    send(frame: AgentFrame) {
      frames.push('shape' in frame ? `${frame.type} with a shape` : frame.type);
      if (frame.type === 'details') rows.push(...frame.rows);
      else if (frame.type === 'packed') {
        shape = frame.shape ?? shape;
        rows.push(...rowsReader(shape, false)(frame.data, frame.count));
      }
      return 100;
    },
  };
  return { buffer: new PackedRows(1, link, most), frames, rows };
}

describe('packed rows', () => {
  it('go out in order, in parts of any size; the shape goes along once', () => {
    const { buffer, frames, rows } = scene();
    const all = Array.from({ length: 10 }, (_, n) => ({ n, name: `row ${n}` }));
    for (const row of all) buffer.push(row);
    for (const most of [3, 1, 100]) buffer.send(most);
    expect(rows).toEqual(all);
    expect(frames).toEqual(['packed with a shape', 'packed', 'packed']);
    expect(buffer.waiting).toBe(0);
  });

  it('a row of another shape: begins a frame; one that has none: is sent as it is', () => {
    const { buffer, frames, rows } = scene();
    const odd = { a: undefined, b: 1 };
    const all = [{ a: 1 }, { a: 2 }, { b: [{ c: 1 }] }, odd, { a: 3 }];
    for (const row of all) buffer.push(row);
    while (buffer.waiting > 0) buffer.send(100);
    expect(rows).toEqual(all);
    expect(frames).toEqual(['packed with a shape', 'packed with a shape', 'details', 'packed with a shape']);
  });

  it('are full at their bytes, and have room again when some have been sent', () => {
    const { buffer } = scene(100);
    while (!buffer.isFull()) buffer.push({ text: 'x'.repeat(20) });
    expect(buffer.waiting).toBe(5);
    buffer.send(2);
    expect(buffer.isFull()).toBe(false);
  });
});

describe('a dump of connectRemote', () => {
  it('has the rows of the local one, whatever the credit', async () => {
    const { url, mux } = await remoteWorld({ mock: { routes: 3000 } });
    const list = { table: { table_id: 0 } };
    const local = await mux.channel().dump('ip_route_v2_dump', list).toArray();
    expect(local.length).toBeGreaterThanOrEqual(3000);
    for (const replyBuffer of [1, 7, 16_384]) {
      const vpp = await connectRemote({ url, token: WRITE.headers.authorization.slice('Bearer '.length) });
      const ch = vpp.channel({ replyBuffer });
      const seen: unknown[] = [];
      for await (const { context: _, ...row } of ch.dump('ip_route_v2_dump', list)) seen.push(row);
      expect(seen).toEqual(local.map(({ context: _, ...row }) => row));
      await vpp.close();
    }
  });
});
