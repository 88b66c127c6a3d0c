/** The answers of one client come in the order of its requests, whoever makes them. */
import { describe, expect, it } from 'vitest';
import { turns } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import type { RawClient } from '../../support/raw-client.js';
import { type RelayWorld, relayWorld } from '../../support/relay-world.js';

/** Messages that are answered here, each with a message of its own, and the name of the answer. */
const LOCAL: readonly [what: string, post: (client: RawClient) => unknown, answer: string][] = [
  ['a keepalive', (client) => client.post('memclnt_keepalive'), 'memclnt_keepalive_reply'],
  ['a refusal', (client) => client.post('sock_init_shm'), 'sock_init_shm_reply'],
  ['definitions that are known', (client) => client.post('get_api_json'), 'get_api_json_reply'],
  ['versions that are known', (client) => client.post('api_versions'), 'api_versions_reply'],
  [
    'a registration',
    (client) => client.post('want_interface_events', { enable_disable: 1 }),
    'want_interface_events_reply',
  ],
  [
    'a registration that is on',
    (client) => client.post('want_bfd_events', { enable_disable: true }),
    'want_bfd_events_reply',
  ],
  ['a goodbye', (client) => client.post('sockclnt_delete'), 'sockclnt_delete_reply'],
];

async function prepared(): Promise<RelayWorld & { one: RawClient }> {
  const world = await relayWorld();
  const one = await world.client();
  await one.ask('get_api_json');
  await one.ask('api_versions');
  await one.ask('want_bfd_events', { enable_disable: true });
  return { ...world, one };
}

describe.each(LOCAL)('%s', (_what, post, answer) => {
  it('waits for the answer to what was asked before', async () => {
    const { mock, one } = await prepared();
    const held = hold(mock, 'show_version');
    one.post('show_version');
    post(one);
    await until(() => held.waiting === 1);
    await turns(20);
    expect(one.pending).toBe(0);
    held.answer();
    expect((await one.message()).name).toBe('show_version_reply');
    expect((await one.message()).name).toBe(answer);
  });

  it('waits for a dump that was asked for before, and its ping', async () => {
    const { one } = await prepared();
    const context = one.post('sw_interface_dump');
    one.post('control_ping', { context });
    post(one);
    const names = [];
    do names.push((await one.message()).name);
    while (names.at(-1) !== answer);
    expect(names.slice(0, -2).every((name) => name === 'sw_interface_details')).toBe(true);
    expect(names.slice(-2)).toEqual(['control_ping_reply', answer]);
    expect(names.length).toBeGreaterThan(2);
  });
});

it('what comes behind an answer of ours: is answered behind it', async () => {
  const { one } = await prepared();
  const contexts = [];
  for (let i = 0; i < 30; i++) {
    contexts.push(one.post('show_version'), one.post('memclnt_keepalive'), one.post('sock_init_shm'));
    contexts.push(one.post('want_interface_events', { enable_disable: i % 2 }), one.post('api_versions'));
  }
  const answered = [];
  while (answered.length < contexts.length) answered.push((await one.message()).fields.context);
  expect(answered).toEqual(contexts);
});

it('many answers of ours in a row: VPP is pinged for 64 of them at once, and they stay in order', async () => {
  const { mock, one, api } = await prepared();
  const held = hold(mock, 'show_version');
  const seen = () => api.clients()[0].messagesIn;
  const whole = seen() + 641;
  const before = mock.received('control_ping');
  const contexts = [one.post('show_version')];
  for (let i = 0; i < 320; i++) contexts.push(one.post('memclnt_keepalive'), one.post('sock_init_shm'));
  await until(() => held.waiting === 1 && seen() === whole);
  held.answer();
  const answered = [];
  while (answered.length < contexts.length) answered.push((await one.message()).fields.context);
  expect(answered).toEqual(contexts);
  expect(mock.received('control_ping') - before).toBe(10);
});

it('two clients: one that waits for an answer of VPP does not keep the other from its own', async () => {
  const { mock, client } = await relayWorld();
  const [a, b] = [await client('a'), await client('b')];
  a.post('show_version');
  expect((await b.ask('memclnt_keepalive')).retval).toBe(0);
  expect((await a.message()).name).toBe('show_version_reply');
  expect(mock.received('memclnt_keepalive')).toBe(0);
});
