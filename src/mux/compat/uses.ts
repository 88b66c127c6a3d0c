/** A program that sends a request also reads what it is answered with: all of that is what it uses. */

import type { MessageDef } from '../schema/model.js';

/** message name → the requests that bring it along; empty for those that were named. */
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
