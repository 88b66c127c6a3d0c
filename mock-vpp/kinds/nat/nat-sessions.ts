/** Sessions of NAT44-ED, by inside host. */
import type { Fields } from '../../../src/mux/internal.js';
import type { NatPlugin } from '../../dataplane/nat/nat-plugin.js';
import type { NatSession } from '../../dataplane/nat/nat-sessions.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { changing, nat44 } from './nat44.js';

/** Bits of nat_config_flags that only sessions have. */
const SessionFlag = { TWICE_NAT: 1, STATIC: 64, EXT_HOST_VALID: 128 } as const;

/** VPP looks for the address in all tables. */
const sessionsOfUser: KindHandler<NatPlugin> = (fields, _, { nat, timeouts }) =>
  [...(nat?.sessions.values() ?? [])]
    .filter(({ inside }) => inside.address === fields.ip_address)
    .map((session) => details(session, timeouts));

export const natSessions = defineKind({
  name: 'natSessions',
  title: 'sessions of NAT44-ED',
  state: (dataplane) => dataplane.of(nat44),
  handlers: {
    nat44_user_dump: (_, __, { nat }) =>
      (nat?.sessions.users() ?? []).map(
        ({ address, vrf, sessions, staticSessions }): Fields => ({
          ...{ vrf_id: vrf, ip_address: address, nsessions: sessions, nstaticsessions: staticSessions },
        }),
      ),
    nat44_user_session_dump: sessionsOfUser,
    nat44_user_session_v2_dump: sessionsOfUser,
    nat44_user_session_v3_dump: sessionsOfUser,

    nat44_del_session: changing(({ sessions }, fields) => {
      const from = { address: String(fields.address), port: Number(fields.port) };
      const to = { address: String(fields.ext_host_address), port: Number(fields.ext_host_port) };
      const flow = { from, to, protocol: Number(fields.protocol), vrf: Number(fields.vrf_id) };
      return sessions.delete(flow) ? Retval.OK : Retval.NO_SUCH_ENTRY;
    }),
  },
});

function details(session: NatSession, timeouts: Fields): Fields {
  const { inside, outside, externalHost, externalHostInside, protocol, isStatic, lastHeard } = session;
  const idle = (performance.now() - lastHeard) / 1000;
  return {
    ...{ outside_ip_address: outside.address, outside_port: outside.port },
    ...{ inside_ip_address: inside.address, inside_port: inside.port },
    protocol,
    flags:
      SessionFlag.EXT_HOST_VALID |
      (isStatic ? SessionFlag.STATIC : 0) |
      (externalHostInside === undefined ? 0 : SessionFlag.TWICE_NAT),
    last_heard: BigInt(Math.max(0, Math.floor(lastHeard / 1000))),
    time_since_last_heard: BigInt(Math.floor(idle)),
    ...{ total_bytes: BigInt(session.bytes ?? 0), total_pkts: session.packets ?? 0 },
    ...{ ext_host_address: externalHost.address, ext_host_port: externalHost.port },
    ...{
      ext_host_nat_address: externalHostInside?.address ?? '0.0.0.0',
      ext_host_nat_port: externalHostInside?.port ?? 0,
    },
    is_timed_out: idle >= Number(timeouts[timeoutOf(protocol)]),
  };
}

/** A session of TCP counts as established. */
function timeoutOf(protocol: number): string {
  if (protocol === 6) return 'tcp_established';
  return protocol === 1 ? 'icmp' : 'udp';
}
