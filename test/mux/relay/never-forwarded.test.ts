/** Messages that never reach VPP: those that harm it or the connection that all share. */
import { describe, expect, it } from 'vitest';
import type { ChannelInfo, ChannelMessage, Refusal } from '../../../src/mux/index.js';
import { ownSchema, until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';

const UNSUPPORTED = -126;

/** Requests with a reply that has a retval. */
const REFUSED = ['sock_init_shm', 'rpc_call', 'cli', 'app_attach', 'app_worker_add_del', 'get_node_graph'];
/** Messages that no reply can answer, and that VPP, too, would not answer. */
const SILENT = [
  ...['memclnt_create', 'memclnt_create_v2', 'memclnt_delete', 'memclnt_rx_thread_suspend', 'memclnt_read_timeout'],
  ...['rx_thread_exit', 'trace_plugin_msg_ids', 'rpc_call_reply'],
];
/** Messages that only VPP sends. */
const REPLIES = ['show_version_reply', 'sw_interface_details'];

it.each(REFUSED)('%s: is answered with "unsupported"', async (name) => {
  const { mock, client, warnings, api } = await relayWorld();
  const one = await client('bold');
  expect(await one.ask(name, { context: 0x80000003 })).toMatchObject({ retval: UNSUPPORTED, context: 0x80000003 });
  expect(mock.received(name)).toBe(0);
  expect(api.counters.refused).toBe(1);
  expect(warnings.join('\n')).toContain(`${name} of client ${api.clients()[0].id} "bold" is refused`);
});

it.each([...SILENT, ...REPLIES])('%s: is not answered, and the client goes on', async (name) => {
  const { mock, client, api } = await relayWorld();
  const one = await client();
  const schema = await ownSchema();
  const size = schema.message(name).def.minSize;
  const body = Buffer.alloc(Math.max(size, 10) + 64);
  body.writeUInt16BE(one.ids.get(name) as number, 0);
  if (schema.message(name).def.clientIndexOffset === 2) body.writeUInt32BE(one.index, 2);
  one.sendBody(body);
  expect(await one.answersOnlyPing()).toBe(true);
  expect(mock.received(name)).toBe(0);
  const { refused, dropped } = api.counters;
  expect(refused + dropped).toBe(1);
});

it.each(['policer_classify_dump', 'flow_classify_dump'])(
  '%s: ends the client, since an empty list would be a lie; the log says why',
  async (name) => {
    const { mock, client, warnings } = await relayWorld();
    const one = await client('bold');
    const context = one.post(name);
    one.post('control_ping', { context });
    await one.untilClosed();
    expect(one.pending).toBe(0);
    expect(mock.received(name)).toBe(0);
    expect(warnings.join('\n')).toMatch(new RegExp(`client \\d+ "bold" of .* was closed: ${name} is refused`));
  },
);

it('what was asked before a refused dump: is answered before the end', async () => {
  const { client } = await relayWorld();
  const one = await client();
  for (let i = 0; i < 20; i++) one.post('show_version');
  one.post('flow_classify_dump');
  for (let i = 0; i < 20; i++) expect((await one.message()).name).toBe('show_version_reply');
  await one.untilClosed();
});

describe('sockclnt_delete', () => {
  it('says goodbye to the client itself, whatever index it names', async () => {
    const { mock, client, api } = await relayWorld();
    const [one, other] = [await client('one'), await client('other')];
    const { registration } = mock.clients[0];
    const { context, name, fields } = await (async () => {
      const sent = one.post('sockclnt_delete', { index: registration });
      return { context: sent, ...(await one.message()) };
    })();
    expect([name, fields.context, fields.response]).toEqual(['sockclnt_delete_reply', context, 1]);
    await one.untilClosed();
    expect((await other.ask('control_ping')).retval).toBe(0);
    expect(mock.received('sockclnt_delete')).toBe(0);
    expect(api.clients().map((each) => each.name)).toEqual(['other']);
  });

  it('with the index of another client: is not answered', async () => {
    const { client, api } = await relayWorld();
    const [one, other] = [await client('one'), await client('other')];
    one.post('sockclnt_delete', { client_index: other.index, index: other.index });
    expect(await one.answersOnlyPing()).toBe(true);
    expect(api.clients()).toHaveLength(2);
  });

  it('by a client that has closed its reading side, as that of Go: it is gone in good order', async () => {
    const { client, api, warnings } = await relayWorld();
    const one = await client();
    one.post('sockclnt_delete');
    one.close();
    await until(() => api.clients().length === 0);
    expect(warnings).toEqual([]);
  });
});

it('a request with values that harm VPP: is refused', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  expect((await one.ask('bond_add_member', { sw_if_index: 0 })).retval).toBe(UNSUPPORTED);
  expect(mock.received('bond_add_member')).toBe(0);
});

it('a request that harms VPP in some states: VPP is asked first', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const loopback = mock.dataplane.addLoopback();
  expect((await one.ask('pipe_delete', { sw_if_index: loopback })).retval).toBe(UNSUPPORTED);
  expect(mock.received('pipe_delete')).toBe(0);
  const { sw_if_index } = await one.ask('pipe_create');
  expect((await one.ask('pipe_delete', { sw_if_index })).retval).toBe(0);
  expect(mock.received('pipe_delete')).toBe(1);
});

it('while VPP is asked whether a request harms it: what comes behind it waits, and other clients do not', async () => {
  const { client } = await relayWorld();
  const [one, other] = [await client('one'), await client('other')];
  const { sw_if_index } = await one.ask('pipe_create');
  const contexts = [one.post('pipe_delete', { sw_if_index })];
  for (let i = 0; i < 20; i++) contexts.push(one.post('control_ping'), one.post('memclnt_keepalive'));
  expect((await other.ask('control_ping')).retval).toBe(0);
  for (const context of contexts) expect((await one.message()).fields.context).toBe(context);
});

it('listeners of the data events: hear of what is never sent', async () => {
  const { connection, client } = await relayWorld();
  const heard: string[] = [];
  connection.dataEvents.listen({
    refused: ({ name }: ChannelInfo, message: ChannelMessage, { refuse }: Refusal) =>
      void heard.push(`${name}: ${message.name} ${refuse}`),
  });
  const one = await client('bold');
  await one.ask('sock_init_shm');
  await one.ask('bond_add_member', { sw_if_index: 0 });
  expect(heard).toEqual(['bold: sock_init_shm FORBIDDEN_MESSAGE', 'bold: bond_add_member FORBIDDEN_MESSAGE']);
});
