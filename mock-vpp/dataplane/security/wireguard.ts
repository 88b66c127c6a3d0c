/** WireGuard: interfaces with a key pair each, and their peers, which never answer. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import { Instances } from '../instances.js';
import type { Device, Interface } from '../interfaces/interface.js';
import { withoutFamily } from '../l3/ip.js';
import { Pool } from '../pool.js';
import { generatedKey, NO_KEY, publicKeyOf } from './wireguard-keys.js';

const DEVICE: Device = { type: 'Wireguard Tunnel', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };
const ANY_INSTANCE = 0xffffffff;
const MAX_INSTANCES = 16_384;
/** Bit of a peer's `flags`: it is gone. */
const DEAD = 1;

export interface WireguardInterface {
  readonly index: number;
  readonly itf: Interface;
  readonly instance: number;
  readonly port: number;
  readonly srcIp: string;
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
}

export interface WireguardPeer {
  readonly index: number;
  readonly at: WireguardInterface;
  readonly publicKey: Buffer;
  /** All zero: none. */
  readonly presharedKey: Buffer;
  readonly endpoint: string;
  readonly port: number;
  readonly keepalive: number;
  readonly tableId: number;
  readonly allowedIps: readonly string[];
  /** Registrations of the clients that want its events; one stays when its client leaves. */
  readonly watchers: Set<number>;
}

/** A peer before it has its index. */
export type NewPeer = Omit<WireguardPeer, 'index' | 'watchers'>;

export class Wireguard {
  isAsync = false;
  readonly interfaces = new Pool<WireguardInterface>();
  readonly peers = new Pool<WireguardPeer>();
  private readonly byInterface = new Map<Interface, WireguardInterface>();
  private readonly instances = new Instances();
  private generated = 0;

  constructor(private readonly dataplane: Dataplane) {}

  find(itf: Interface | undefined): WireguardInterface | undefined {
    return itf && this.byInterface.get(itf);
  }

  /** Adds an interface; without a private key, it makes one. Gives the number of a refusal for a wrong instance. */
  addInterface(wanted: number, privateKey: Buffer | undefined, port: number, srcIp: string): Interface | number {
    const instance = wanted === ANY_INSTANCE ? this.instances.lowestFree : wanted;
    if (instance >= MAX_INSTANCES || this.instances.has(instance)) return Retval.INVALID_REGISTRATION;
    const key = privateKey ?? generatedKey(this.generated++);
    const itf = this.dataplane.addInterface({ name: `wg${instance}`, device: DEVICE, mtu: 0 });
    const keys = { privateKey: key, publicKey: publicKeyOf(key) };
    this.instances.take(instance);
    this.byInterface.set(
      itf,
      this.interfaces.add((index) => ({ index, itf, instance, port, srcIp, ...keys })),
    );
    return itf;
  }

  forgetInterface(itf: Interface): void {
    const known = this.find(itf);
    if (known === undefined) return;
    for (const { index, at } of this.peers.values()) if (at === known) this.removePeer(index);
    this.interfaces.remove(known.index);
    this.byInterface.delete(itf);
    this.instances.giveBack(known.instance);
  }

  /** Adds a peer; a public key is of one peer only, on whatever interface. */
  addPeer(wanted: NewPeer): WireguardPeer | number {
    const isKnown = [...this.peers.values()].some(({ publicKey }) => publicKey.equals(wanted.publicKey));
    if (isKnown) return Retval.ENTRY_ALREADY_EXISTS;
    const endpoint = withoutFamily(wanted.endpoint);
    return this.peers.add((index) => ({ ...wanted, endpoint, index, watchers: new Set() }));
  }

  removePeer(index: number): number {
    if (this.peers.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
    this.peers.remove(index);
    this.dataplane.emit('wireguard_peer_event', { peer_index: index, flags: DEAD });
    return Retval.OK;
  }
}

/** Whether an interface is WireGuard's, or a sub-interface of one. */
export const isWireguard = ({ device }: Interface) => device === DEVICE;

/** A peer as messages have it. */
export function peerFields(peer: WireguardPeer): Fields {
  return {
    peer_index: peer.index,
    preshared_key: peer.presharedKey,
    preshared_key_set: !peer.presharedKey.equals(NO_KEY),
    public_key: peer.publicKey,
    port: peer.port,
    persistent_keepalive: peer.keepalive,
    table_id: peer.tableId,
    endpoint: peer.endpoint,
    sw_if_index: peer.at.itf.swIfIndex,
    n_allowed_ips: peer.allowedIps.length,
    allowed_ips: peer.allowedIps,
  };
}
