/** Sessions of a NAT44, which tests and demos add by hand: no packet makes any. */
import { Pool } from '../pool.js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface NewNatSession {
  /** Host inside. */
  readonly inside: Endpoint;
  /** Its address and port outside. */
  readonly outside: Endpoint;
  /** Host outside that it talks to. */
  readonly externalHost: Endpoint;
  /** IP protocol: 6, 17, 1, … */
  readonly protocol: number;
  /** IP table. Default 0. */
  readonly vrf?: number;
  /** Made by a static mapping. Default false. */
  readonly isStatic?: boolean;
  /** Address and port of the external host on the inside, with twice-NAT. Default: its own. */
  readonly externalHostInside?: Endpoint;
  /** Traffic so far. Default 0. */
  readonly packets?: number;
  readonly bytes?: number;
  /** Seconds since the last packet when it is added. Default 0. */
  readonly idleSeconds?: number;
}

export interface NatSession extends NewNatSession {
  readonly index: number;
  readonly vrf: number;
  /** When the last packet came, in milliseconds of performance.now(). */
  readonly lastHeard: number;
}

export interface NatUser {
  readonly address: string;
  readonly vrf: number;
  sessions: number;
  staticSessions: number;
}

/** A direction of a session's packets: from where, to where. */
export interface NatFlow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: number;
  readonly vrf: number;
}

export class NatSessions {
  private readonly pool = new Pool<NatSession>();
  /** Address outside → its sessions. */
  private readonly byOutside = new Map<string, Set<NatSession>>();

  values(): Iterable<NatSession> {
    return this.pool.values();
  }

  add(session: NewNatSession): void {
    const lastHeard = performance.now() - 1000 * (session.idleSeconds ?? 0);
    const made = this.pool.add((index) => ({ ...session, vrf: session.vrf ?? 0, index, lastHeard }));
    const its = this.byOutside.get(made.outside.address) ?? new Set();
    this.byOutside.set(made.outside.address, its.add(made));
  }

  /** Inside hosts, in the order of their first sessions. */
  users(): NatUser[] {
    const users = new Map<string, NatUser>();
    for (const { inside, vrf, isStatic } of this.pool.values()) {
      const key = `${inside.address} ${vrf}`;
      const user = users.get(key) ?? { address: inside.address, vrf, sessions: 0, staticSessions: 0 };
      if (isStatic) user.staticSessions++;
      else user.sessions++;
      users.set(key, user);
    }
    return [...users.values()];
  }

  /** Deletes the session that has the flow, in either direction. Returns false where there is none. */
  delete(flow: NatFlow): boolean {
    const fits = ({ inside, outside, externalHost, externalHostInside, protocol, vrf }: NatSession) => {
      if (protocol !== flow.protocol || vrf !== flow.vrf) return false;
      const isOut = isSame(flow.from, inside) && isSame(flow.to, externalHostInside ?? externalHost);
      return isOut || (isSame(flow.from, externalHost) && isSame(flow.to, outside));
    };
    const found = [...this.pool.values()].find(fits);
    if (found !== undefined) this.drop(found);
    return found !== undefined;
  }

  deleteAll(fits: (session: NatSession) => boolean = () => true): void {
    for (const session of [...this.pool.values()]) if (fits(session)) this.drop(session);
  }

  /** Deletes the sessions of an address outside. */
  deleteAllOf(outside: string): void {
    for (const session of this.byOutside.get(outside) ?? []) this.drop(session);
  }

  private drop(session: NatSession): void {
    const its = this.byOutside.get(session.outside.address);
    its?.delete(session);
    if (its?.size === 0) this.byOutside.delete(session.outside.address);
    this.pool.remove(session.index);
  }
}

const isSame = (a: Endpoint, b: Endpoint) => a.address === b.address && a.port === b.port;
