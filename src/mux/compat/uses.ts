/** Lists the messages that a program uses: the requests that it sends, and their replies, details and events. */

import type { MessageDef } from '../schema/model.js';

/** Message name → the requests that it belongs to; empty for those that were named. */
export function usesOf(
  names: readonly string[],
  find: (name: string) => MessageDef | undefined,
): Map<string, readonly string[]> {
  const uses = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const name of new Set(names)) {
    const service = find(name)?.service;
    if (!service) continue;
    for (const other of [service.reply, service.details, ...service.events]) {
      if (other === undefined || names.includes(other)) continue;
      uses.set(other, [...(uses.get(other) ?? []), name]);
    }
  }
  return uses;
}
