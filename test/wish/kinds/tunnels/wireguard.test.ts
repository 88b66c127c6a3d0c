import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { carryOut, planOf, validateWish } from '../../../../src/wish/index.js';
import { scratch } from '../../../support/vpp.js';
import { adopted, channelToAny, compare, due, fulfil } from '../../reconcile/support.js';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const [PRIVATE, OTHER, SHARED] = [keyOf(0x48), keyOf(0x58), keyOf(0x61)];
const [ONE, TWO] = [keyOf(1), keyOf(2)];

/** A wish whose two keys are in files. */
function wireguard() {
  const { path, remove } = scratch();
  onTestFinished(remove);
  const write = (name: string, key: string) => writeFileSync(path(name), `${key}\n`, { mode: 0o600 });
  write('wg5.key', PRIVATE);
  write('shared.key', SHARED);
  const wish = `
x-vppmux:
  tables: { underlay: { id: 61 } }
  wireguard:
    wg5:
      listen-port: 51825
      local: 192.0.2.1
      private-key: { file: ${path('wg5.key')} }
      peers:
        - public-key: ${ONE}
          endpoint: 198.51.100.7:51820
          allowed-ips: [ 10.9.2.1/24, 10.9.1.0/24, "2001:db8:9::/48" ]
          persistent-keepalive: 25
          preshared-key: { file: ${path('shared.key')} }
        - public-key: ${TWO}
          allowed-ips: [ 10.9.3.2/32 ]
          table: underlay
interfaces:
  wg5: { addresses: [ 10.9.0.1/24 ] }
`;
  return { wish, write };
}

describe('WireGuard', () => {
  it('interfaces and peers: made, described and deleted', async () => {
    const channel = await channelToAny();
    const { wish } = wireguard();
    const before = await adopted(channel);
    await fulfil(channel, wish);
    const file = await adopted(channel);
    expect(file).toContain(`private-key:\n        file: /etc/vpp/wg5.key\n`);
    expect(file).toContain('endpoint: 198.51.100.7:51820');
    expect(await due(channel, file)).toEqual([]);
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it('another private or preshared key: made anew, with a plan that shows neither', async () => {
    const channel = await channelToAny();
    const { wish, write } = wireguard();
    await fulfil(channel, wish);
    write('shared.key', OTHER);
    const peer = `wireguard-peer/wg5 ${ONE}`;
    expect(await due(channel, wish)).toEqual([`delete ${peer}`, `create ${peer}`]);
    await fulfil(channel, wish);
    write('wg5.key', OTHER);
    const reconciliation = await compare(channel, wish);
    const plan = planOf(reconciliation);
    expect(plan.changes.map(({ action, key }) => `${action} ${key}`)).toContain('create wireguard/wg5');
    const shown = [plan, [...reconciliation.inventory.objects.values()]].flatMap((each) => [
      JSON.stringify(each),
      inspect(each, { depth: 9 }),
    ]);
    for (const byte of ['H', 'X', 'a']) expect(shown.join()).not.toContain(keyOf(byte.charCodeAt(0)).slice(0, 20));
    expect(shown.join()).not.toMatch(/(?:\b(?:72|88|97)\b[,\s]+){3}/);
    await fulfil(channel, wish);
  });

  it('a key that cannot be read: nothing changes; an interface to be made fails, and says why', async () => {
    const channel = await channelToAny();
    const { wish, write } = wireguard();
    await fulfil(channel, wish);
    write('wg5.key', 'no key');
    write('shared.key', '');
    expect(await due(channel, wish)).toEqual([]);
    await fulfil(channel, '{}');
    const results = await carryOut(channel, await compare(channel, wish));
    const failed = results.find(({ outcome }) => outcome === 'failed');
    expect(failed?.operation.key).toBe('wireguard/wg5');
    expect(failed?.error?.message).toMatch(/wg5\.key has no WireGuard key in it: 44 characters of base64$/);
  });

  it('a peer: its endpoint counts where the wish has one', async () => {
    const channel = await channelToAny();
    const { wish } = wireguard();
    await fulfil(channel, wish);
    expect(await due(channel, wish.replace('          endpoint: 198.51.100.7:51820\n', ''))).toEqual([]);
    const peer = `wireguard-peer/wg5 ${ONE}`;
    for (const [old, other] of [
      ['198.51.100.7:51820', '"[2001:db8::7]:51820"'],
      ['keepalive: 25', 'keepalive: 26'],
      ['10.9.1.0/24', '10.9.4.0/24'],
    ]) {
      const changed = wish.replace(old, other);
      expect(await due(channel, changed)).toEqual([`delete ${peer}`, `create ${peer}`]);
      await fulfil(channel, changed);
      await fulfil(channel, wish);
    }
  });

  it('mistakes', () => {
    const itf = (more: string) => `listen-port: 1, local: 192.0.2.1, private-key: { env: KEY }, ${more}`;
    const mistakesOf = (text: string) =>
      validateWish(`x-vppmux: { wireguard: { ${text} } }`).errors.map(({ message }) => message);
    const peer = `public-key: ${ONE}, allowed-ips: [ 0.0.0.0/0 ]`;
    expect(mistakesOf(`wg0: { ${itf(`peers: [ { ${peer} } ]`)} }, wg1: { ${itf(`peers: [ { ${peer} } ]`)} }`)).toEqual([
      `wireguard wg1 peer ${ONE} is a peer of wg0 already: VPP has each key once`,
    ]);
    expect(
      mistakesOf(`wg0: { ${itf('peers: [ { public-key: abc, allowed-ips: [], endpoint: "2001:db8::1:5" } ]')} }`),
    ).toEqual([
      'x-vppmux.wireguard.wg0.peers[0].public-key: must be a key of WireGuard: 44 characters of base64',
      'x-vppmux.wireguard.wg0.peers[0].allowed-ips: [] is less than 1 entries',
      'x-vppmux.wireguard.wg0.peers[0].endpoint: must be an address and a port, as 192.0.2.1:51820',
    ]);
    expect(mistakesOf(`wg0: { listen-port: 1, local: 192.0.2.1, private-key: ${PRIVATE} }, wg16384: {}`)).toEqual([
      'x-vppmux.wireguard.wg0.private-key: must say where it is: { file: PATH } or { env: NAME }',
      'x-vppmux.wireguard.wg16384: must be wg and a number of up to 16383',
    ]);
  });
});
