/** IKEv2: profiles. Exchanges begin, but there is no peer, and so there are no associations. */
import type { Fields } from '../../../src/mux/internal.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { canInitiate, Ikev2Profiles, NO_PORT, type Profile } from '../../dataplane/security/ikev2-profiles.js';
import type { Call } from '../../handlers/call.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { dns } from '../host/dns.js';

/** Bytes of an id or a secret at most, and of an id in the details. */
const MAX_DATA = 1024;
const MAX_SHOWN = 63;

const RSA_SIGNATURE = 1;
/** Types of an id: IPv4 address, host name, mail address, IPv6 address. */
const ID_TYPES = [1, 2, 3, 5];

/** Encryption by numbers of IKEv2. */
const Encryption = { NULL: 11, AES_CTR: 13, AES_GCM: 20, CHACHA20_POLY1305: 28 } as const;
const Integrity = { NONE: 0, AES_CMAC: 8 } as const;
const isGmac = (integrity: number) => integrity >= 9 && integrity <= 11;

/** A handler that changes a known profile; VPP refuses with -1, whatever is wrong. */
function onProfile(
  change: (profile: Profile, fields: Fields, call: Call) => Fields | number,
): KindHandler<Ikev2Profiles> {
  return (fields, call, profiles) => {
    const profile = profiles.find(String(fields.name));
    if (!profiles.wereChanged) call.vpp.dies('noIkev2ProfileEver', call);
    if (profile === undefined) return Retval.UNSPECIFIED;
    const changed = change(profile, fields, call);
    if (typeof changed === 'number') return changed;
    profile.details = { ...profile.details, ...changed };
    return Retval.OK;
  };
}

/** The same with data, whose length is checked before the profile. */
function withData(change: (fields: Fields, data: Buffer) => Fields | number): KindHandler<Ikev2Profiles> {
  const handler = onProfile((_, fields) => change(fields, Buffer.from(fields.data as Uint8Array)));
  return (fields, call, profiles) => {
    const { length } = fields.data as Uint8Array;
    return length === 0 || length > MAX_DATA ? Retval.INVALID_VALUE : handler(fields, call, profiles);
  };
}

const setTunnelInterface = onProfile((_, { sw_if_index }) => ({ tun_itf: sw_if_index }));

const refused = () => Retval.UNSPECIFIED;

