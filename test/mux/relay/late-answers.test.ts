/** Requests that VPP passes over, and answers when something has happened, or never. */
import { expect, it } from 'vitest';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';

const ASKED = 'sw_interface_tag_add_del';

/** A world whose VPP does not answer one request, and the function by which it answers the last of these after all. */
async function silent() {
  const world = await relayWorld();
  const { mock } = world;
  mock.handle(ASKED, () => undefined);
  const answer = () => {
    const context = Number(mock.receivedMessages(ASKED).at(-1)?.fields.context);
    mock.inject(`${ASKED}_reply`, { retval: 0 }, context);
  };
  return { ...world, answer };
}

it('an answer long after those to later requests: reaches its client, with its context', async () => {
  const { client, api, answer } = await silent();
  const [one, other] = [await client('one'), await client('other')];
  const context = one.post(ASKED, { context: 0xfffffff0 });
  expect((await one.ask('control_ping')).retval).toBe(0);
  expect(api.clients()[0].inFlight).toBe(0);
  answer();
  expect(await one.message()).toMatchObject({ name: `${ASKED}_reply`, fields: { context } });
  expect(await other.answersOnlyPing()).toBe(true);
});

it('its client has left: nobody gets it', async () => {
  const { client, api, answer } = await silent();
  const [one, other] = [await client('one'), await client('other')];
  one.post(ASKED);
  await one.ask('control_ping');
  one.close();
  await until(() => api.clients().length === 1);
  answer();
  expect(await other.answersOnlyPing()).toBe(true);
});

it('ten thousand that are never answered: keep no place, and the next ones are answered', async () => {
  const { client, api, connection } = await silent();
  const one = await client();
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 1000; i++) one.post(ASKED);
    expect((await one.ask('control_ping')).retval).toBe(0);
  }
  expect(api.clients()[0]).toMatchObject({ inFlight: 0, waiting: 0 });
  expect(connection.stats().inFlight).toBe(0);
});
