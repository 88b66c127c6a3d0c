/**
 * GRE and IPIP tunnels to one peer. VPP looks the peer up, and gives it a route, from when the tunnel is up with something on it (an
 * address, IPv6, a route through it) until nothing is left on it.
 */
import type { Interface } from '../interfaces/interface.js';
import type { LookedUp, Path } from '../routing/paths.js';

/** The IP tables, which give next hops routes of their own. */
interface Resolver {
  acquire(peer: Carrying): void;
  release(peer: Carrying): void;
}

interface Carrying {
  readonly itf: Interface;
  readonly hops: readonly LookedUp[];
  /** Number of the things on it. */
  users: number;
  isResolved: boolean;
}

export class CarryingTunnels {
  private readonly tunnels = new Map<number, Carrying>();

  constructor(private readonly tables: Resolver) {}

  /** An Ethernet tunnel has something on it from the beginning. */
  add(itf: Interface, hops: readonly LookedUp[]): void {
    this.tunnels.set(itf.swIfIndex, { itf, hops, users: itf.device.isEthernet ? 1 : 0, isResolved: false });
  }

  forget(itf: Interface): void {
    const tunnel = this.tunnels.get(itf.swIfIndex);
    if (tunnel === undefined) return;
    this.tunnels.delete(itf.swIfIndex);
    if (tunnel.isResolved) this.tables.release(tunnel);
  }

  wentUp({ swIfIndex }: Interface): void {
    const tunnel = this.tunnels.get(swIfIndex);
    if (tunnel !== undefined) this.resolve(tunnel);
  }

  /** Puts something on an interface, or takes it away. */
  use(swIfIndex: number, isUsed: boolean): void {
    const tunnel = this.tunnels.get(swIfIndex);
    if (tunnel === undefined) return;
    tunnel.users = Math.max(0, tunnel.users + (isUsed ? 1 : -1));
    this.resolve(tunnel);
  }

  /** The same for all that paths go through. */
  usePaths(paths: readonly Path[], isUsed: boolean): void {
    // A million routes do not look for tunnels where there are none.
    if (this.tunnels.size === 0) return;
    for (const { through } of paths) if (through && 'swIfIndex' in through) this.use(through.swIfIndex, isUsed);
  }

  private resolve(tunnel: Carrying): void {
    if (tunnel.users > 0 && tunnel.itf.adminUp && !tunnel.isResolved) {
      tunnel.isResolved = true;
      this.tables.acquire(tunnel);
    } else if (tunnel.users === 0 && tunnel.isResolved) {
      tunnel.isResolved = false;
      this.tables.release(tunnel);
    }
  }
}