export const ikev2 = defineKind({
  name: 'ikev2',
  title: 'IKEv2',
  state: () => new Ikev2Profiles(),
  interfaceDeleted: (profiles, { swIfIndex }) => {
    for (const profile of profiles.values()) {
      const responder = profile.details.responder as Fields;
      if (responder.sw_if_index !== swIfIndex) continue;
      profile.details = { ...profile.details, responder: { ...responder, sw_if_index: NO_INTERFACE } };
    }
  },
  handlers: {
    ikev2_plugin_get_version: () => ({ major: 1, minor: 0 }),
    ikev2_plugin_set_sleep_interval: ({ timeout }, _, profiles) => {
      // VPP takes what is no number, which a reply of the mock cannot hold.
      if (Number(timeout) === 0 || !Number.isFinite(timeout)) return Retval.UNSPECIFIED;
      profiles.sleepInterval = Number(timeout);
      return Retval.OK;
    },
    ikev2_get_sleep_interval: (_, __, { sleepInterval }) => ({ sleep_interval: sleepInterval }),

    ikev2_profile_add_del: (fields, _, profiles) => {
      const name = String(fields.name);
      const known = profiles.find(name);
      profiles.wereChanged = true;
      if ((known !== undefined) === Boolean(fields.is_add)) return Retval.UNSPECIFIED;
      if (known === undefined) profiles.add(name);
      else profiles.remove(known);
      return Retval.OK;
    },
    ikev2_profile_dump: (_, __, profiles) =>
      [...profiles.values()].map(({ name, details }) => ({ profile: { name, ...details } })),

    // There is no host: any certificate and any key will do. VPP ends the name of a certificate's file with a zero byte.
    ikev2_profile_set_auth: withData(({ auth_method, is_hex }, given) => {
      const data = Number(auth_method) === RSA_SIGNATURE ? Buffer.concat([given, Buffer.alloc(1)]) : given;
      return { auth: { method: auth_method, hex: is_hex ? 1 : 0, data_len: data.length, data } };
    }),
    ikev2_set_local_key: () => Retval.OK,
    ikev2_profile_set_id: withData(({ id_type, is_local }, data) => {
      if (!ID_TYPES.includes(Number(id_type))) return Retval.UNSPECIFIED;
      const id = { type: id_type, data_len: Math.min(data.length, MAX_SHOWN), data: textOf(data) };
      return is_local ? { loc_id: id } : { rem_id: id };
    }),
    ikev2_profile_set_ts: onProfile((_, { ts }) => {
      const { sa_index, child_sa_index, ...given } = ts as Fields;
      if (isV6(given.start_addr) !== isV6(given.end_addr)) return Retval.UNSPECIFIED;
      return given.is_local ? { loc_ts: given } : { rem_ts: given };
    }),

    ikev2_set_responder: onProfile((profile, { responder }) => {
      profile.isResolved = true;
      return { responder };
    }),
    ikev2_set_responder_hostname: onProfile((profile, { hostname, sw_if_index }) => {
      profile.hostname = String(hostname);
      profile.isResolved = false;
      return { responder: { ...(profile.details.responder as Fields), sw_if_index } };
    }),
    ikev2_set_tunnel_interface: (fields, call, profiles) =>
      call.dataplane.hasInterface(Number(fields.sw_if_index))
        ? setTunnelInterface(fields, call, profiles)
        : Retval.INVALID_SW_IF_INDEX,

    ikev2_set_ike_transforms: onProfile((_, { tr }) => {
      const [encryption, integrity] = algorithmsOf(tr as Fields);
      const isAead = encryption === Encryption.AES_GCM || encryption === Encryption.CHACHA20_POLY1305;
      if (isAead !== (integrity === Integrity.NONE)) return Retval.UNSPECIFIED;
      if (encryption === Encryption.AES_CTR || isGmac(integrity)) return Retval.UNSPECIFIED;
      return { ike_ts: tr };
    }),
    ikev2_set_esp_transforms: onProfile((_, { tr }) => {
      const [encryption, integrity] = algorithmsOf(tr as Fields);
      if (isGmac(integrity) && encryption !== Encryption.NULL) return Retval.UNSPECIFIED;
      return integrity === Integrity.AES_CMAC ? Retval.UNSPECIFIED : { esp_ts: tr };
    }),
    ikev2_set_sa_lifetime: onProfile((_, { lifetime, lifetime_jitter, handover, lifetime_maxdata }) => ({
      ...{ lifetime, lifetime_jitter, handover, lifetime_maxdata },
    })),
    ikev2_profile_set_udp_encap: onProfile(() => ({ udp_encap: true })),
    ikev2_profile_disable_natt: onProfile(() => ({ natt_disabled: true })),
    ikev2_profile_set_ipsec_udp_port: ({ name, port, is_set }, call, profiles) => {
      const profile = profiles.find(String(name));
      if (!profiles.wereChanged) call.vpp.dies('noIkev2ProfileEver', call);
      if (profile === undefined) return Retval.INVALID_VALUE;
      const isSet = profile.details.ipsec_over_udp_port !== NO_PORT;
      if (is_set ? isSet : !isSet) return is_set ? Retval.VALUE_EXIST : Retval.INVALID_VALUE;
      profile.details = { ...profile.details, ipsec_over_udp_port: is_set ? port : NO_PORT };
      return Retval.OK;
    },
    ikev2_profile_set_liveness: ({ period, max_retries }) => (period && max_retries ? Retval.OK : Retval.UNSPECIFIED),

    ikev2_initiate_sa_init: onProfile((profile, _, call) => {
      const { sw_if_index } = profile.details.responder as Fields;
      const isNamed = profile.hostname !== '' && !profile.isResolved && sw_if_index !== NO_INTERFACE;
      if (isNamed && call.dataplane.of(dns).servers.size === 0) call.vpp.dies('responderUnresolved', call);
      return canInitiate(profile) ? {} : Retval.UNSPECIFIED;
    }),
    ikev2_initiate_del_ike_sa: refused,
    ikev2_initiate_del_child_sa: refused,
    ikev2_initiate_rekey_child_sa: refused,
    ikev2_sa_dump: () => [],
    ikev2_sa_v2_dump: () => [],
    ikev2_sa_v3_dump: () => [],
    ikev2_child_sa_dump: () => [],
    ikev2_child_sa_v2_dump: () => [],
    ikev2_traffic_selector_dump: () => [],
    // VPP does not answer about an association that is not there.
    ikev2_nonce_get: () => undefined,
  },
});

const isV6 = (address: unknown) => String(address).includes(':');
const algorithmsOf = (transforms: Fields) => [Number(transforms.crypto_alg), Number(transforms.integ_alg)];

/** An id as a string, up to its first zero byte; bytes that are no text become U+FFFD, as a client would decode them. */
function textOf(data: Buffer): string {
  const text = data.subarray(0, MAX_SHOWN).toString('utf8').split('\0', 1)[0] ?? '';
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > MAX_SHOWN) end--;
  return text.slice(0, end).toWellFormed();
}
