/** L2TPv3 tunnels over IPv6: an interface each. VPP has no request that takes one away. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import type { Call } from '../../handlers/call.js';
import { createdReply, onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const DEVICE: Device = { type: 'L2TPv3', isEthernet: false, linkFollowsAdmin: false, takesMacs: false };
/** `key`: what received packets, and new tunnels, are looked up by. */
const LookupKey = { SOURCE: 0, DESTINATION: 1, SESSION: 2 } as const;

interface L2tpTunnel {
  readonly itf: Interface;
  /** The addresses and sessions as they were asked for. */
  readonly asked: Fields;
  /** The present cookie, and the one before it. */
  localCookies: readonly bigint[];
  remoteCookie: bigint;
}

export class L2tpTunnels {
  lookupKey: number = LookupKey.DESTINATION;
  readonly all: L2tpTunnel[] = [];
  private readonly taken = new Set<string>();

  /** Refuses a tunnel that another is found as, by the present lookup key. */
  take({ client_address, our_address, local_session_id }: Fields): boolean {
    const key = `${this.lookupKey} ${[client_address, our_address, local_session_id][this.lookupKey]}`;
    if (this.taken.has(key)) return false;
    this.taken.add(key);
    return true;
  }
}

export const l2tpv3 = defineKind({
  name: 'l2tpv3',
  title: 'L2TPv3 tunnels',
  state: () => new L2tpTunnels(),
  commands: {
    'show l2tpv3': {
      help: 'show l2tpv3 [verbose]',
      run: ({ all }) => `${all.length || 'No'} l2tp sessions...\n`,
    },
  },
  handlers: {
    l2tpv3_create_tunnel: (fields, call, tunnels) => createdReply(create(fields, call, tunnels)),

    l2tpv3_set_tunnel_cookies: onInterface((itf, fields, _, { all }: L2tpTunnels) => {
      const tunnel = all.find((each) => each.itf === itf);
      // VPP takes the instance of another driver for that of a tunnel, and may change one that was not meant.
      if (tunnel === undefined) return Retval.INVALID_VALUE;
      tunnel.localCookies = [BigInt(String(fields.new_local_cookie)), tunnel.localCookies[0]];
      tunnel.remoteCookie = BigInt(String(fields.new_remote_cookie));
      return Retval.OK;
    }),

    sw_if_l2tpv3_tunnel_dump: (_, _call, { all }) =>
      all.map(
        ({ itf, asked, localCookies, remoteCookie }): Fields => ({
          sw_if_index: itf.swIfIndex,
          interface_name: itf.name,
          ...asked,
          local_cookie: localCookies,
          remote_cookie: remoteCookie,
        }),
      ),

    l2tpv3_interface_enable_disable: onInterface(() => Retval.OK),

    l2tpv3_set_lookup_key: ({ key }, _, tunnels) => {
      if (Number(key) > LookupKey.SESSION) return Retval.INVALID_VALUE;
      tunnels.lookupKey = Number(key);
      return Retval.OK;
    },
  },
});

const isV4 = (address: unknown) => String(address).includes('.');
const ANY_TABLE = 0xffffffff;

function create(fields: Fields, { dataplane }: Call, tunnels: L2tpTunnels): Interface | number {
  const { client_address, our_address, local_session_id, remote_session_id, l2_sublayer_present } = fields;
  if (isV4(our_address)) return Retval.UNIMPLEMENTED;
  const table = Number(fields.encap_vrf_id);
  if (table !== ANY_TABLE && !dataplane.hasTable(table, true)) return Retval.NO_SUCH_FIB;
  if (!tunnels.take(fields)) return Retval.INVALID_VALUE;
  const itf = dataplane.addInterface({ name: `l2tpv3_tunnel${tunnels.all.length}`, device: DEVICE, mtu: 0 });
  tunnels.all.push({
    itf,
    asked: { client_address, our_address, local_session_id, remote_session_id, l2_sublayer_present },
    localCookies: [BigInt(String(fields.local_cookie)), 0n],
    remoteCookie: BigInt(String(fields.remote_cookie)),
  });
  return itf;
}
