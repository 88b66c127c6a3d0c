/**
 * Identifies a message that has the context of a request, but an id which does not answer that request. VPP has handlers
 * that answer under a sibling's name, and some that give details the wrong id.
 *
 *   same CRC as the declared reply or details ──▶ that: same layout, and the context is ours
 *   known wrong id (quirks/wrong-ids.ts) ──────────────▶ the details
 *   anything else ──────────────────────────────▶ nobody knows: the request fails, with the bytes
 *
 * Not on the hot path: only what the session does not recognise by its id comes here.
 */

import { readU32 } from '../link/frame.js';
import { wronglySent } from '../quirks/wrong-ids.js';
import type { ConnectOptions } from '../types.js';
import type { Exchange } from './exchange.js';
import type { MessageCatalogue, MessageEntry, Plan } from './message-catalogue.js';
import type { Pending } from './pending.js';

/** Offsets of contexts (WIRE 3.3). */
const PLACES = [2, 6];

export class Identifier {
  /** Lines that were logged already. */
  private readonly logged = new Set<string>();

  constructor(
    private readonly catalogue: MessageCatalogue,
    private readonly clientIndex: number,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  /** Entry that the message stands for in the answer to `plan`; `offset` is that of its context. Undefined when it is unknown. */
  part(plan: Plan, entry: MessageEntry | undefined, id: number, offset: number): MessageEntry | undefined {
    if (entry?.message && (id === plan.replyId || id === plan.detailsId || id === plan.besideId)) return entry;
    const { entries } = this.catalogue;
    for (const declared of [entries[plan.replyId], entries[plan.detailsId]]) {
      if (declared === undefined || declared.contextOffset !== offset) continue;
      if (entry !== undefined && entry.crc === declared.crc) {
        this.tell(plan, declared, `under the name ${entry.name}, which has the same layout`);
        return declared;
      }
      const releases = wronglySent(declared.name, id);
      if (releases === undefined) continue;
      this.tell(plan, declared, `under the id ${id}, as VPP ${releases} does: its handler forgets its plugin's base`);
      return declared;
    }
    return undefined;
  }

  /** Offset at which the message has the context of a request in flight, other than `place`, where its id says; -1 for none. */
  elsewhere(pending: Pending<Exchange>, place: number, bytes: Buffer, start: number, end: number): number {
    const found = PLACES.find(
      (at) => at !== place && start + at + 4 <= end && pending.get(readU32(bytes, start + at)) !== undefined,
    );
    return found ?? -1;
  }

  /** An event begins with our client index, or none: a context never has its highest bit (WIRE 3.3). */
  isEvent({ message }: MessageEntry, bytes: Buffer, start: number, end: number): boolean {
    const { clientIndexOffset = -1, minSize = 0 } = message?.def ?? {};
    if (end - start < minSize) return false;
    if (clientIndexOffset !== 2) return true;
    const index = readU32(bytes, start + 2);
    return index === this.clientIndex || index === 0 || index > 0x7fffffff;
  }

  private tell(plan: Plan, declared: MessageEntry, how: string): void {
    const what = `VPP answers ${plan.name} with ${declared.name}`;
    if (this.logged.has(what)) return;
    this.logged.add(what);
    this.log('debug', `${what} ${how}; it is taken as what it is`);
  }
}
