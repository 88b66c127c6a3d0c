/** Carries out the lines of a plan of vppcfg, which are commands of VPP's command line, by the binary API. */
import type { Channel } from '../../../src/mux/index.js';

type Fields = Record<string, unknown>;

const ALL = 0xffffffff;
const BOND_MODES = ['', 'round-robin', 'active-backup', 'xor', 'broadcast', 'lacp'];
const BALANCES = ['l2', 'l34', 'l23'];
/** `bd_flags`. */
const FEATURES: Record<string, number> = { learn: 1, forward: 2, flood: 4, 'uu-flood': 8, arp: 16, 'arp-ufwd': 32 };
/** `vtr_op` of "pop N" below 2. */
const POP = 2;
const [DOT1AD, EXACT, ONE_TAG, TWO_TAGS] = [8, 16, 2, 4];

/** Each command by its first words, with what follows them. */
const COMMANDS: readonly (readonly [start: string, (run: Run, words: readonly string[]) => Promise<unknown>])[] = [
  ['comment', async () => {}],
  [
    'create loopback interface instance',
    (run, [instance, , mac = '00:00:00:00:00:00']) =>
      run.ask('create_loopback_instance', { is_specified: true, user_instance: Number(instance), mac_address: mac }),
  ],
  [
    'create bond id',
    (run, [id, ...rest]) => {
      const { mode, 'load-balance': balance = 'l2', 'hw-addr': mac } = options(rest);
      const fields = { id: Number(id), mode: BOND_MODES.indexOf(mode), lb: BALANCES.indexOf(balance) };
      return run.ask('bond_create2', { ...fields, ...(mac && { use_custom_mac: true, mac_address: mac }) });
    },
  ],
  [
    'create vxlan tunnel',
    (run, words) => {
      const { src, dst, vni, instance } = options(words.filter((word) => word !== 'del'));
      const tunnel = { src_address: src, dst_address: dst, vni: Number(vni), instance: Number(instance) };
      const is_add = !words.includes('del');
      return run.ask('vxlan_add_del_tunnel_v3', { is_add, ...tunnel, mcast_sw_if_index: ALL, decap_next_index: ALL });
    },
  ],
  [
    'create sub',
    async (run, [parent, id, kind, outer, ...rest]) => {
      const inner = Number(options(rest)['inner-dot1q'] ?? 0);
      const flags = (kind === 'dot1ad' ? DOT1AD : 0) | (rest.includes('exact-match') ? EXACT : 0);
      const sub = { sub_id: Number(id), outer_vlan_id: Number(outer), inner_vlan_id: inner };
      const sub_if_flags = flags | (inner > 0 ? TWO_TAGS : ONE_TAG);
      return run.ask('create_subif', { sw_if_index: await run.index(parent), ...sub, sub_if_flags });
    },
  ],
  [
    'create tap id',
    (run, [id, ...rest]) => {
      const given = options(rest);
      return run.ask('tap_create_v3', {
        ...{
          id: Number(id),
          use_random_mac: true,
          num_rx_queues: 1,
          host_if_name_set: true,
          host_if_name: given['host-if-name'],
        },
        ...{ rx_ring_sz: Number(given['rx-ring-size'] ?? 0), tx_ring_sz: Number(given['tx-ring-size'] ?? 0) },
        ...(given['host-mac-addr'] && { host_mac_addr_set: true, host_mac_addr: given['host-mac-addr'] }),
        ...(given['host-mtu-size'] && { host_mtu_set: true, host_mtu_size: Number(given['host-mtu-size']) }),
        ...(given['host-ns'] && { host_namespace_set: true, host_namespace: given['host-ns'] }),
        ...(given['host-bridge'] && { host_bridge_set: true, host_bridge: given['host-bridge'] }),
      });
    },
  ],
  [
    'create bridge-domain',
    (run, [id, ...rest]) => {
      if (rest[0] === 'del') return run.ask('bridge_domain_add_del_v2', { bd_id: Number(id), is_add: false });
      const given = options(rest);
      const on = (name: string, byDefault: string) => (given[name] ?? byDefault) === '1';
      return run.ask('bridge_domain_add_del_v2', {
        ...{ bd_id: Number(id), is_add: true, mac_age: Number(given['mac-age'] ?? 0), learn: on('learn', '1') },
        ...{ flood: on('flood', '1'), uu_flood: on('uu-flood', '1'), forward: on('forward', '1') },
        ...{ arp_term: on('arp-term', '0'), arp_ufwd: on('arp-ufwd', '0') },
      });
    },
  ],
  [
    'lcp create',
    async (run, [name, , host]) =>
      run.ask('lcp_itf_pair_add_del_v3', { is_add: true, sw_if_index: await run.index(name), host_if_name: host }),
  ],
  [
    'lcp delete',
    async (run, [name]) => run.ask('lcp_itf_pair_add_del_v3', { is_add: false, sw_if_index: await run.index(name) }),
  ],
  ['delete loopback interface intfc', (run, [name]) => run.on(name, 'delete_loopback')],
  ['delete bond', (run, [name]) => run.on(name, 'bond_delete')],
  ['delete sub', (run, [name]) => run.on(name, 'delete_subif')],
  ['delete tap', (run, [name]) => run.on(name, 'tap_delete_v2')],
  [
    'bond add',
    async (run, [bond, member]) => run.on(member, 'bond_add_member', { bond_sw_if_index: await run.index(bond) }),
  ],
  ['bond del', (run, [member]) => run.on(member, 'bond_detach_member')],
  [
    'set bridge-domain mac-age',
    (run, [id, age]) => run.ask('bridge_domain_set_mac_age', { bd_id: Number(id), mac_age: Number(age) }),
  ],
  [
    'set bridge-domain',
    (run, [feature, ...rest]) => {
      const [id, off] = feature === 'arp' ? rest.slice(1) : rest;
      return run.ask('bridge_flags', { bd_id: Number(id), flags: FEATURES[feature], is_set: off !== 'disable' });
    },
  ],
  [
    'set interface state',
    (run, [name, state]) => run.on(name, 'sw_interface_set_flags', { flags: state === 'up' ? 1 : 0 }),
  ],
  [
    'set interface mtu packet',
    (run, [mtu, name]) => run.on(name, 'sw_interface_set_mtu', { mtu: [Number(mtu), 0, 0, 0] }),
  ],
  ['set interface mtu', (run, [mtu, name]) => run.on(name, 'hw_interface_set_mtu', { mtu: Number(mtu) })],
  [
    'set interface mac address',
    (run, [name, mac_address]) => run.on(name, 'sw_interface_set_mac_address', { mac_address }),
  ],
  [
    'set interface mpls',
    async (run, [name, state]) => {
      // The table has to be there, and no line of a plan makes it.
      await run.ask('mpls_table_add_del', { mt_is_add: true, mt_table: { mt_table_id: 0 } });
      return run.on(name, 'sw_interface_set_mpls_enable', { enable: state === 'enable' });
    },
  ],
  [
    'set interface ip address del',
    (run, [name, prefix]) => run.on(name, 'sw_interface_add_del_address', { is_add: false, prefix }),
  ],
  [
    'set interface ip address',
    (run, [name, prefix]) => run.on(name, 'sw_interface_add_del_address', { is_add: true, prefix }),
  ],
  [
    'set interface unnumbered del',
    async (run, [name]) =>
      run.ask('sw_interface_set_unnumbered', { unnumbered_sw_if_index: await run.index(name), is_add: false }),
  ],
  [
    'set interface unnumbered',
    async (run, [name, , lender]) =>
      run.on(lender, 'sw_interface_set_unnumbered', { unnumbered_sw_if_index: await run.index(name), is_add: true }),
  ],
  [
    'set interface l3',
    async (run, [name]) =>
      run.ask('sw_interface_set_l2_bridge', { rx_sw_if_index: await run.index(name), enable: false }),
  ],
  [
    'set interface l2 bridge',
    async (run, [name, bd, bvi]) =>
      run.ask('sw_interface_set_l2_bridge', {
        ...{ rx_sw_if_index: await run.index(name), bd_id: Number(bd), port_type: bvi ? 1 : 0, enable: true },
      }),
  ],
  [
    'set interface l2 xconnect',
    async (run, [rx, tx]) =>
      run.ask('sw_interface_set_l2_xconnect', {
        ...{ rx_sw_if_index: await run.index(rx), tx_sw_if_index: await run.index(tx), enable: true },
      }),
  ],
  [
    'set interface l2 tag-rewrite',
    (run, [name, operation, count]) =>
      run.on(name, 'l2_interface_vlan_tag_rewrite', { vtr_op: operation === 'pop' ? POP + Number(count) : 0 }),
  ],
  ['sflow enable-disable', (run, [name]) => sflow(run, name, false)],
  ['sflow enable', (run, [name]) => sflow(run, name, true)],
  ['sflow header-bytes', (run, [value]) => run.ask('sflow_header_bytes_set', { header_B: Number(value) })],
  ['sflow polling-interval', (run, [value]) => run.ask('sflow_polling_interval_set', { polling_S: Number(value) })],
  ['sflow sampling-rate', (run, [value]) => run.ask('sflow_sampling_rate_set', { sampling_N: Number(value) })],
];

