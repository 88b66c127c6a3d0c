/** Fields of security associations in the messages of all versions: as they are asked for, and as they come back. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import { swapped } from '../byte-order.js';
import type { Dataplane } from '../dataplane.js';
import { NO_INTERFACE } from '../routing/paths.js';
import { isCrypto, isIntegrity } from './ipsec-algorithms.js';
import { IpsecProtocol, type NewSa, SaFlag, type SaKey, type SaTunnel, type SecurityAssociation } from './ipsec-sas.js';

const KEY_BYTES = 128;
/** Hop limit of the first two versions, which have no such field. */
const HOP_LIMIT = 255;
const MULTI_POINT = 1;
/** Bits of the tunnel's `flags`: VPP takes the first for its own use, and gives the second back as the first. */
const TunnelFlag = { TRACK_MTU: 2, ALL: 3 } as const;
const FULL_WINDOW = 0xffffffffffffffffn;

const NO_TUNNEL: SaTunnel = {
  ...{ src: '0.0.0.0', dst: '0.0.0.0', table_id: 0 },
  ...{ encap_decap_flags: 0, mode: 0, flags: 0, dscp: 0, hop_limit: 0 },
};

/** Reads the tunnel of an entry, or refuses it. */
type TunnelReader = (entry: Fields, dataplane: Dataplane) => SaTunnel | number;

/** Reads an entry, or refuses it. */
export function readEntry(entry: Fields, dataplane: Dataplane, readTunnel: TunnelReader): NewSa | number {
  const [protocol, crypto] = [Number(entry.protocol), Number(entry.crypto_algorithm)];
  const integrity = Number(entry.integrity_algorithm);
  if (protocol !== IpsecProtocol.ESP && protocol !== IpsecProtocol.AH) return Retval.INVALID_PROTOCOL;
  if (!isCrypto(crypto) || !isIntegrity(integrity)) return Retval.INVALID_ALGORITHM;
  const tunnel = readTunnel(entry, dataplane);
  if (typeof tunnel === 'number') return tunnel;
  return {
    id: Number(entry.sad_id),
    spi: Number(entry.spi),
    protocol,
    crypto,
    cryptoKey: keyOf(entry.crypto_key),
    integrity,
    integrityKey: keyOf(entry.integrity_key),
    flags: Number(entry.flags),
    salt: Number(entry.salt),
    ports: [Number(entry.udp_src_port), Number(entry.udp_dst_port)],
    window: Number(entry.anti_replay_window_size ?? 0),
    tunnel,
  };
}

/** The tunnel of the first two versions, which is not checked. */
export const readFlatTunnel: TunnelReader = (entry) => ({
  src: String(entry.tunnel_src),
  dst: String(entry.tunnel_dst),
  // VPP does not read it from the first version.
  table_id: 'tunnel_flags' in entry ? Number(entry.tx_table_id) : 0,
  encap_decap_flags: Number(entry.tunnel_flags ?? 0),
  mode: 0,
  flags: 0,
  dscp: Number(entry.dscp ?? 0),
  hop_limit: HOP_LIMIT,
});

/** The tunnel of the later versions; none in transport mode. */
export const readEntryTunnel: TunnelReader = (entry, dataplane) =>
  Number(entry.flags) & SaFlag.TUNNEL ? readTunnel(entry.tunnel as Fields, dataplane) : NO_TUNNEL;

