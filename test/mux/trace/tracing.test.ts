/** Traces that begin and end while a connection runs, over a real socket. */

import { describe, expect, it } from 'vitest';
import type { VppConnection } from '../../../src/mux/connection/connection.js';
import { type TraceEntry, TraceRing, traceLines } from '../../../src/mux/index.js';
import { TracedLink } from '../../../src/mux/trace/traced-link.js';
import { world } from '../../support/world.js';

const names = (entries: readonly TraceEntry[]) => entries.map(({ direction, name }) => `${direction} ${name}`);
const linkOf = (connection: unknown) => (connection as VppConnection).core.supervisor.life.session?.link;
const quiet = { health: { probe: false } } as const;

describe('trace', () => {
  it('begun and ended: shows what is said in between, and nothing is left of it', async () => {
    const { connection } = await world(quiet);
    const ch = connection.channel();
    const ring = new TraceRing(100);
    const stop = connection.trace(ring);
    await ch.request('show_version');
    stop();
    stop();
    await ch.request('control_ping');
    expect(names(ring.entries())).toEqual(['out show_version', 'in show_version_reply']);
    expect(linkOf(connection)).not.toBeInstanceOf(TracedLink);
  });

  it('two at once: each sees everything, and one may end within the other’s message', async () => {
    const { connection } = await world(quiet);
    const seen: TraceEntry[] = [];
    const ring = new TraceRing(100);
    const stopRing = connection.trace(ring);
    const stop = connection.trace((entry) => {
      seen.push(entry);
      stop();
      stopRing();
    });
    const reply = await connection.channel().request('show_version');
    expect(reply.version).toBe('26.06-mock');
    expect(names(seen)).toEqual(['out show_version']);
    expect(names(ring.entries())).toEqual(['out show_version']);
    expect(linkOf(connection)).not.toBeInstanceOf(TracedLink);
  });

  it('a restart of VPP: goes on, with the handshake and the next generation', async () => {
    const { mock, connection } = await world({ ...quiet, reconnect: { delayMs: 1 } });
    const ring = new TraceRing(100);
    connection.trace(ring);
    await mock.restart();
    await expect.poll(() => connection.status.generation).toBe(2);
    await connection.channel().request('show_version');
    const second = ring.entries().filter(({ generation }) => generation === 2);
    expect(names(second).slice(0, 2)).toEqual(['out sockclnt_create', 'in sockclnt_create_reply']);
    expect(second[0].schema).toBeUndefined();
    expect(second.at(-1)).toMatchObject({ name: 'show_version_reply', schema: connection.tableHash });
  });

  it('begun while VPP is away: sees the next session', async () => {
    const { mock, connection } = await world({ ...quiet, reconnect: { delayMs: 1 } });
    mock.kill();
    await expect.poll(() => connection.state).toBe('backoff');
    const ring = new TraceRing(100);
    connection.trace(ring);
    await mock.start();
    await expect.poll(() => ring.entries().some(({ name }) => name === 'show_version_reply')).toBe(true);
  });

  it('the definitions fetched from VPP: named as well', async () => {
    const ring = new TraceRing(100);
    await world({ ...quiet, trace: ring });
    expect(names(ring.entries()).slice(0, 4)).toEqual([
      'out sockclnt_create',
      'in sockclnt_create_reply',
      'out get_api_json',
      'in get_api_json_reply',
    ]);
  });

  it('entries: crc and hash of the table, the body as it was, decoded when asked', async () => {
    const { connection } = await world(quiet);
    const ring = new TraceRing(100);
    connection.trace(ring);
    await connection.channel().dump('sw_interface_dump').toArray();
    const details = ring.entries().find(({ name }) => name === 'sw_interface_details');
    expect(details?.crc).toBe(connection.table.get('sw_interface_details')?.crc);
    expect(details?.fields()).toMatchObject({ sw_if_index: 0, interface_name: 'local0' });
    const decoded = connection.schema?.message('sw_interface_details').decode(details?.body ?? new Uint8Array());
    expect(decoded).toMatchObject({ context: details?.context, interface_name: 'local0' });
    const [header] = traceLines(connection, ring.entries());
    expect(JSON.parse(header)).toMatchObject({ vpp: '26.06-mock', schema: connection.tableHash });
  });
});
