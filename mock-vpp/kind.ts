/**
 * A kind: one part of the mocked VPP in one file below kinds/, with its requests, its state, its CLI commands, and what it does
 * when another part changes. Handlers, definitions, CLI, help and the table in docs/mock.md derive from the list in kinds/index.ts.
 */
import type { Fields } from '../src/mux/internal.js';
import type { CliCommand } from './cli/cli-command.js';
import type { KindHooks } from './dataplane/dataplane.js';
import type { Answer } from './handlers/answers.js';
import type { Call, Handlers } from './handlers/call.js';
import type { Vpp } from './vpp.js';
import type { Client } from './wire/client.js';

/** Declared as methods, whose parameters TypeScript compares both ways: a list can hold kinds of all states. */
interface Serving<State> {
  serve(fields: Fields, call: Call, state: State): Answer | Promise<Answer>;
  raw(call: Call, state: State): Answer;
}

/** Serves a request, as a `Handler`; `state` is the kind's own. */
export type KindHandler<State> = Serving<State>['serve'];

/** Request name → its handler. `want_*` serves all event requests that have no handler of their own. */
export type KindHandlers<State> = Readonly<Record<string, KindHandler<State> | Pick<Serving<State>, 'raw'>>>;

export interface Kind<State = unknown> extends KindHooks<State> {
  /** Name in the list. */
  readonly name: string;
  /** Title in the table in docs/mock.md. */
  readonly title: string;
  /** A function makes them anew for each mock. */
  readonly handlers: KindHandlers<State> | (() => KindHandlers<State>);
  /** CLI commands by all their words: `show interface address`. */
  readonly commands?: Readonly<Record<string, CliCommand<State>>>;
  /** A client has disconnected, or its connection broke. */
  clientEnded?(state: State, client: Client, vpp: Vpp): void;
}

/** Gives the kind back; `State` is the type of what `state` makes. */
export function defineKind<State = undefined>(kind: Kind<State>): Kind<State> {
  return kind;
}

/** The handlers of kinds for the dispatcher, each with its kind's state. */
export function handlersOf(kinds: readonly Kind[]): Handlers {
  return Object.fromEntries(kinds.flatMap((kind) => Object.entries(boundHandlers(kind))));
}

function boundHandlers(kind: Kind): Handlers {
  const own = typeof kind.handlers === 'function' ? kind.handlers() : kind.handlers;
  return Object.fromEntries(
    Object.entries(own).map(([name, handler]) => [
      name,
      typeof handler === 'function'
        ? (fields: Fields, call: Call) => handler(fields, call, call.dataplane.of(kind))
        : { raw: (call: Call) => handler.raw(call, call.dataplane.of(kind)) },
    ]),
  );
}

/** Names of the requests in a kind's row of the table, `want_*` included. */
export function requestsOf(kind: Kind): string[] {
  return Object.keys(boundHandlers(kind));
}

/** Names of the requests that kinds serve by handlers of their own, in their order. */
export function servedRequests(kinds: readonly Kind[]): string[] {
  return Object.keys(handlersOf(kinds)).filter((name) => !name.includes('*'));
}
