/** WireGuard peers with what events need: their index and interface. */
import { Pool } from './pool.js';

export interface WireguardPeer {
  readonly index: number;
  readonly swIfIndex: number;
}

export class WireguardPeers {
  private readonly pool = new Pool<WireguardPeer>();

  add(swIfIndex: number): WireguardPeer {
    return this.pool.add((index) => ({ index, swIfIndex }));
  }

  remove(index: number): boolean {
    const there = this.pool.get(index) !== undefined;
    this.pool.remove(index);
    return there;
  }

  values(): WireguardPeer[] {
    return [...this.pool.values()];
  }
}
