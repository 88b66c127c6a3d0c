/** VPP keeps the traces that a client dumps in the client's slot, and all clients of an API socket have one slot. */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Fields, loadSchema } from '../../../src/mux/index.js';
import { needs } from '../../support/needs.js';
import { RawClient } from '../../support/raw-client.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { afterThis, world } from '../../support/world.js';

async function tracing() {
  const apiDir = sharedPath('vpp-api', '26.06');
  const { mock, connection } = await world({}, { apiDir });
  const schema = await loadSchema(apiDir);
  const path = join(dirname(mock.socket), 'clients.sock');
  await connection.listen({ path });
  /** Values of clear_cache that VPP has got. */
  const cleared: unknown[] = [];
  const took = ({ clear_cache: clear }: Fields) => void cleared.push(Boolean(clear));
  mock.handle('trace_v2_dump', (fields) => {
    took(fields);
    return [];
  });
  mock.handle('trace_dump', (fields) => {
    took(fields);
    return { retval: 0 };
  });
  mock.handle('trace_clear_capture', () => ({ retval: 0 }));
  const client = async () => {
    const each = await RawClient.connect(path, schema);
    afterThis(() => each.close());
    return each;
  };
  return { cleared, client };
}

describe("VPP's cache of traces", needs(sharedMissing), () => {
  it('is cleared at the first dump of a client, as a new client of VPP has an empty one', async () => {
    const { cleared, client } = await tracing();
    const one = await client();
    await one.dump('trace_v2_dump', { position: 0, clear_cache: false });
    await one.dump('trace_v2_dump', { position: 50, clear_cache: false });
    expect(cleared).toEqual([true, false]);
  });

  it("is not another client's: it is cleared when another one goes on", async () => {
    const { cleared, client } = await tracing();
    const one = await client();
    const two = await client();
    await one.dump('trace_v2_dump', { position: 0 });
    await two.ask('trace_dump', { thread_id: 0, position: 0, max_records: 10 });
    await two.ask('trace_dump', { thread_id: 0, position: 10, max_records: 10 });
    await one.dump('trace_v2_dump', { position: 50 });
    expect(cleared).toEqual([true, true, false, true]);
  });

  it('is cleared when the captured packets, at which it points, have been', async () => {
    const { cleared, client } = await tracing();
    const one = await client();
    const two = await client();
    await one.dump('trace_v2_dump', { position: 0 });
    await two.ask('trace_clear_capture');
    await one.dump('trace_v2_dump', { position: 50 });
    expect(cleared).toEqual([true, true]);
  });
});
