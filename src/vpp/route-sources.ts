/** The sources of VPP's routes, by number: API, CLI, interface, and so on. */

import type { Channel, DetailsFields, Untyped } from '../mux/index.js';
import { didYouMean } from '../nearest.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, typed } from './exchange.js';
import type { Messages } from './release.js';

export class RouteSources {
  private readonly names: ReadonlyMap<number, string>;

  /** Reads all of them (`fib_source_dump`); none from a VPP whose routes do not say where they come from. */
  static async read(channel: Channel<Untyped>, options: ExchangeOptions): Promise<RouteSources> {
    if (!channel.has('fib_source_dump') || !channel.has('ip_route_v2_dump')) return new RouteSources([]);
    return new RouteSources(await typed(channel).dump('fib_source_dump', {}, options).toArray());
  }

  constructor(details: readonly DetailsFields<Messages, 'fib_source_dump'>[]) {
    this.names = new Map(details.map(({ src: { id, name } }) => [id, name]));
  }

  nameOf(id: number): string | undefined {
    return this.names.get(id);
  }

  /** Number of a source. Throws NOT_FOUND with the nearest names; NOT_SUPPORTED where VPP does not say. */
  find(name: string): number {
    if (this.names.size === 0) {
      const text = 'this VPP does not say who put its routes in';
      throw new ObjectError('NOT_SUPPORTED', 'route source', text, { path: 'source' });
    }
    for (const [id, each] of this.names) if (each.toLowerCase() === name.toLowerCase()) return id;
    const { near, text: hint } = didYouMean(name, this.names.values());
    const text = `this VPP has no source of routes "${name}"${hint}`;
    throw new ObjectError('NOT_FOUND', 'route source', text, { path: 'source', nearest: near });
  }
}
