/** BFD over UDP. Sessions stay down, as there is no peer; `answerFromPeers` of the state lets them come up. */
import type { Fields } from '../../../src/mux/internal.js';
import { Bfd, type BfdSession, modify, sessionFields } from '../../dataplane/host/bfd.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import type { Call } from '../../handlers/call.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Types of keys: SHA1, and meticulous SHA1. */
const KEY_TYPES: readonly number[] = [4, 5];
const MAX_KEY = 20;
const ADMIN_UP = 1;

export const bfd = defineKind({
  name: 'bfd',
  title: 'BFD',
  state: (dataplane) => new Bfd(dataplane),
  adminChanged: (bfd, { swIfIndex, adminUp }) => bfd.followInterface(swIfIndex, adminUp),
  interfaceDeleted: (bfd, { swIfIndex }) => bfd.interfaceDeleted(swIfIndex),
  handlers: {
    bfd_udp_add: (fields, _, bfd) => {
      const refusal = refusalOf(fields, bfd);
      if (refusal !== Retval.OK) return refusal;
      return bfd.find(fields) === Retval.BFD_ENOENT ? bfd.add(fields) : Retval.BFD_EEXIST;
    },

    bfd_udp_upd: (fields, _, bfd) => {
      const refusal = refusalOf(fields, bfd);
      if (refusal !== Retval.OK) return refusal;
      const session = bfd.find(fields);
      if (typeof session === 'number') return bfd.add(fields);
      modify(session, fields);
      return Retval.OK;
    },

    bfd_udp_mod: onSession((session, fields) => {
      modify(session, fields);
      return Retval.OK;
    }),

    bfd_udp_del: onSession((session, _, bfd) => {
      bfd.remove(session);
      return Retval.OK;
    }),

    bfd_udp_session_dump: (_, _call, { sessions }) => [...sessions.values()].map(sessionFields),

    bfd_udp_session_set_flags: onSession((session, fields, bfd) => {
      bfd.setAdmin(session, (Number(fields.flags) & ADMIN_UP) !== 0);
      return Retval.OK;
    }),

    bfd_auth_set_key: (fields, _, bfd) => {
      const [length, authType] = [Number(fields.key_len), Number(fields.auth_type)];
      if (length === 0 || length > MAX_KEY || !KEY_TYPES.includes(authType)) return Retval.INVALID_VALUE;
      const confKeyId = Number(fields.conf_key_id);
      const known = bfd.key(confKeyId);
      if (known === undefined) bfd.keys.add((index) => ({ index, confKeyId, authType, uses: 0 }));
      else if (known.uses > 0) return Retval.BFD_EINUSE;
      else known.authType = authType;
      return Retval.OK;
    },

    bfd_auth_del_key: (fields, _, bfd) => {
      const key = bfd.key(Number(fields.conf_key_id));
      if (key === undefined) return Retval.BFD_ENOENT;
      if (key.uses > 0) return Retval.BFD_EINUSE;
      bfd.keys.remove(key.index);
      return Retval.OK;
    },

    bfd_auth_keys_dump: (_, _call, { keys }) =>
      [...keys.values()].map(({ confKeyId, uses, authType }) => ({
        conf_key_id: confKeyId,
        use_count: uses,
        auth_type: authType,
      })),

    bfd_udp_auth_activate: onSession((session, fields, bfd) => {
      const key = bfd.key(Number(fields.conf_key_id));
      if (key === undefined) return Retval.BFD_ENOENT;
      bfd.authenticate(session, key, Number(fields.bfd_key_id), Boolean(fields.is_delayed));
      return Retval.OK;
    }),

    bfd_udp_auth_deactivate: onSession((session, fields, bfd) => {
      bfd.authenticate(session, undefined, 0, Boolean(fields.is_delayed));
      return Retval.OK;
    }),

    bfd_udp_set_echo_source: (fields, { dataplane }, bfd) => {
      const swIfIndex = Number(fields.sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      bfd.echoSource = swIfIndex;
      return Retval.OK;
    },

    bfd_udp_del_echo_source: (_, _call, bfd) => {
      bfd.echoSource = undefined;
      return Retval.OK;
    },

    bfd_udp_get_echo_source: echoSource,

    bfd_udp_enable_multihop: (_, _call, bfd) => {
      bfd.isMultihop = true;
      return Retval.OK;
    },

    bfd_udp_set_tos: (fields, _, bfd) => {
      bfd.tos = Number(fields.tos);
      return Retval.OK;
    },

    bfd_udp_get_tos: (_, _call, { tos }) => ({ tos }),
  },
});

/** A handler that refuses an unknown session, and gets a known one. */
function onSession(act: (session: BfdSession, fields: Fields, bfd: Bfd) => number): KindHandler<Bfd> {
  return (fields, _, bfd) => {
    const session = bfd.find(fields);
    return typeof session === 'number' ? session : act(session, fields, bfd);
  };
}

/** Checks what a new session needs; one that is there is changed without these checks. */
function refusalOf(fields: Fields, bfd: Bfd): number {
  const found = bfd.find(fields);
  if (typeof found === 'number' && found !== Retval.BFD_ENOENT) return found;
  return fields.detect_mult === 0 || fields.desired_min_tx === 0 ? Retval.INVALID_ARGUMENT : Retval.OK;
}

/** The source of echo packets: a neighbour of the first address of each family that is not a host's. */
function echoSource(_: Fields, { dataplane }: Call, { echoSource }: Bfd): Fields {
  const itf = echoSource === undefined ? undefined : dataplane.interfaces.get(echoSource);
  const [ip4, ip6] = [4, 6].map((family) => itf && neighbourOf(itf, family === 6));
  return {
    ...{ sw_if_index: echoSource ?? 0, is_set: echoSource !== undefined },
    ...{ have_usable_ip4: ip4 !== undefined, have_usable_ip6: ip6 !== undefined },
    ...(ip4 !== undefined && { ip4_addr: ip4.join('.') }),
    ...(ip6 !== undefined && { ip6_addr: ip6Text(ip6) }),
  };
}

function neighbourOf({ addresses }: Interface, v6: boolean): Uint8Array | undefined {
  const usable = addresses.find((address) => address.v6 === v6 && address.length < 8 * address.bytes.length);
  return usable?.bytes.map((byte, at) => (at === usable.bytes.length - 1 ? byte ^ 1 : byte));
}

const ip6Text = (bytes: Uint8Array) => (Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? []).join(':');
