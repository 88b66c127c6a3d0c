import { describe, expect, it } from 'vitest';
import { addressOf, isWithin, networkOf, prefixOf } from '../../src/vpp/ip-text.js';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8::0001', '2001:db8::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['192.0.2', undefined],
  ['192.0.2.01', undefined],
  ['fe80::1%eth0', undefined],
  ['', undefined],
])('address "%s": %j', (text, expected) => expect(addressOf(text)).toBe(expected));

it.each([
  ['192.0.2.129/25', '192.0.2.128/25'],
  ['192.0.2.129/32', '192.0.2.129/32'],
  ['192.0.2.129/0', '0.0.0.0/0'],
  ['255.255.255.255/31', '255.255.255.254/31'],
  ['2001:db8:ffff::1/36', '2001:db8:f000::/36'],
  ['2001:db8::1/128', '2001:db8::1/128'],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127'],
  ['ffff::1/0', '::/0'],
  ['::ffff:192.0.2.129/121', '::ffff:192.0.2.128/121'],
  ['1::2:0:0:1/64', '1::/64'],
])('network of %s: %s', (text, expected) => {
  const prefix = prefixOf(text);
  expect(prefix && networkOf(prefix)).toBe(expected);
});

it.each(['192.0.2.0', '192.0.2.0/', '/24', '192.0.2.0/33', '192.0.2.0/024', '192.0.2.0/-1', '::/129', '::/1e1'])(
  'prefix "%s": none',
  (text) => expect(prefixOf(text)).toBeUndefined(),
);

describe('within', () => {
  it.each([
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/7', '10.0.0.0/8', false],
    ['11.0.0.0/16', '10.0.0.0/8', false],
    ['2001:db8:9:1::/64', '2001:db8:9::/48', true],
    ['10.0.0.0/8', '::/0', false],
  ])('%s in %s: %j', (inner, outer, expected) => expect(isWithin(inner, outer)).toBe(expected));
});
