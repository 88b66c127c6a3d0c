/** IPsec security associations (SAs). Policies and protected tunnels lock them; one goes with its last lock, its id with it. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import { Pool } from '../pool.js';
import { Crypto, Integrity, refusalOf } from './ipsec-algorithms.js';

/** Bits of `ipsec_sad_flags`. */
export const SaFlag = { ANTI_REPLAY: 2, TUNNEL: 4, TUNNEL_V6: 8, UDP_ENCAP: 16, INBOUND: 64, ALL: 0xdf } as const;

/** `ipsec_proto`. */
export const IpsecProtocol = { ESP: 50, AH: 51 } as const;

/** A port that is left as it is; in a new SA it is that of IPsec over UDP. */
const NO_PORT = 0xffff;
const UDP_PORT = 4500;

const MIN_WINDOW = 64;

/** Outer header of tunnel mode, in the fields of `tunnel`. */
export interface SaTunnel {
  readonly src: string;
  readonly dst: string;
  readonly table_id: number;
  readonly encap_decap_flags: number;
  readonly mode: number;
  readonly flags: number;
  readonly dscp: number;
  readonly hop_limit: number;
}

/** A key as in the messages. */
export interface SaKey {
  readonly length: number;
  readonly data: Buffer;
}

export interface NewSa {
  readonly id: number;
  readonly spi: number;
  readonly protocol: number;
  readonly crypto: number;
  readonly cryptoKey: SaKey;
  readonly integrity: number;
  readonly integrityKey: SaKey;
  readonly flags: number;
  readonly salt: number;
  readonly ports: readonly [src: number, dst: number];
  /** Packets in the window against replays, as asked for. */
  readonly window: number;
  readonly tunnel: SaTunnel;
}

export interface SecurityAssociation extends NewSa {
  readonly index: number;
  tunnel: SaTunnel;
  ports: readonly [src: number, dst: number];
  locks: number;
  thread: number;
  /** Whether a tunnel that has ends of its own takes packets by it. */
  isProtecting: boolean;
  /** Protections that use it. */
  readonly protections: Set<{ readonly index: number; readonly swIfIndex: number }>;
}

export class SecurityAssociations {
  private readonly pool = new Pool<SecurityAssociation>();
  private readonly byId = new Map<number, SecurityAssociation>();

  constructor(private readonly dataplane: Dataplane) {}

  values(): Iterable<SecurityAssociation> {
    return this.pool.values();
  }

  find(id: number): SecurityAssociation | undefined {
    return this.byId.get(id);
  }

  /** Adds one with a lock, or refuses. */
  add(asked: NewSa): SecurityAssociation | number {
    if (this.byId.has(asked.id)) return Retval.ENTRY_ALREADY_EXISTS;
    const isAh = asked.protocol === IpsecProtocol.AH;
    if (isAh && asked.integrity === Integrity.NONE) return Retval.UNIMPLEMENTED;
    const crypto = isAh ? Crypto.NONE : asked.crypto;
    const refusal = refusalOf(crypto, asked.cryptoKey.length, asked.integrity);
    if (refusal !== Retval.OK) return refusal;
    if (isOutboundTunnel(asked) && this.tableOf(asked.tunnel) === undefined) return Retval.NO_SUCH_FIB;
    const made = this.pool.add((index) => ({
      ...asked,
      index,
      crypto,
      integrityKey: asked.integrity === Integrity.NONE ? { length: 0, data: Buffer.alloc(0) } : asked.integrityKey,
      flags: flagsOf(asked),
      ports: [givenPort(asked.ports[0], UDP_PORT), givenPort(asked.ports[1], UDP_PORT)],
      window: windowOf(asked),
      locks: 1,
      thread: 0,
      isProtecting: false,
      protections: new Set(),
    }));
    this.byId.set(made.id, made);
    if (isOutboundTunnel(made)) this.tableOf(made.tunnel)?.acquire(made.tunnel.dst);
    return made;
  }

  lock(sa: SecurityAssociation): void {
    sa.locks++;
  }

  unlock(sa: SecurityAssociation): void {
    if (sa.locks === 0 || --sa.locks > 0) return;
    this.byId.delete(sa.id);
    this.pool.remove(sa.index);
    if (isOutboundTunnel(sa)) this.release(sa.tunnel);
  }

  /** Locks the one with this id. */
  acquire(id: number): SecurityAssociation | undefined {
    const sa = this.byId.get(id);
    if (sa !== undefined) this.lock(sa);
    return sa;
  }

  /** Changes the outer header of a tunnel whose ends change, and the ports of UDP. */
  update(sa: SecurityAssociation, tunnel: SaTunnel | undefined, src: number, dst: number): void {
    const hasMoved = tunnel !== undefined && (tunnel.src !== sa.tunnel.src || tunnel.dst !== sa.tunnel.dst);
    if (hasMoved && sa.flags & SaFlag.TUNNEL) {
      const before = sa.tunnel;
      sa.tunnel = tunnel;
      if (isOutboundTunnel(sa)) {
        this.tableOf(tunnel)?.acquire(tunnel.dst);
        this.release(before);
      }
    }
    if (sa.flags & SaFlag.UDP_ENCAP) sa.ports = [givenPort(src, sa.ports[0]), givenPort(dst, sa.ports[1])];
  }

  /** Whether one sends into this table. */
  sendsInto(tableId: number, v6: boolean): boolean {
    return [...this.values()].some(
      (sa) => isOutboundTunnel(sa) && sa.tunnel.table_id === tableId && isV6(sa.tunnel.dst) === v6,
    );
  }

  /** The destination of an outbound tunnel is looked up as a next hop is, until it goes. */
  private release(tunnel: SaTunnel): void {
    this.tableOf(tunnel)?.release(tunnel.dst);
    this.dataplane.tableLeft(tunnel.table_id, isV6(tunnel.dst));
  }

  private tableOf({ dst, table_id: tableId }: SaTunnel) {
    return this.dataplane.tables.find(tableId, isV6(dst));
  }
}

const isV6 = (address: string) => address.includes(':');

function isOutboundTunnel({ flags }: Pick<NewSa, 'flags'>): boolean {
  return (flags & (SaFlag.TUNNEL | SaFlag.INBOUND)) === SaFlag.TUNNEL;
}

function flagsOf({ flags, tunnel }: NewSa): number {
  const known = flags & SaFlag.ALL;
  return known & SaFlag.TUNNEL && isV6(tunnel.src) ? known | SaFlag.TUNNEL_V6 : known;
}

/** The next power of two, at least 64. */
function windowOf({ flags, window }: NewSa): number {
  if (!(flags & SaFlag.ANTI_REPLAY) || window <= MIN_WINDOW) return MIN_WINDOW;
  return (1 << Math.ceil(Math.log2(window))) >>> 0;
}

const givenPort = (asked: number, otherwise: number) => (asked === NO_PORT ? otherwise : asked);
