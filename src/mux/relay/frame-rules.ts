/**
 * Rules for the frames of clients, by message id. Each is made of VPP's table and the definitions when the first client sends
 * such a message: offsets come from the schema, nothing is decoded.
 */

import type { Message } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import { eventsOf } from '../session/event-requests.js';
import type { MessageCatalogue, Plan } from '../session/message-catalogue.js';
import { type WireEntry, wireEntries } from '../session/message-table.js';
import { planWithoutDefinition } from './plan-without-definition.js';
import { type TraceRequest, traceRequest } from './trace-cache.js';
import { type IsWhole, wholeCheck } from './whole-message.js';

/** Offset of the client index in the reply to a ping, of which there is one for each of a few plugins. */
const PING_REPLY_INDEX = 10;

export interface Forwarded {
  readonly does: 'forward' | 'register';
  readonly plan: Plan;
  /** VPP's id. */
  readonly id: number;
  readonly contextOffset: number;
  readonly clientIndexOffset: number;
  readonly isWhole: IsWhole;
  /** True when its reply tells that VPP has finished what was sent before, as that to a ping does. */
  readonly isPing: boolean;
  /** Offset of our client index in the reply, -1 for none. */
  readonly replyIndexOffset: number;
  /** Events that VPP sends because of it, without a registration: of a ping, of a DHCP client. */
  readonly events: readonly string[];
  /** True when its answer is the same for as long as VPP runs: it is kept. */
  readonly isKept: boolean;
  /** The part that it has in VPP's cache of traces; undefined for most. */
  readonly traces: TraceRequest | undefined;
  /** True when it is sent on without a look at it. */
  readonly isPlain: boolean;
  /** Offset of a message id in the reply, which is translated; -1 for none. */
  readonly idOffset: number;
}

export type FrameRule = Forwarded | OtherRule;

export type OtherRule =
  /** Answered by the relay. */
  | { readonly does: 'create'; readonly name: string }
  | { readonly does: 'delete'; readonly name: string }
  | { readonly does: 'keepalive'; readonly name: string }
  /** Never sent: answered with a refusal where it has a reply. */
  | { readonly does: 'refuse'; readonly name: string; readonly why: string; readonly reply: Message | undefined }
  /** Nothing is done, nor said: clients send it as a matter of course, and VPP does nothing about it. */
  | { readonly does: 'pass-over' }
  /** Nothing is done, and VPP would do nothing. */
  | { readonly does: 'drop'; readonly name: string; readonly why: string };

/** Whether frames of this rule are requests for VPP. */
export const isForwarded = (rule: FrameRule): rule is Forwarded => rule.does === 'forward' || rule.does === 'register';

/** Answered from what VPP has said before: they stop the workers, or cost VPP much, and never change. */
const KEPT: ReadonlySet<string> = new Set(['get_api_json', 'api_versions']);

const LOCAL: Readonly<Record<string, 'create' | 'delete' | 'keepalive'>> = {
  sockclnt_create: 'create',
  sockclnt_delete: 'delete',
  memclnt_keepalive: 'keepalive',
};

/** Replies that clients send: govpp takes one of them for the goodbye now and then, VAPI answers a keepalive. */
const PASSED_OVER: ReadonlySet<string> = new Set(['sockclnt_delete_reply', 'memclnt_keepalive_reply']);

export class FrameRules {
  private readonly rules = new Map<number, FrameRule>();
  private readonly byId = new Map<number, WireEntry>();

  /** `toVpp`: VPP's id by a client's. */
  constructor(
    private readonly catalogue: MessageCatalogue,
    private readonly toVpp: Int32Array,
  ) {
    for (const entry of wireEntries(catalogue.table)) this.byId.set(entry.index, entry);
  }

  /** The rule for a client's message id. */
  of(id: number): FrameRule {
    let rule = this.rules.get(id);
    if (rule === undefined) {
      rule = this.make(this.toVpp[id] ?? -1);
      // Ids that a client makes up must not fill the memory.
      if (id >= 0 && id < this.toVpp.length) this.rules.set(id, rule);
    }
    return rule;
  }

  /** The name of VPP's message `id`; undefined where it has none. */
  nameOf(id: number): string | undefined {
    const { entries } = this.catalogue;
    return entries[id]?.name ?? this.byId.get(id)?.name.replace(/_[0-9a-f]{8}$/, '');
  }

  private make(id: number): FrameRule {
    const name = this.nameOf(id);
    if (name === undefined) return { does: 'drop', name: `message ${id}`, why: 'no message has its id' };
    if (PASSED_OVER.has(name)) return { does: 'pass-over' };
    if (Object.hasOwn(LOCAL, name)) return { does: LOCAL[name], name };
    try {
      return this.forward(id, this.catalogue.plan(name));
    } catch (error) {
      if (!(error instanceof VppmuxError)) throw error;
      if (error.code === 'FORBIDDEN_MESSAGE') {
        return { does: 'refuse', name, why: error.message, reply: this.replyOf(name) };
      }
      const plan = error.code === 'WRONG_KIND' ? undefined : planWithoutDefinition(name, this.catalogue);
      // A message that only VPP sends, and one of which nothing is known.
      return plan === undefined ? { does: 'drop', name, why: error.message } : this.forward(id, plan);
    }
  }

  private forward(id: number, plan: Plan): Forwarded {
    const { contextOffset, clientIndexOffset } = plan.message.def;
    const { schema, entries } = this.catalogue;
    const reply = entries[plan.replyId]?.message;
    const replyIndexOffset =
      plan.kind === 'unary' && reply && hasIndexAt(reply, PING_REPLY_INDEX) ? PING_REPLY_INDEX : -1;
    const events = plan.registers ? [] : eventsOf(plan.message, schema);
    const isKept = KEPT.has(plan.name);
    const traces = traceRequest(plan.message);
    return {
      does: plan.registers ? 'register' : 'forward',
      plan,
      id,
      contextOffset,
      clientIndexOffset,
      isWhole: wholeCheck(plan.message),
      isPing: replyIndexOffset >= 0,
      replyIndexOffset,
      events,
      isKept,
      traces,
      isPlain: !plan.registers && !plan.hazards && !isKept && !traces && events.length === 0,
      idOffset: plan.name === 'get_first_msg_id' ? 10 : -1,
    };
  }

  private replyOf(name: string): Message | undefined {
    const { schema } = this.catalogue;
    const reply = schema.find(schema.find(name)?.def.service?.reply ?? `${name}_reply`);
    return reply?.hasRetval ? reply : undefined;
  }
}

/** Whether the message has its client index there, behind context and retval. */
function hasIndexAt({ def }: Message, offset: number): boolean {
  const at = def.fields.findIndex(({ name }) => name === 'client_index');
  return def.clientIndexOffset < 0 && at >= 0 && 4 * at - 2 === offset;
}
