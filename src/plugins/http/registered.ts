/** Wraps what a plugin registers with fastify: a function, a module that exports one, a promise of either. */

import type { FastifyInstance } from 'fastify';
import { reasonOf } from '../../sdk/index.js';
import { propertyOf } from '../../thrown.js';

/** The plugin that registers. */
export interface Registrant {
  readonly plugin: string;
  readonly ended: AbortSignal;
  /** The server, as this plugin has it. */
  readonly own: (server: FastifyInstance) => FastifyInstance;
  readonly warn: (text: string) => void;
}

type Done = (error?: Error) => void;
type RoutePlugin = (server: FastifyInstance, options: unknown, done: Done) => unknown;

/**
 * Returns it in a form that fastify calls with the plugin's own server, when it begins to listen. An error names the plugin; when the
 * plugin has ended meanwhile, the error is logged, and the server listens all the same.
 */
export function registeredBy(by: Registrant, given: unknown): unknown {
  if (typeof given === 'function') return owned(by, given as RoutePlugin);
  if (typeof propertyOf(given, 'then') === 'function') {
    const failed = (error: unknown) => owned(by, () => Promise.reject(error));
    return Promise.resolve(given).then((each) => registeredBy(by, each), failed);
  }
  const exported = propertyOf(given, 'default');
  return typeof exported === 'function' ? { default: owned(by, exported as RoutePlugin) } : given;
}

function owned(by: Registrant, plugin: RoutePlugin): unknown {
  const run = async (server: FastifyInstance, options: unknown) => {
    try {
      await called(plugin, by.own(server), options);
    } catch (error) {
      throwUnlessEnded(by, error);
    }
  };
  // Fastify looks at a function's name and at its symbols.
  const looks: Record<string, PropertyDescriptor> = Object.getOwnPropertyDescriptors(plugin);
  const { prototype: _, length: _callback, ...marks } = looks;
  if (plugin.name === '') marks.name = { value: `what plugin ${by.plugin} has registered` };
  return Object.defineProperties(run, marks);
}

/** Settles as the promise that it returns, or else when it calls `done`, which it does if it takes a third parameter. */
function called(plugin: RoutePlugin, server: FastifyInstance, options: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const given = plugin(server, options, (error) => (error ? reject(error) : resolve(undefined)));
    if (plugin.length < 3 || typeof propertyOf(given, 'then') === 'function') resolve(given);
  });
}

function throwUnlessEnded({ plugin, ended, warn }: Registrant, error: unknown): void {
  const what = `has registered with the server failed: ${reasonOf(error)}`;
  if (!ended.aborted) throw new Error(`what plugin ${plugin} ${what}`, { cause: error });
  warn(`what plugin ${plugin}, which has ended, ${what}`);
}
