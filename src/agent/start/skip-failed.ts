/** Skips optional plugins that failed to start, and the ones that require their services. */

import { type AgentError, stackOf } from '../errors.js';
import type { Token } from '../token.js';
import { providerFailed } from './container.js';
import type { PluginRecord, RunningPlugin } from './plugin-record.js';

/** Logs a failure and shows it on the board. Throws it unless the plugin is optional. */
export function skipFailed(record: PluginRecord, error: AgentError): void {
  record.status.end('error', error.message);
  const [level, consequence] = record.optional
    ? (['error', 'skipped, since it is optional'] as const)
    : (['fatal', 'closing the plugins that have started'] as const);
  record.log[level](stackOf(error.cause), `${error.message}; ${consequence}`);
  if (!record.optional) throw error;
}

/**
 * The failed plugin, if it is among `started`, then the ones that require its services, in start order. Throws
 * MISSING_PROVIDER when one of these is not optional.
 */
export function withDependents(failed: PluginRecord, started: readonly RunningPlugin[]): RunningPlugin[] {
  const gone = started.filter(({ record }) => record === failed);
  const lost = new Set<Token<unknown>>(gone.flatMap(({ record }) => Object.values(record.plugin.provides)));
  // Providers come first: one look at each is enough.
  for (const running of started) {
    const { requires, provides } = running.record.plugin;
    const missed = Object.values(requires).find((token) => lost.has(token));
    if (missed === undefined) continue;
    skipFailed(running.record, providerFailed(running.record.plugin, missed));
    for (const token of Object.values(provides)) lost.add(token);
    gone.push(running);
  }
  return gone;
}
