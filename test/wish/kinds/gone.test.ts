import { expect, it } from 'vitest';
import { carryOut } from '../../../src/wish/index.js';
import { channelToAny, compare, fulfil } from '../reconcile/support.js';

const WISH = `
loopbacks:
  loop31: { addresses: [ 192.0.2.1/24 ] }
x-vppmux:
  memif-sockets: { 31: /tmp/vppmux-gone-31.sock }
  memif: { memif31/0: { role: slave } }
  gre: { gre31: { local: 192.0.2.1, remote: 198.51.100.1 } }
  ipip: { ipip31: { local: 192.0.2.1, remote: 198.51.100.1 } }
  policers: { gold: { cir: 1000, cb: 10000, input: [ loop31 ] } }
  nat44:
    inside: [ loop31 ]
    pool: [ 198.51.100.9 ]
    twice-nat-pool: [ loop31 ]
    static-mappings: [ { local: 10.0.0.1, external: 198.51.100.9 } ]
    identity-mappings: [ { address: 198.51.100.8 } ]
`;

it('tunnels, NAT44 and policers that somebody else has deleted meanwhile: count as deleted', async () => {
  const channel = await channelToAny();
  await fulfil(channel, WISH);
  const [one, other] = [await compare(channel, '{}'), await compare(channel, '{}')];
  await carryOut(channel, one);
  const results = await carryOut(channel, other);
  const made = /^(?:memif|gre|ipip|nat44|policer)/;
  const left = results.filter(({ operation, outcome }) => made.test(operation.key) && outcome !== 'applied');
  expect(left.map(({ operation, error, reason }) => `${operation.key}: ${error?.message ?? reason}`)).toEqual([]);
});
