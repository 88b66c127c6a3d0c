import { writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { planOf, validateWish } from '../../../../src/wish/index.js';
import { scratch } from '../../../support/vpp.js';
import { adopted, channelToAny, compare, due, fulfil } from '../../reconcile/support.js';

const wish = (session: string, rest = '') => `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24 ] }
x-vppmux:
  bfd: [ { local: 192.0.2.1, peer: 192.0.2.2${session} } ]
  ${rest}
`;
const ON_LOOP0 = ', interface: loop0';
const KEY = 'bfd-session/loop0 192.0.2.1 192.0.2.2';

it('sessions: made, changed in place, described, and deleted before their interface', async () => {
  const channel = await channelToAny();
  await fulfil(channel, wish(ON_LOOP0));
  const other = wish(`${ON_LOOP0}, min-tx: 1.5ms, min-rx: 250us, multiplier: 5`, 'bfd-echo-source: loop0');
  expect(await due(channel, other)).toEqual([`change ${KEY}`, 'create bfd-echo-source/loop0']);
  await fulfil(channel, other);
  expect(await channel.dump('bfd_udp_session_dump').toArray()).toMatchObject([
    { desired_min_tx: 1500, required_min_rx: 250, detect_mult: 5 },
  ]);
  const file = await adopted(channel);
  expect(file).toContain('min-tx: 1500us');
  expect(await due(channel, file)).toEqual([]);
  expect((await due(channel, '{}')).slice(0, 2)).toEqual(['delete bfd-echo-source/loop0', `delete ${KEY}`]);
  await fulfil(channel, '{}');
});

it('sessions over several hops', async () => {
  const channel = await channelToAny();
  await fulfil(channel, wish(''));
  expect(await due(channel, await adopted(channel))).toEqual([]);
  expect(await due(channel, '{}')).toContain('delete bfd-session/multihop 192.0.2.1 192.0.2.2');
});

it('keys: sent, and never shown', async () => {
  const { path, remove } = scratch();
  onTestFinished(remove);
  const file = path('bfd.key');
  writeFileSync(file, 'open-sesame\n');
  const keys = (type: string) =>
    `bfd-keys: { 1: { type: ${type}, secret: { file: ${file} } }, 2: { secret: { file: ${file} } } }`;
  const channel = await channelToAny();
  const plan = planOf(await compare(channel, wish(`${ON_LOOP0}, key: 1`, keys('sha1'))));
  expect(plan.changes.find(({ key }) => key === 'bfd-key/1')?.messages[0].fields).toMatchObject({ key: '(secret)' });
  expect(JSON.stringify(plan)).not.toContain('sesame');
  await fulfil(channel, wish(`${ON_LOOP0}, key: 1`, keys('sha1')));
  expect(await due(channel, wish(`${ON_LOOP0}, key: 2, key-id: 7`, keys('sha1')))).toEqual([`change ${KEY}`]);
  await fulfil(channel, wish(`${ON_LOOP0}, key: 2, key-id: 7`, keys('sha1')));
  const adoptedFile = await adopted(channel);
  expect(adoptedFile).toContain('bfd-keys');
  expect(await due(channel, adoptedFile)).toEqual([]);
  await fulfil(channel, wish(`${ON_LOOP0}, key: 1`, keys('sha1')));
  expect(await due(channel, wish(`${ON_LOOP0}, key: 1`, keys('meticulous-sha1')))).toEqual([
    `delete ${KEY}`,
    'delete bfd-key/1',
    'create bfd-key/1',
    `create ${KEY}`,
  ]);
  await fulfil(channel, wish(`${ON_LOOP0}, key: 1`, keys('meticulous-sha1')));
  await fulfil(channel, wish(ON_LOOP0));
});

it('mistakes', () => {
  const messages = (text: string) => validateWish(text).errors.map(({ message }) => message);
  expect(messages(wish(`${ON_LOOP0}, min-tx: 2h`))).toEqual([
    'x-vppmux.bfd[0].min-tx: must be a duration, as 300ms, of more than an hour at most',
  ]);
  expect(messages(wish(', interface: loop7, key: 4').replace('192.0.2.2', '2001:db8::2'))).toEqual([
    expect.stringContaining('x-vppmux.bfd[0].interface: no interface loop7 in the wish'),
    'x-vppmux.bfd[0]: local and peer are not of the same address family',
    'x-vppmux.bfd[0].key: no key 4 in bfd-keys',
  ]);
});
