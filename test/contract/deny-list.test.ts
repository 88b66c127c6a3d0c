/** Messages that would harm VPP or the connection: refused to everybody, over a real socket, without `unsafe`. */
import { describe, expect, it } from 'vitest';
import { world } from '../support/world.js';

/** Messages that take over or end a registration, follow a pointer, end a thread, or are answered between the frames. */
const DENIED = `
  sockclnt_create sockclnt_delete sock_init_shm rpc_call rpc_call_reply cli get_node_graph rx_thread_exit
  trace_plugin_msg_ids app_attach app_worker_add_del selog_get_shm
  memclnt_create memclnt_create_v2 memclnt_delete memclnt_keepalive memclnt_read_timeout memclnt_rx_thread_suspend`;
const denied = DENIED.trim().split(/\s+/);
/** Messages of the connection's own, refused whatever the options. */
const OWN = ['sockclnt_create', 'sockclnt_delete'];

describe('the deny list', () => {
  it.each(denied)('%s: is refused to every channel in every form, and never reaches VPP', async (name) => {
    const { mock, connection } = await world();
    const before = mock.received(name);
    const error = { code: 'FORBIDDEN_MESSAGE', outcome: 'not-sent', messageName: name };
    for (const access of ['write', 'read'] as const) {
      const ch = connection.channel({ access });
      await expect(ch.request(name)).rejects.toMatchObject(error);
      await expect(ch.dump(name).toArray()).rejects.toMatchObject(error);
    }
    await connection.channel().request('show_version');
    expect(mock.received(name)).toBe(before);
  });

  it('unsafe: what VPP has of it is sent, but for what is the connection’s own', async () => {
    const { mock, connection } = await world({ unsafe: true });
    const ch = connection.channel();
    for (const name of OWN) {
      await expect(ch.request(name)).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE', outcome: 'not-sent' });
    }
    const inVpp = denied.filter((name) => !OWN.includes(name) && connection.table?.has(name));
    expect(inVpp).toEqual(expect.arrayContaining(['cli', 'rpc_call', 'sock_init_shm', 'get_node_graph']));
    for (const name of ['cli', 'get_node_graph', 'sock_init_shm']) {
      mock.handle(name, () => ({}));
      await ch.request(name);
      expect(mock.received(name)).toBe(1);
    }
  });
});
