/**
 * Messages of one session: VPP's message table joined with the definitions.
 *
 * Everything here holds ids, so it belongs to one generation and dies with it. A `Plan` is made once for each
 * request name. Problems are reported when a message is asked for, not before: only messages that are used matter.
 */

import type { Message, Schema, WriteMessage } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import { conditional, forbidden } from '../hazards/find.js';
import type { Hazard } from '../hazards/hazard.js';
import { type SlowRequest, slowRequest } from '../quirks/slow-requests.js';
import { stopsWorkers } from '../quirks/stops-workers.js';
import type { Service } from '../schema/model.js';
import { isRegistration, renewedAfter } from './event-requests.js';
import type { MessageTable } from './message-table.js';
import { reads } from './reads.js';
import { type SeenVpp, whyUnusable } from './why-unusable.js';

/** A message that VPP may send us, found by its id. */
export interface MessageEntry {
  readonly id: number;
  readonly name: string;
  /** CRC in VPP's table. */
  readonly crc: string;
  /** Undefined when the definitions lack it or define it differently. */
  readonly message: Message | undefined;
  /** -1: no context (an event, or unknown). */
  readonly contextOffset: number;
  readonly isEvent: boolean;
}

/** Bytes in memory of a decoded message that has `size` bytes on the wire; what waits for a slow reader is bounded by it. */
export function memoryOf({ message }: MessageEntry, size: number): number {
  return message?.memoryOf(size) ?? size;
}

/** Plan of a request: how it is sent and answered. Ids are -1 where there is none. */
export interface Plan {
  readonly name: string;
  readonly id: number;
  readonly message: Message;
  /** Encodes the message: kept here because each request uses it. */
  readonly write: WriteMessage;
  readonly kind: Service['kind'];
  readonly replyId: number;
  readonly replyName: string;
  readonly detailsId: number;
  /** A message that comes among the details of a dump without ending it (mactime_dump_reply); usually none. */
  readonly besideId: number;
  readonly cursor: boolean;
  /** True when the request changes nothing in VPP. */
  readonly reads: boolean;
  /** The control_ping that goes out behind a dump. */
  readonly ping: Plan | undefined;
  /** Values, or states of VPP, in which the request harms VPP. */
  readonly hazards: readonly Hazard[] | undefined;
  /** True for a want_* request whose registration the mux keeps. */
  readonly registers: boolean;
  /** Registrations that do not cover what this request makes, until they are sent again. */
  readonly renews: readonly string[] | undefined;
  /** Reason why the request is sent exclusively; undefined for most. */
  readonly slow: SlowRequest | undefined;
  /** True when VPP's workers stand still while it handles the request. */
  readonly stopsWorkers: boolean;
  /** Number of times that the request was sent. */
  sent: number;
  /** Number of requests sent that are over, whatever their end. */
  settled: number;
  /** Number of requests that failed, by the error's code; "not-sent" for those that never left. Undefined while there is none. */
  failed: Map<string, number> | undefined;
}

export class MessageCatalogue {
  /** Entries by message id; sparse. */
  readonly entries: readonly (MessageEntry | undefined)[];
  private readonly plans = new Map<string, Plan>();
  private lastPlan: Plan | undefined;

  constructor(
    readonly table: MessageTable,
    readonly schema: Schema,
    private readonly unsafe = false,
    private readonly origin: Omit<SeenVpp, 'table'> = { source: 'given definitions' },
    /** Names of further requests that are sent exclusively (option `exclusive`). */
    readonly exclusive: readonly string[] = [],
  ) {
    const entries: (MessageEntry | undefined)[] = [];
    for (const { id, name, crc } of table.values()) {
      const found = schema.find(name);
      const message = found?.def.crc === crc ? found : undefined;
      const isEvent = message?.def.role === 'event';
      const contextOffset = isEvent || !message ? -1 : message.def.contextOffset;
      entries[id] = { id, name, crc, message, contextOffset, isEvent };
    }
    this.entries = entries;
  }

  /** Throws FORBIDDEN_MESSAGE, UNKNOWN_MESSAGE, MESSAGE_NOT_IN_VPP, CRC_MISMATCH, NO_DEFINITION, SCHEMA_INVALID or WRONG_KIND. */
  plan(name: string): Plan {
    if (name === this.lastPlan?.name) return this.lastPlan; // most callers ask for the same message again
    let plan = this.plans.get(name);
    if (plan === undefined) {
      plan = this.makePlan(name);
      this.plans.set(name, plan);
    }
    this.lastPlan = plan;
    return plan;
  }

  /** Plans that were asked for so far. */
  get used(): Iterable<Plan> {
    return this.plans.values();
  }

  /** The definition of `name`, when the running VPP has exactly that. Throws as `plan` does. */
  usable(name: string): Message {
    const crc = this.table.get(name)?.crc;
    const message = this.schema.find(name);
    if (message !== undefined && message.def.crc === crc) return message;
    throw this.whyNot(name);
  }

  /** Returns the error that says why `name` cannot be used. */
  whyNot(name: string): VppmuxError {
    return whyUnusable(name, this.schema, { ...this.origin, table: this.table });
  }

  private makePlan(name: string): Plan {
    const reason = this.unsafe && !name.startsWith('sockclnt_') ? undefined : forbidden(name);
    if (reason) {
      throw new VppmuxError('FORBIDDEN_MESSAGE', `${name} is never sent: ${reason}`, {
        messageName: name,
        outcome: 'not-sent',
      });
    }
    const message = this.usable(name);
    const { service } = message.def;
    if (!service) {
      throw new VppmuxError('WRONG_KIND', `${name} is not a request but ${article(message.def.role)} that VPP sends`, {
        messageName: name,
        outcome: 'not-sent',
      });
    }
    const isDump = service.kind === 'dump';
    const replyName = isDump ? 'control_ping_reply' : (service.reply ?? '');
    return {
      name,
      message,
      write: message.write,
      id: this.table.get(name)?.id ?? -1,
      kind: service.kind,
      replyName,
      replyId: replyName ? this.idOf(replyName) : -1,
      detailsId: service.details ? this.idOf(service.details) : -1,
      besideId: isDump && service.reply ? (this.table.get(service.reply)?.id ?? -1) : -1,
      cursor: service.cursor,
      reads: reads(message.def),
      slow: slowRequest(name, this.table, this.exclusive),
      ping: isDump ? this.plan('control_ping') : undefined,
      hazards: this.unsafe ? undefined : conditional(name),
      registers: isRegistration(message),
      renews: renewedAfter(name),
      stopsWorkers: stopsWorkers(name),
      sent: 0,
      settled: 0,
      failed: undefined,
    };
  }

  private idOf(name: string): number {
    this.usable(name);
    return this.table.get(name)?.id ?? -1;
  }
}

function article(role: string): string {
  return role === 'event' ? 'an event' : role === 'details' ? 'the details of a dump' : `a ${role}`;
}
