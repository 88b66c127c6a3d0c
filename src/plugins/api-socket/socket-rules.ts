/** The rules of the sockets, as a listener of the data events: they look at clients of API sockets only. */

import { fitsAny } from '../../glob.js';
import {
  type CachedVerdict,
  type ChannelInfo,
  type ChannelMessage,
  type DataListener,
  refuse,
} from '../../mux/index.js';
import type { RuleConfig, SocketConfig } from './config.js';

export class SocketRules implements DataListener {
  readonly name = 'api-socket';
  private byRole: ReadonlyMap<string, readonly RuleConfig[]> = new Map();

  replace(sockets: readonly SocketConfig[]): void {
    this.byRole = new Map(sockets.map(({ role, rules }) => [role, rules]));
  }

  /** False where nothing could be refused. */
  get isNeeded(): boolean {
    return [...this.byRole.values()].flat().some(({ action }) => action === 'refuse');
  }

  firstMessage({ role, name = '' }: ChannelInfo, message: ChannelMessage): CachedVerdict {
    const rules = role === undefined ? [] : (this.byRole.get(role) ?? []);
    const at = rules.findIndex((rule) => appliesTo(rule, name, message));
    if (rules[at]?.action !== 'refuse') return undefined;
    const { text = `rule ${at + 1} of the socket does not let it through` } = rules[at];
    return refuse('REFUSED', text);
  }
}

function appliesTo({ clients, messages }: RuleConfig, client: string, { name, reads }: ChannelMessage): boolean {
  if (clients && !fitsAny(clients, client)) return false;
  return !messages || messages.includes(reads ? 'reads' : 'writes') || fitsAny(messages, name);
}