export function readTunnel(tunnel: Fields, dataplane: Dataplane): SaTunnel | number {
  const [src, dst] = [String(tunnel.src), String(tunnel.dst)];
  const [flags, mode, tableId] = [Number(tunnel.flags), Number(tunnel.mode), Number(tunnel.table_id)];
  const v6 = dst.includes(':');
  if (src.includes(':') !== v6) return Retval.INVALID_PROTOCOL;
  if (src === dst) return Retval.SAME_SRC_DST;
  if (mode > MULTI_POINT || flags & ~TunnelFlag.ALL) return Retval.INVALID_VALUE_2;
  if (!dataplane.hasTable(tableId, v6)) return Retval.NO_SUCH_FIB;
  return {
    ...{ src, dst, table_id: tableId, mode, encap_decap_flags: Number(tunnel.encap_decap_flags) },
    ...{ flags: flags & TunnelFlag.TRACK_MTU ? 1 : 0, dscp: Number(tunnel.dscp), hop_limit: Number(tunnel.hop_limit) },
  };
}

/** A key of a message: bytes behind its length do not count. */
function keyOf(key: unknown): SaKey {
  const { length, data } = key as Fields;
  const bytes = Buffer.from(data as Uint8Array).subarray(0, Number(length));
  return { length: bytes.length, data: Buffer.concat([bytes, Buffer.alloc(KEY_BYTES - bytes.length)]) };
}

/** Dump of each version → what it gives of an association. */
export const SA_DETAILS: Readonly<Record<string, (sa: SecurityAssociation) => Fields>> = {
  ipsec_sa_dump: (sa) => ({ ...commonDetails(sa), entry: { ...entryOf(sa), ...flatTunnel(sa) } }),
  ipsec_sa_v2_dump: (sa) => {
    const { encap_decap_flags: tunnel_flags, dscp } = sa.tunnel;
    return { ...commonDetails(sa), entry: { ...entryOf(sa), ...flatTunnel(sa), tunnel_flags, dscp } };
  },
  ipsec_sa_v3_dump: (sa) => ({ ...commonDetails(sa), entry: { ...entryOf(sa), ...nestedTunnel(sa) } }),
  ipsec_sa_v4_dump: (sa) => {
    const entry = { ...entryOf(sa), ...nestedTunnel(sa) };
    return { ...commonDetails(sa), entry, thread_index: sa.thread };
  },
  ipsec_sa_v5_dump: (sa) => {
    const anti_replay_window_size = sa.flags & SaFlag.ANTI_REPLAY ? sa.window : 0;
    const entry = { ...entryOf(sa), ...nestedTunnel(sa), anti_replay_window_size };
    return { ...commonDetails(sa), entry, thread_index: sa.thread };
  },
};

function flatTunnel({ flags, tunnel }: SecurityAssociation): Fields {
  const ends = flags & SaFlag.TUNNEL ? { tunnel_src: tunnel.src, tunnel_dst: tunnel.dst } : {};
  return { ...ends, tx_table_id: tunnel.table_id };
}

function nestedTunnel({ flags, tunnel }: SecurityAssociation): Fields {
  return { tunnel: flags & SaFlag.TUNNEL ? tunnel : NO_TUNNEL };
}

function commonDetails(sa: SecurityAssociation): Fields {
  const newest = [...sa.protections].reduce((a, b) => (b.index > a.index ? b : a), {
    index: -1,
    swIfIndex: NO_INTERFACE,
  });
  return {
    sw_if_index: sa.isProtecting ? newest.swIfIndex : NO_INTERFACE,
    replay_window: sa.flags & SaFlag.ANTI_REPLAY ? FULL_WINDOW : 0n,
    stat_index: sa.index,
  };
}

/** VPP gives the salt in the host's byte order, and the ports only where it encapsulates in UDP. */
function entryOf(sa: SecurityAssociation): Fields {
  const [src, dst] = sa.flags & SaFlag.UDP_ENCAP ? sa.ports : [0, 0];
  return {
    sad_id: sa.id,
    spi: sa.spi,
    protocol: sa.protocol,
    crypto_algorithm: sa.crypto,
    crypto_key: sa.cryptoKey,
    integrity_algorithm: sa.integrity,
    integrity_key: sa.integrityKey,
    flags: sa.flags,
    salt: swapped(sa.salt),
    udp_src_port: src,
    udp_dst_port: dst,
  };
}
