import { expect, it } from 'vitest';
import type { RelayClient } from '../../../src/mux/relay/relay-client.js';
import { Strays } from '../../../src/mux/relay/strays.js';

function clientOf(heard: number[]) {
  return {
    deliver: ({ clientContext }: { clientContext: number }) => void heard.push(clientContext),
  } as never as RelayClient;
}
const asked = (context: number, clientContext: number) => ({ context, clientContext, rule: {} as never });
const take = (strays: Strays, context: number) => strays.take(context, Buffer.alloc(10), 0, 10, 2);

it('an answer that comes late: goes to its client, once', () => {
  const [strays, heard]: [Strays, number[]] = [new Strays(), []];
  strays.add(asked(5, 50), clientOf(heard));
  expect([take(strays, 6), take(strays, 5), take(strays, 5)]).toEqual([false, true, false]);
  expect(heard).toEqual([50]);
});

it('a client that has left: nothing is kept of it', () => {
  const [strays, heard]: [Strays, number[]] = [new Strays(), []];
  const [one, other] = [clientOf(heard), clientOf(heard)];
  strays.add(asked(1, 10), one);
  strays.add(asked(2, 20), other);
  strays.forget(one);
  expect([take(strays, 1), take(strays, 2)]).toEqual([false, true]);
  strays.add(asked(3, 30), other);
  strays.clear();
  expect(take(strays, 3)).toBe(false);
});

it('more than 4,096: the oldest are dropped', () => {
  const [strays, heard]: [Strays, number[]] = [new Strays(), []];
  const client = clientOf(heard);
  for (let context = 0; context < 5000; context++) strays.add(asked(context, context), client);
  expect([take(strays, 903), take(strays, 904)]).toEqual([false, true]);
});
