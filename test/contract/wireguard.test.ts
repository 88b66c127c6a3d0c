/** WireGuard interfaces and peers: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const key = (byte: number) => Buffer.alloc(32, byte);
const hex = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('hex');
/** Public key of the private key that is all 7. */
const PUBLIC_7 = '13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d';

const INTERFACE: Fields = { user_instance: ALL, private_key: key(7), port: 51820, src_ip: '192.0.2.1' };
const PEER: Fields = {
  public_key: key(41),
  port: 51821,
  persistent_keepalive: 25,
  table_id: 0,
  endpoint: '192.0.2.2',
  n_allowed_ips: 2,
  allowed_ips: ['10.0.0.1/24', '2001:db8::/32'],
};

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}, generate = false) =>
    vpp.ask('wireguard_interface_create', { interface: { ...INTERFACE, ...fields }, generate_key: generate });
  const remove = (swIfIndex: number) => vpp.retval('wireguard_interface_delete', { sw_if_index: swIfIndex });
  /** Makes an interface that goes after the test; gives its sw_if_index. */
  const create = async (fields: Fields = {}, generate = false) => {
    const { retval, sw_if_index } = await ask(fields, generate);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await remove(Number(sw_if_index))));
    return Number(sw_if_index);
  };
  const dump = async (swIfIndex = ALL, isPrivate = false) =>
    (await vpp.dump('wireguard_interface_dump', { sw_if_index: swIfIndex, show_private_key: isPrivate })).map(
      (each) => each.interface as Fields,
    );
  const askPeer = (at: number, fields: Fields = {}, version = '') =>
    vpp.ask(`wireguard_peer_add${version}`, { peer: { ...PEER, sw_if_index: at, ...fields } });
  const addPeer = async (at: number, fields: Fields = {}, version = '') => {
    const { retval, peer_index } = await askPeer(at, fields, version);
    expect(retval).toBe(0);
    return Number(peer_index);
  };
  const removePeer = (index: number) => vpp.retval('wireguard_peer_remove', { peer_index: index });
  const peers = async (index: number, version = '') =>
    (await vpp.dump(`wireguard_peers${version}_dump`, { peer_index: index })).map((each) => each.peer as Fields);
  return { vpp, ask, create, remove, dump, askPeer, addPeer, removePeer, peers };
}

describe('an interface', () => {
  it('has no MAC address and no MTUs; its public key is that of its private key', async () => {
    const { vpp, create, dump } = await begin();
    const swIfIndex = await create({ user_instance: 70 });
    const details = { interface_name: 'wg70', interface_dev_type: 'Wireguard Tunnel', link_mtu: 0, mtu: [0, 0, 0, 0] };
    expect(await vpp.details(swIfIndex)).toMatchObject({ ...details, flags: 0, l2_address: '00:00:00:00:00:00' });
    const [shown] = await dump(swIfIndex, true);
    expect(shown).toMatchObject({ user_instance: 70, sw_if_index: swIfIndex, port: 51820, src_ip: '192.0.2.1' });
    expect([hex(shown.private_key), hex(shown.public_key)]).toEqual([hex(key(7)), PUBLIC_7]);
    const [hidden] = await dump(swIfIndex);
    expect([hex(hidden.private_key), hex(hidden.public_key)]).toEqual([hex(key(0)), PUBLIC_7]);
    expect(await dump(0)).toEqual([]);
  });

  it('goes up and down, and has no hardware to be set', async () => {
    const { vpp, create } = await begin();
    const at = { sw_if_index: await create() };
    expect(await vpp.retval('sw_interface_set_flags', { ...at, flags: 1 })).toBe(0);
    expect(await vpp.details(at.sw_if_index)).toMatchObject({ flags: 3 });
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(-9);
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-30);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(-7);
  });

  it('makes a key of its own on request, and shares its port with others', async () => {
    const { create, dump } = await begin();
    const [one, two] = [await create({}, true), await create({ private_key: key(0), src_ip: '2001:db8::1' }, true)];
    const [first] = await dump(one, true);
    const [second] = await dump(two, true);
    expect(hex(first.private_key)).not.toBe(hex(INTERFACE.private_key));
    expect(hex(first.public_key)).not.toBe(hex(second.public_key));
    expect(second).toMatchObject({ port: 51820, src_ip: '2001:db8::1' });
  });

  it('an instance in use or too large is refused; the lowest free one is given out', async () => {
    const { ask, create, remove, dump } = await begin();
    const first = await create();
    const [{ user_instance }] = await dump(first);
    const refused = { retval: -31, sw_if_index: ALL };
    expect(await ask({ user_instance })).toMatchObject(refused);
    expect(await ask({ user_instance: 16_384 })).toMatchObject(refused);
    expect(await remove(first)).toBe(0);
    const second = await create();
    expect(second).toBe(first);
    expect(await dump(second)).toMatchObject([{ user_instance }]);
  });

  it('deletion of what is none', async () => {
    const { vpp, create, remove } = await begin();
    const swIfIndex = await create();
    expect(await vpp.retval('delete_loopback', { sw_if_index: swIfIndex })).toBe(-2);
    expect(await remove(await vpp.loopback())).toBe(-7);
    expect(await remove(777_777)).toBe(-2);
    expect([await remove(swIfIndex), await remove(swIfIndex)]).toEqual([0, -2]);
    expect(await vpp.details(swIfIndex)).toBeUndefined();
  });
});

