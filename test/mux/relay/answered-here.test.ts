/** Requests that the relay answers itself, as VPP would. */
import { expect, it } from 'vitest';
import { turns } from '../../support/fake-clock.js';
import { ownSchema } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

it.each(['get_api_json', 'api_versions'])(
  '%s: VPP is asked once in a generation, and each gets the same',
  async (name) => {
    const { mock, connection, client } = await relayWorld();
    const direct = await RawClient.connect(mock.socket, await ownSchema());
    afterThis(() => direct.close());
    const bodies = [];
    mock.forget();
    for (const who of ['a', 'b', 'a again']) {
      const one = await client(who);
      one.post(name, { context: 0x80000009 });
      bodies.push(await one.next());
    }
    expect(mock.received(name)).toBe(1);
    direct.post(name, { context: 0x80000009 });
    const own = await direct.next();
    for (const body of bodies) expect(body.equals(own)).toBe(true);
    mock.misbehave({ close: true });
    mock.behave();
    await expect.poll(() => connection.status.generation).toBe(2);
    await turns(50);
    const one = await client('later');
    mock.forget();
    await one.ask(name);
    expect(mock.received(name)).toBe(1);
  },
);

it('memclnt_keepalive: is answered, and does not reach VPP', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  expect(await one.ask('memclnt_keepalive', { context: 0xffffffff })).toMatchObject({ retval: 0, context: 0xffffffff });
  expect(mock.received('memclnt_keepalive')).toBe(0);
});

it('get_first_msg_id: is that of VPP, in the ids that the client has', async () => {
  const { mock, client } = await relayWorld();
  const one = await client();
  const direct = await RawClient.connect(mock.socket, await ownSchema());
  afterThis(() => direct.close());
  const { range, name } = { range: mock.table.ranges[5], name: mock.table.nameOf.get(mock.table.ranges[5].first) };
  const asked = { name: `${range.module}_${one.crcs.get(name as string)}` };
  const relayed = await one.ask('get_first_msg_id', asked);
  expect(relayed).toMatchObject({ ...(await direct.ask('get_first_msg_id', asked)), context: relayed.context });
});
