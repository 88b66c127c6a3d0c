/**
 * A token names a service and carries its type: the plugin that provides `Mux` and the one that requires it
 * share the token, never each other's code.
 */

declare const service: unique symbol;

/** A symbol that stands for a service of type `T`. */
export type Token<T> = symbol & { readonly [service]?: T };

/** The service's type behind a token. */
export type ServiceOf<K> = K extends Token<infer T> ? T : never;

/** Tokens by the names a plugin wants to use them under. */
export type Tokens = Readonly<Record<string, Token<unknown>>>;

/** The services behind such tokens, under the same names. */
export type Services<T extends Tokens> = { readonly [K in keyof T]: ServiceOf<T[K]> };

const PREFIX = 'vppmux/';

/**
 * Makes the token of a service, by convention in a constant that shares its name with the type:
 * `export interface Mux { … }  export const Mux = token<Mux>('mux')`.
 *
 * The same name gives the same token wherever it is made, so that a plugin with its own copy of this package
 * still gets the agent's services. Your own names should have a prefix: `token<Routes>('acme/routes')`.
 */
export function token<T>(name: string): Token<T> {
  return Symbol.for(PREFIX + name);
}

/** The dataplane of a service that is asked for without a name. */
export const MAIN = 'main';

/** Between a service's name and that of its dataplane. */
const AT = '@';

/**
 * The token of a service of one of several dataplanes: `requires: { edge: named(Mux, 'edge') }`. For `main` it is `token`
 * itself.
 */
export function named<T>(of: Token<T>, dataplane: string): Token<T> {
  return dataplane === MAIN ? of : token<T>(`${tokenName(of)}${AT}${dataplane}`);
}

/** The token that `named` was given, and the dataplane; undefined for any other token. */
export function partsOfNamed(
  of: Token<unknown>,
): { readonly token: Token<unknown>; readonly dataplane: string } | undefined {
  const name = tokenName(of);
  const at = name.lastIndexOf(AT);
  return at <= 0 ? undefined : { token: token(name.slice(0, at)), dataplane: name.slice(at + 1) };
}

/** The name of a token, for messages. */
export function tokenName(of: Token<unknown>): string {
  const key = Symbol.keyFor(of) ?? of.description ?? String(of);
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
}
