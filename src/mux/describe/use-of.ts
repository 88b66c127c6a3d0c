/** The purpose of a message, in words and as the command that it is for. */

import type { Message, Schema } from '../codec/codec.js';

export type CommandName = 'call' | 'dump' | 'watch';

/** Purpose of a message. */
export interface Use {
  /** Kind of message, in words. */
  readonly what: string;
  readonly command?: CommandName;
  /** Arguments for the command: the message, or the request that leads to it. */
  readonly names: readonly string[];
}

export function useOf(schema: Schema, { name, def }: Message, command: CommandName): Use {
  const { service } = def;
  if (def.role === 'event') return { what: 'an event', command: 'watch', names: [name] };
  if (service && command === 'watch' && service.events.length > 0) {
    return { what: 'the request that switches events on', command: 'watch', names: service.events };
  }
  if (service) {
    const isList = service.kind === 'dump' || service.kind === 'get';
    if (isList) return { what: 'a request that answers with a list', command: 'dump', names: [name] };
    const what = service.kind === 'oneway' ? 'a request without a reply' : 'a request with one reply';
    return { what, command: 'call', names: [name] };
  }
  for (const { request, kind, reply, details } of schema.model.services.values()) {
    if (reply !== name && details !== name) continue;
    const what = `what VPP answers to ${request}`;
    return { what, command: kind === 'dump' || kind === 'get' ? 'dump' : 'call', names: [request] };
  }
  return { what: 'no request', names: [] };
}
