/**
 * Collections: values that one plugin takes from any number of others, which share the collection's token, never code.
 *
 *   export const Metrics = collection<Metric>('acme/metrics')
 *   contributes: { own: Metrics }     and from create: { contribute: { own: [metric, …] } }
 *   requires: { metrics: Metrics }    whose list has the values of all plugins
 */

import { type Token, token, tokenName } from '../token.js';

declare const element: unique symbol;

export interface Contribution<T> {
  /** Name of the plugin that it comes from. */
  readonly plugin: string;
  /** The dataplane that the plugin works at, where several are configured. */
  readonly dataplane?: string;
  readonly value: T;
}

/** The contributions of the plugins that run. */
export interface Contributions<T> {
  /**
   * In the order in which the plugins start, without those of plugins that have failed or ended. A new array after each
   * change. All contributors start before the plugins that require the collection, and end after them.
   */
  readonly list: readonly Contribution<T>[];
}

/** A symbol that stands for all values of type `T` that plugins contribute. */
export type Collection<T> = Token<Contributions<T>> & { readonly [element]?: T };

/** Collections by the names under which a plugin gives its contributions. */
export type Collections = Readonly<Record<string, Collection<unknown>>>;

/** The lists that a plugin contributes to such collections, under the same names. */
export type ContributedTo<K> = {
  readonly [N in keyof K]: K[N] extends { readonly [element]?: infer T } ? readonly T[] : never;
};

const PREFIX = 'all of ';

/**
 * Makes the token of a collection. As with services, the same name gives the same token; your own names should have a
 * prefix.
 */
export function collection<T>(name: string): Collection<T> {
  return token<Contributions<T>>(PREFIX + name);
}

export function isCollection(of: Token<unknown>): boolean {
  return tokenName(of).startsWith(PREFIX);
}

/** The name of a collection, for messages. */
export function collectionName(of: Token<unknown>): string {
  return tokenName(of).slice(PREFIX.length);
}