describe('a peer', () => {
  it('is read back as it was added, with its pre-shared key in the second version', async () => {
    const { create, addPeer, peers } = await begin();
    const at = await create();
    const plain = await addPeer(at);
    const secret = {
      public_key: key(42),
      preshared_key: key(9),
      preshared_key_set: true,
      table_id: 99,
      endpoint: '::',
    };
    const shared = await addPeer(at, secret, '_v2');
    const [first] = await peers(plain);
    const { public_key, ...rest } = PEER;
    expect(first).toMatchObject({ ...rest, peer_index: plain, sw_if_index: at, flags: 0 });
    expect(hex(first.public_key)).toBe(hex(public_key));
    expect(await peers(plain, '_v2')).toMatchObject([{ preshared_key_set: false }]);
    const [second] = await peers(shared, '_v2');
    expect(second).toMatchObject({ preshared_key_set: true, table_id: 99, endpoint: '0.0.0.0' });
    expect(hex(second.preshared_key)).toBe(hex(key(9)));
    expect((await peers(ALL)).map(({ peer_index }) => peer_index)).toEqual(expect.arrayContaining([plain, shared]));
  });

  it('goes alone, or together with its interface', async () => {
    const { create, remove, addPeer, removePeer, peers } = await begin();
    const at = await create();
    const [one, two] = [await addPeer(at), await addPeer(at, { public_key: key(42) })];
    expect([await removePeer(one), await removePeer(one), await removePeer(777_777)]).toEqual([0, -6, -6]);
    expect(await addPeer(at)).toBe(one);
    expect(await remove(at)).toBe(0);
    expect([await peers(one), await peers(two)]).toEqual([[], []]);
  });

  it.each<[string, Fields, number]>([
    ['a public key that another has', {}, -116],
    ['no allowed addresses', { public_key: key(43), n_allowed_ips: 0, allowed_ips: [] }, -7],
    ['an unknown interface', { sw_if_index: 777_777 }, -2],
    ['an interface of another kind', { public_key: key(43), sw_if_index: 0 }, -2],
  ])('is refused: %s', async (_, fields, retval) => {
    const { create, addPeer, askPeer } = await begin();
    const at = await create();
    await addPeer(at);
    for (const version of ['', '_v2'])
      expect(await askPeer(at, fields, version)).toMatchObject({ retval, peer_index: ALL });
  });

  it('its end is an event for those who watch it', async () => {
    const { vpp, create, remove, addPeer, removePeer } = await begin();
    const at = await create();
    const [one, two] = [await addPeer(at), await addPeer(at, { public_key: key(42) })];
    const watcher = await vpp.another();
    const want = async (fields: Fields) => (await watcher.ask('want_wireguard_peer_events', fields)).retval;
    expect(await want({ enable_disable: 1, peer_index: 777_777 })).toBe(0);
    expect(await want({ enable_disable: 1, sw_if_index: at, pid: 5 })).toBe(0);
    expect(await want({ enable_disable: 1, peer_index: one })).toBe(0);
    expect(await removePeer(one)).toBe(0);
    expect((await watcher.message()).fields).toMatchObject({ peer_index: one, flags: 1, pid: 0, client_index: 0 });
    expect(await addPeer(at, { public_key: key(43) })).toBe(one);
    expect(await want({ enable_disable: 0, peer_index: two })).toBe(0);
    expect(await want({ enable_disable: 1, peer_index: two })).toBe(0);
    expect(await remove(at)).toBe(0);
    expect((await watcher.message()).fields).toMatchObject({ peer_index: two, flags: 1 });
    expect(await watcher.answersOnlyPing()).toBe(true);
  });
});

it('the CLI shows keys, peers and the mode', async () => {
  const { vpp, create, addPeer } = await begin();
  const at = await create({ user_instance: 70 });
  const index = await addPeer(at, { preshared_key: key(9), preshared_key_set: true }, '_v2');
  const interfaces = await vpp.cli('show wireguard interface');
  expect(interfaces).toContain(
    `] wg70 src:192.0.2.1 port:51820 private-key:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc= ${hex(key(7))}`,
  );
  expect(interfaces).toContain(
    ` ${PUBLIC_7} mac-key: 063f53cf5cb6638cdaab800bddd1c8a6186242bfd547c36dac319fc93e572757\n`,
  );
  const lines = (await vpp.cli('show wireguard peer')).split('\n');
  const first = lines.findIndex((line) => line.includes(`[${index}] endpoint:`));
  expect(lines.slice(first, first + 5).join('\n')).toMatch(
    new RegExp(
      [
        `\\[${index}\\] endpoint:\\[192\\.0\\.2\\.1:51820->192\\.0\\.2\\.2:51821\\] wg70 keep-alive:25 flags: 0, api-clients count: 0`,
        '  adj:',
        `  pre-shared key:\\S{44} ${hex(key(9))}`,
        `  public key:\\S{44} ${hex(key(41))}`,
        '  allowed-ips: 10\\.0\\.0\\.0/24 2001:db8::/32',
      ].join('\n'),
    ),
  );
  expect(await vpp.retval('wg_set_async_mode', { async_enable: true })).toBe(0);
  expect(await vpp.cli('show wireguard mode')).toBe('0 Wireguard mode\n\tasync: enabled\n');
  expect(await vpp.cli('set wireguard async mode off')).toBe('0 ');
  expect(await vpp.cli('show wireguard mode')).toBe('0 Wireguard mode\n\tasync: disabled\n');
  expect(await vpp.cli('set wireguard async mode foo')).toBe("-1 set wireguard async mode: unknown input 'foo'\n");
});
