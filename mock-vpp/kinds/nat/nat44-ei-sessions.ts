/** Users and sessions of NAT44-EI. VPP dies of some of these requests while it is disabled; the mock has nothing to answer then. */
import type { Fields } from '../../../src/mux/internal.js';
import type { NatSession } from '../../dataplane/nat/nat-sessions.js';
import type { Nat44Ei } from '../../dataplane/nat/nat44-ei.js';
import { EiFlag } from '../../dataplane/nat/nat44-ei-interfaces.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { nat44Ei } from './nat44-ei.js';

/** VPP's retval for a user that there is not. */
const NO_SUCH_USER = 1;

const sessionsOfUser: KindHandler<Nat44Ei> = (fields, _, { sessions }) =>
  [...sessions.values()]
    .filter(({ inside, vrf }) => inside.address === fields.ip_address && vrf === fields.vrf_id)
    .map(details);

export const nat44EiSessions = defineKind({
  name: 'nat44EiSessions',
  title: 'sessions of NAT44-EI',
  state: (dataplane) => dataplane.of(nat44Ei),
  handlers: {
    nat44_ei_user_dump: (_, __, nat) =>
      nat.sessions.users().map(
        (user): Fields => ({
          ...{ vrf_id: user.vrf, ip_address: user.address },
          ...{ nsessions: user.sessions, nstaticsessions: user.staticSessions },
        }),
      ),
    nat44_ei_user_session_dump: sessionsOfUser,
    nat44_ei_user_session_v2_dump: sessionsOfUser,

    nat44_ei_del_user: (fields, { dataplane }, { sessions }) => {
      const tables = [...dataplane.tables.values()].filter(({ v6 }) => !v6);
      const vrf = tables.find(({ index }) => index === fields.fib_index)?.tableId;
      const isUsers = (each: NatSession) => each.inside.address === fields.ip_address && each.vrf === vrf;
      const isUser = [...sessions.values()].some(isUsers);
      sessions.deleteAll(isUsers);
      return isUser ? Retval.OK : NO_SUCH_USER;
    },

    nat44_ei_del_session: (fields, _, { config, sessions }) => {
      if (config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
      const side = Number(fields.flags) & EiFlag.INSIDE ? 'inside' : 'outside';
      const fits = ({ protocol, vrf, [side]: { address, port } }: NatSession) =>
        address === fields.address && port === fields.port && protocol === fields.protocol && vrf === fields.vrf_id;
      const isThere = [...sessions.values()].some(fits);
      sessions.deleteAll(fits);
      return isThere ? Retval.OK : Retval.NO_SUCH_ENTRY;
    },
  },
});

/** It does not keep the external host. */
function details({ inside, outside, protocol, isStatic, lastHeard, packets, bytes }: NatSession): Fields {
  return {
    ...{ outside_ip_address: outside.address, outside_port: outside.port },
    ...{ inside_ip_address: inside.address, inside_port: inside.port, protocol },
    flags: isStatic ? EiFlag.STATIC : 0,
    last_heard: BigInt(Math.max(0, Math.floor(lastHeard / 1000))),
    time_since_last_heard: BigInt(Math.floor((performance.now() - lastHeard) / 1000)),
    ...{ total_bytes: BigInt(bytes ?? 0), total_pkts: packets ?? 0 },
  };
}