async function sflow(run: Run, name: string, enable_disable: boolean): Promise<void> {
  await run.ask('sflow_enable_disable', { hw_if_index: await run.index(name), enable_disable });
}

/** `name value name value …`. */
function options(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]]] : [])));
}

class Run {
  constructor(private readonly channel: Channel) {}

  ask(message: string, fields: Fields): Promise<unknown> {
    return this.channel.request(message, fields);
  }

  async on(name: string, message: string, fields: Fields = {}): Promise<unknown> {
    return this.ask(message, { sw_if_index: await this.index(name), ...fields });
  }

  /** The sw_if_index of an interface. */
  async index(name: string): Promise<number> {
    for await (const each of this.channel.dump('sw_interface_dump', { sw_if_index: ALL })) {
      if (each.interface_name === name) return Number(each.sw_if_index);
    }
    throw new RangeError(`no interface ${name}`);
  }
}

/** Carries out a plan; throws at the first line that VPP refuses. */
export async function carryOut(channel: Channel, plan: string): Promise<void> {
  const run = new Run(channel);
  for (const line of plan.split('\n').filter((each) => each !== '')) {
    const command = COMMANDS.find(([start]) => line === start || line.startsWith(`${start} `));
    if (command === undefined) throw new Error(`no message is known for: ${line}`);
    const [start, carry] = command;
    try {
      await carry(run, line.slice(start.length + 1).split(' '));
    } catch (cause) {
      throw new Error(`refused: ${line}`, { cause });
    }
  }
}
