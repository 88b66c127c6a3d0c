/**
 * The contract between the agent and a plugin: a plugin's definition, and the functions that the agent calls.
 *
 *   read config ─▶ create ─▶ init ─▶ (all others' create and init) ─▶ afterInit ─▶ … ─▶ (all drain) ─▶ close
 *
 * Plugins are created and initialised one after another, each after the providers of its services; then every afterInit
 * runs in the same order; close runs in reverse. `close` is called once, and only for a plugin whose init succeeded; one
 * that fails before has to undo what it began when `Closing` is aborted.
 */

import type { z } from 'zod';
import type { PluginArguments } from '../config/arguments.js';
import type { ClientInfo } from '../operations/client.js';
import type { Concurrency } from '../operations/concurrency.js';
import type { Implementation } from '../operations/implement.js';
import type { Services, Tokens } from '../token.js';
import type { Collections, ContributedTo } from './collection.js';
import type { ConfigurationEvent, ConfigurationOutcome, DataplaneEvent, RedundancyEvent } from './control-events.js';

/** The version of this contract. A plugin states the one it was built for and is refused when it differs. */
export const AGENT_API = 1;

export type NoTokens = Readonly<Record<never, never>>;
type MaybePromise<T> = T | Promise<T>;

/** A plugin's wait for others at the end of the agent. */
export interface Drain {
  readonly done: Promise<void>;
  /** Milliseconds after which the plugin is closed anyway. */
  readonly timeoutMs: number;
}

/**
 * Functions that the agent calls. All are optional; each has a time budget (`start-timeout`, `stop-timeout`,
 * `control-timeout` for control events; `drain` states its own).
 */
export interface PluginHooks<C = unknown> {
  /**
   * Gets ready to serve. The plugins that it requires are initialised; the ones that require it are not created yet.
   */
  init?(): MaybePromise<void>;
  /** Starts to serve: every plugin has been initialised. */
  afterInit?(): MaybePromise<void>;
  /**
   * Lets others finish what they have begun with this plugin: called before anything is closed, while everything still runs. All
   * plugins drain at the same time. Returns undefined where there is nothing to wait for.
   */
  drain?(): Drain | undefined;
  /** Ends everything that it began. */
  close?(): MaybePromise<void>;
  /**
   * Applies a changed configuration; throws to refuse it. Without this hook a change takes effect after a restart. Returns
   * the keys that it cannot apply while it runs: they are logged, and shown in `/status` until a later change returns none.
   */
  configuration?(event: ConfigurationEvent<C>): MaybePromise<void> | MaybePromise<ConfigurationOutcome | undefined>;
  /** Called when VPP has connected, disconnected, or been replaced by another process. */
  dataplane?(event: DataplaneEvent): MaybePromise<void>;
  /** Called when another dataplane serves. */
  redundancy?(event: RedundancyEvent): MaybePromise<void>;
  /** Returns state to keep over a change of dataplane, which `redundancy` gets. */
  saveState?(): unknown;
  /** Its operations, which are called by programs, over REST and from the command line. */
  readonly operations?: readonly Implementation[];
  /** Makes the `handle` of its operations: once for each client, before that client's first operation. */
  open?(client: ClientInfo): unknown;
  /** Closes a handle: exactly once, when its client ends or is gone, or before `close`. */
  closeHandle?(handle: unknown, client: ClientInfo): MaybePromise<void>;
}

/** Result of `create`: the hooks, the services that `provides` names, and the lists that `contributes` names. */
export type PluginInstance<P extends Tokens, C = unknown, K extends Collections = NoTokens> = PluginHooks<C> &
  (keyof P extends never ? { readonly provide?: undefined } : { readonly provide: Services<P> }) &
  (keyof K extends never ? { readonly contribute?: undefined } : { readonly contribute: ContributedTo<K> });

export interface PluginDefinition<
  R extends Tokens,
  P extends Tokens,
  C extends z.ZodType,
  K extends Collections = NoTokens,
> {
  /** Lower-case words joined by dashes; also the name of its config file, flag and environment variable. */
  readonly name: string;
  readonly version: string;
  /** The version of the agent API that it was built for: 1. */
  readonly agentApi: number;
  /** Its purpose in one line or a few, for `vppmux plugin help`. */
  readonly description?: string;
  /** Services that it needs, and collections that it takes; they decide the order of the start. */
  readonly requires?: R;
  /** Services that it offers to others; `create` returns them under the same names in `provide`. */
  readonly provides?: P;
  /** Collections that it adds to; `create` returns the values under the same names in `contribute`. */
  readonly contributes?: K;
  /**
   * For a plugin that owns several dataplanes: `names` gives those of its configuration besides `main`. For each of them it
   * provides the `services` (keys of `provides`) as `named(TOKEN, NAME)`, and returns them as `provide['KEY@NAME']`.
   */
  readonly dataplanes?: {
    readonly services: readonly (keyof NoInfer<P> & string)[];
    names(config: z.output<NoInfer<C>>): readonly string[];
  };
  /**
   * Whether the agent runs without it when its start fails; its errors then count as `degraded` only. Default false.
   */
  readonly optional?: boolean;
  /** Its configuration: a zod object with kebab-case keys, and a default for each key that may be absent. */
  readonly config?: C;
  /** Keys that no longer have an effect, with a text about each: accepted with a warning. */
  readonly obsolete?: Readonly<Record<string, string>>;
  /**
   * Keys known from elsewhere that must not be ignored (protection, for instance), with what to write in their place:
   * refused, unless their value is empty, false or 0.
   */
  readonly refused?: Readonly<Record<string, string>>;
  /** Concurrency of its operations. Default `parallel`. */
  readonly concurrency?: Concurrency;
  /** Creates its instance. Long or failing work belongs to `init`. */
  create(services: Services<R>, config: z.output<C>, args: PluginArguments): PluginInstance<P, z.output<C>, NoInfer<K>>;
}

/** A checked plugin as the agent handles it, made by `definePlugin`. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly agentApi: number;
  readonly description: string;
  readonly requires: Tokens;
  readonly provides: Tokens;
  /** Undefined for a plugin of an older package without collections. */
  readonly contributes?: Tokens;
  readonly dataplanes?: { readonly services: readonly string[]; names(config: unknown): readonly string[] };
  /**
   * The dataplane that it works at. Set by the agent where several are configured; undefined for a plugin that has to do
   * with none.
   */
  readonly dataplane?: string;
  readonly optional: boolean;
  readonly config: z.ZodType;
  readonly obsolete: Readonly<Record<string, string>>;
  readonly refused?: Readonly<Record<string, string>>;
  readonly concurrency: Concurrency;
  /** The file that defined it, to attribute uncaught errors. */
  readonly file?: string;
  create(services: Readonly<Record<string, unknown>>, config: unknown, args?: PluginArguments): AnyInstance;
}

export type AnyInstance = PluginHooks & {
  readonly provide?: Readonly<Record<string, unknown>>;
  readonly contribute?: Readonly<Record<string, readonly unknown[]>>;
};
