/** Calls a plugin's `create`, and checks its result before any of it is needed. */

import { closestOrAll } from '../../nearest.js';
import { describeValue } from '../describe-value.js';
import { AgentError, reasonOf } from '../errors.js';
import type { AnyInstance, PluginHooks } from '../plugin/plugin.js';
import type { PluginRecord } from './plugin-record.js';

/** The known keys of an instance, and whether each is a function. */
const KEYS: Readonly<Record<keyof PluginHooks | 'provide' | 'contribute', boolean>> = {
  ...{ init: true, afterInit: true, drain: true, close: true },
  ...{ configuration: true, dataplane: true, redundancy: true, saveState: true },
  ...{ operations: false, open: true, closeHandle: true, provide: false, contribute: false },
};

/** The plugin's instance. Throws PLUGIN_FAILED, or PLUGIN_INVALID when a hook is no function. */
export function createInstance(record: PluginRecord, services: Readonly<Record<string, unknown>>): AnyInstance {
  const { plugin, control, args } = record;
  const { name } = plugin;
  let created: unknown;
  try {
    created = plugin.create(services, control.config, args);
  } catch (cause) {
    const text = `plugin ${name}: its create failed: ${reasonOf(cause)}`;
    throw new AgentError('PLUGIN_FAILED', text, { plugin: name, cause });
  }
  if (typeof created !== 'object' || created === null || created instanceof Promise) throw nothingToCall(name, created);
  for (const [key, callable] of Object.entries(KEYS)) {
    const hook: unknown = Reflect.get(created, key) ?? undefined;
    if (!callable || hook === undefined || typeof hook === 'function') continue;
    const text = `plugin ${name}: its create returned ${key}: ${describeValue(hook)}, where a function belongs`;
    throw new AgentError('PLUGIN_INVALID', text, { plugin: name });
  }
  warnOfUnknownKeys(record, created);
  return created;
}

/**
 * Warns of unknown keys, since a misspelt hook would never be called. An instance of a class may have other members.
 */
function warnOfUnknownKeys({ log }: PluginRecord, created: object): void {
  if (Object.getPrototypeOf(created) !== Object.prototype) return;
  const known = Object.keys(KEYS);
  for (const unknown of Object.keys(created).filter((key) => !known.includes(key))) {
    log.warn(`its create returned "${unknown}", which is unknown${closestOrAll(unknown, known).text}`);
  }
}

function nothingToCall(name: string, created: unknown): AgentError {
  if (created instanceof Promise) created.catch(() => {}); // its failure no longer matters
  const what = created instanceof Promise ? 'a promise; what has to be awaited belongs to init' : 'nothing';
  const text = `plugin ${name}: its create returned ${what}; return an object: { init, afterInit, close, … }, all of them optional`;
  return new AgentError('PLUGIN_INVALID', text, { plugin: name });
}
