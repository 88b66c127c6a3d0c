import { expect, it } from 'vitest';
import { onMemory } from '../../support/channel-on-memory.js';
import { ignored } from '../../support/ignored.js';

it('a dump: takes its control_ping along, with its own context', () => {
  const { channel, sent } = onMemory();
  ignored(channel().dump('thing_dump').toArray());
  expect(sent().map(({ name }) => name)).toEqual(['thing_dump', 'control_ping']);
  expect(sent()[1].fields.context).toBe(sent()[0].fields.context);
});

it('a request, a get: go out alone', () => {
  const { channel, sent } = onMemory();
  const ch = channel();
  ch.request('add_one').catch(() => {});
  ignored(ch.dump('item_get').toArray());
  expect(sent().map(({ name }) => name)).toEqual(['add_one', 'item_get']);
});
