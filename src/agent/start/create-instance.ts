/** Calls a plugin's `create`, and looks at what it gives before any of it is needed. */

import { kindOf } from '../describe-value.js';
import { AgentError, reasonOf } from '../errors.js';
import type { AnyInstance, PluginHooks } from '../plugin.js';
import { suggestion } from '../suggestion.js';
import type { Member } from './plugin-record.js';

/** What may stand in it, and whether that is a function. */
const KEYS: Readonly<Record<keyof PluginHooks | 'provide' | 'contribute', boolean>> = {
  ...{ init: true, afterInit: true, close: true },
  ...{ configuration: true, dataplane: true, redundancy: true, saveState: true },
  ...{ operations: false, open: true, closeHandle: true, provide: false, contribute: false },
};

/** Throws PLUGIN_FAILED, or PLUGIN_INVALID when what it gives cannot be called. */
export function createdBy(member: Member, services: Readonly<Record<string, unknown>>): AnyInstance {
  const { plugin, control, args } = member;
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
    const text = `plugin ${name}: its create gave ${key}: ${kindOf(hook)}, where a function belongs`;
    throw new AgentError('PLUGIN_INVALID', text, { plugin: name });
  }
  warnOfStrays(member, created);
  return created;
}

/** A misspelt hook would never be called, without a word. An instance of a class may have what it likes. */
function warnOfStrays({ plugin, log }: Member, created: object): void {
  if (Object.getPrototypeOf(created) !== Object.prototype) return;
  const known = Object.keys(KEYS);
  for (const stray of Object.keys(created).filter((key) => !known.includes(key))) {
    log.warn(`its create gave "${stray}", which plugin ${plugin.name} is never asked for${suggestion(stray, known)}`);
  }
}

function nothingToCall(name: string, created: unknown): AgentError {
  if (created instanceof Promise) created.catch(() => {}); // what it fails with is nobody's any more
  const what = created instanceof Promise ? 'a promise; what has to be awaited belongs to init' : 'nothing';
  const text = `plugin ${name}: its create gave ${what}; return an object: { init, afterInit, close, … }, all of them optional`;
  return new AgentError('PLUGIN_INVALID', text, { plugin: name });
}
