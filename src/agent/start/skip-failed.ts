/** Skips optional plugins that failed to start, and the ones that require their services. */

import { type AgentError, stackOf } from '../errors.js';
import type { Token } from '../token.js';
import { providerFailed } from './container.js';
import type { Member, Up } from './plugin-record.js';

/** Logs a failure and shows it on the board. Throws it unless the plugin is optional. */
export function goOnWithout(member: Member, error: AgentError): void {
  member.part.end('error', error.message);
  const [level, consequence] = member.optional
    ? (['error', 'going on without it, since it is optional'] as const)
    : (['fatal', 'closing what has started'] as const);
  member.log[level](stackOf(error.cause), `${error.message}; ${consequence}`);
  if (!member.optional) throw error;
}

/**
 * The failed plugin, if it is among `started`, then the ones that require its services, in start order. Throws
 * MISSING_PROVIDER when one of these is not optional.
 */
export function goneWith(failed: Member, started: readonly Up[]): Up[] {
  const gone = started.filter(({ member }) => member === failed);
  const lost = new Set<Token<unknown>>(gone.flatMap(({ member }) => Object.values(member.plugin.provides)));
  // Providers come first: one look at each is enough.
  for (const up of started) {
    const { requires, provides } = up.member.plugin;
    const missed = Object.values(requires).find((token) => lost.has(token));
    if (missed === undefined) continue;
    goOnWithout(up.member, providerFailed(up.member.plugin, missed));
    for (const token of Object.values(provides)) lost.add(token);
    gone.push(up);
  }
  return gone;
}
