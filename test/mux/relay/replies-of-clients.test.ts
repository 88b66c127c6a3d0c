/** Some clients send messages that only VPP is to send, as a part of what they always do. */
import { expect, it } from 'vitest';
import { relayWorld } from '../../support/relay-world.js';

it.each([
  'sockclnt_delete_reply', // govpp takes it for the goodbye, in every second run
  'memclnt_keepalive_reply', // VAPI
])('%s of a client: is passed over without a warning', async (name) => {
  const { client, mock, warnings, api } = await relayWorld();
  const one = await client();
  one.post(name);
  expect(await one.answersOnlyPing()).toBe(true);
  expect(warnings).toEqual([]);
  expect(api.counters.dropped).toBe(0);
  expect(mock.received(name)).toBe(0);
});
