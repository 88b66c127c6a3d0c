/** Translations of CNAT: a virtual address and port, and the backends behind it. Endpoints may be the first address of an interface. */
import type { Dataplane } from '../dataplane.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import { NO_INTERFACE } from '../routing/paths.js';

export interface CnatEndpoint {
  /** Undefined while the interface has no address. */
  address?: string;
  /** ~0: the address was given. */
  readonly swIfIndex: number;
  readonly v6: boolean;
  readonly port: number;
}

export interface CnatPath {
  readonly destination: CnatEndpoint;
  readonly source: CnatEndpoint;
  readonly flags: number;
}

export interface CnatTranslation {
  readonly index: number;
  readonly vip: CnatEndpoint;
  readonly protocol: number;
  /** That of the first request. */
  readonly lbType: number;
  paths: readonly CnatPath[];
}

export class Cnat {
  private readonly pool = new Pool<CnatTranslation>();
  /** Translations of which an endpoint is an interface's address; the others do not care for addresses that come and go. */
  private readonly following = new Set<CnatTranslation>();

  constructor(private readonly dataplane: Dataplane) {}

  values(): Iterable<CnatTranslation> {
    return this.pool.values();
  }

  /** Changes the last translation of the virtual endpoint, or makes one; where its interface has no address, always makes one. */
  update(vip: CnatEndpoint, protocol: number, lbType: number, paths: readonly CnatPath[]): CnatTranslation {
    for (const endpoint of [vip, ...endpointsOf(paths)]) this.resolve(endpoint);
    const known = vip.address === undefined ? undefined : this.find(vip, protocol);
    const made = known ?? this.pool.add((index) => ({ index, vip, protocol, lbType, paths }));
    made.paths = paths;
    const follows = [vip, made.vip, ...endpointsOf(paths)].some(({ swIfIndex }) => swIfIndex !== NO_INTERFACE);
    if (follows) this.following.add(made);
    else this.following.delete(made);
    return made;
  }

  /** Returns false where there is none. */
  remove(index: number): boolean {
    const known = this.pool.get(index);
    if (known === undefined) return false;
    this.following.delete(known);
    this.pool.remove(index);
    return true;
  }

  removeAll(): void {
    for (const { index } of [...this.pool.values()]) this.remove(index);
  }

  /** Endpoints take the first address of their interface, and keep it until it goes. */
  addressAdded({ swIfIndex }: Interface, { v6, text }: Address): void {
    for (const endpoint of this.endpointsOn(swIfIndex, v6)) endpoint.address ??= text.split('/')[0];
  }

  /** Another address of the interface takes the place of one that has gone. */
  addressRemoved({ swIfIndex }: Interface, { v6 }: Address): void {
    for (const endpoint of this.endpointsOn(swIfIndex, v6)) this.resolve(endpoint);
  }

  private endpointsOn(swIfIndex: number, v6: boolean): CnatEndpoint[] {
    const all = [...this.following].flatMap(({ vip, paths }) => [vip, ...endpointsOf(paths)]);
    return all.filter((endpoint) => endpoint.swIfIndex === swIfIndex && endpoint.v6 === v6);
  }

  private resolve(endpoint: CnatEndpoint): void {
    if (endpoint.swIfIndex === NO_INTERFACE) return;
    endpoint.address = this.dataplane.interfaces.firstAddress(endpoint.swIfIndex, endpoint.v6);
  }

  private find({ address, port }: CnatEndpoint, protocol: number): CnatTranslation | undefined {
    return [...this.pool.values()].findLast(
      (each) => each.vip.address === address && each.vip.port === port && each.protocol === protocol,
    );
  }
}

const endpointsOf = (paths: readonly CnatPath[]) => paths.flatMap(({ destination, source }) => [destination, source]);
