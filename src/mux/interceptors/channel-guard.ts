/**
 * Guard between one channel and its session: the channel's access, and the listeners of the data events. A channel that
 * may send everything, with nobody listening, has none.
 *
 * Hot path, held by the benchmark `pings with a policy of 100 rules`: `admit` of a request whose name was decided.
 */

import type { Fields } from '../codec/codec.js';
import type { RefusedError } from '../errors.js';
import type { ArrivedEvent } from '../session/arrived-event.js';
import type { EncodedRequest } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { ChannelInfo, ChannelMessage, Refusal } from '../types.js';
import { AdmittedRequest } from './admitted-request.js';
import { ArrivedMessage, RequestMessage } from './listened-messages.js';
import type { ListenerBinding } from './listener-binding.js';
import { readOnly, refusedBy } from './refusal-errors.js';
import { refuse } from './refuse.js';

export class ChannelGuard {
  private bindings: readonly ListenerBinding[] = [];
  /** Plans by name that are let through without asking: decided, and no listener wants to see more of them. */
  private readonly forwarded = new Map<string, Plan>();
  private last: Plan | undefined;
  /** Number of changes that make decisions old, so that one made meanwhile is not kept. */
  private version = 0;

  constructor(readonly info: ChannelInfo) {}

  /** True when nothing is left to guard. */
  get isIdle(): boolean {
    return this.info.access === 'write' && this.bindings.length === 0;
  }

  /** Asks the listeners. Undefined when none looked at the fields or sees replies. Throws RefusedError, and FieldError where one looked. */
  admit(plan: Plan, fields: Fields, clientIndex: number): AdmittedRequest | undefined {
    if (plan === this.last) return undefined;
    return this.isForwarded(plan) ? undefined : this.decide(plan, new RequestMessage(plan, fields, clientIndex));
  }

  /** Asks the listeners about a request that is bytes already. */
  admitEncoded(plan: Plan, encoded: EncodedRequest): AdmittedRequest | undefined {
    return this.isForwarded(plan) ? undefined : this.decide(plan, new RequestMessage(plan, {}, 0, encoded));
  }

  /** Returns why a request that waits for its turn may not be sent any more. */
  recheck(plan: Plan, encoded: EncodedRequest): RefusedError | undefined {
    return this.again(new RequestMessage(plan, {}, 0, encoded));
  }

  /** Returns why the channel may not have the event. */
  subscribe(event: string): RefusedError | undefined {
    return this.verdict(new ArrivedMessage('event', event, nothing), (binding, message) => binding.judgeFirst(message));
  }

  /** Returns why the channel may not have the event any more, which `request` with `want` makes VPP send. */
  recheckEvent(event: string, request: Plan | undefined, want: Fields): RefusedError | undefined {
    const refused = this.again(new ArrivedMessage('event', event, nothing));
    return refused ?? (request && this.again(new RequestMessage(request, want, 0)));
  }

  /**
   * The request that makes VPP send an event is the mux's own, and judged like the channel's: a channel that only reads may
   * have none that does more. `want` undefined: it is not sent, the channel only listens to what others have it sent for.
   * `isNew`: it is for a new subscription, and not sent anew for one. Throws RefusedError.
   */
  register(request: Plan, want: Fields | undefined, isNew: boolean): void {
    const message = new RequestMessage(request, want ?? {}, 0);
    if (!request.reads && want) this.onlyRead(message);
    const refused = isNew ? this.verdict(message, (binding) => binding.judgeFirst(message)) : this.again(message);
    if (refused) throw refused;
  }

  event(event: ArrivedEvent): void {
    for (const binding of this.bindings) {
      if (binding.listener.event) binding.arrived(new ArrivedMessage('event', event.entry.name, event.reader()));
    }
  }

  add(binding: ListenerBinding): void {
    this.bindings = [...this.bindings, binding];
    this.forget();
  }

  /** Removes the bindings for which `leaves` is true, and returns them. */
  remove(leaves: (binding: ListenerBinding) => boolean): readonly ListenerBinding[] {
    const { bindings } = this;
    this.bindings = bindings.filter((binding) => !leaves(binding));
    this.forget();
    return bindings.filter(leaves);
  }

  /** Forgets what `listener` decided, or what all did. */
  decideAgain(listener?: object): void {
    for (const binding of this.bindings)
      if (listener === undefined || binding.listener === listener) binding.decideAgain();
    this.forget();
  }

  bindingOf(listener: object): ListenerBinding | undefined {
    return this.bindings.find((binding) => binding.listener === listener);
  }

  private forget(): void {
    this.version++;
    this.forwarded.clear();
    this.last = undefined;
  }

  /** Whether requests of this plan are let through without a look at them. */
  isForwarded(plan: Plan): boolean {
    if (plan === this.last) return true;
    if (this.forwarded.get(plan.name) !== plan) return false;
    this.last = plan;
    return true;
  }

  private decide(plan: Plan, message: RequestMessage): AdmittedRequest | undefined {
    const { bindings, version } = this;
    if (!plan.reads) this.onlyRead(message);
    const refused = this.verdict(message, (binding) => binding.judge(message));
    if (refused) throw refused;
    if (bindings.every((binding) => binding.isDoneWith(plan.name))) {
      if (version === this.version) this.forwarded.set(plan.name, plan);
    } else if (bindings.some(({ listener }) => listener.reply)) return new AdmittedRequest(message, bindings);
    return message.isEncoded ? new AdmittedRequest(message, []) : undefined;
  }

  /** Throws RefusedError where the channel only reads: no listener decides that, and all see the refusal. */
  private onlyRead(message: ChannelMessage): void {
    const { info, bindings } = this;
    if (info.access === 'write') return;
    for (const binding of bindings) binding.refused(message, ONLY_READS);
    throw readOnly(info, message.name);
  }

  private again(message: ChannelMessage): RefusedError | undefined {
    return this.verdict(message, (binding) => binding.judgeAgain(message));
  }

  /** The first refusal counts. */
  private verdict(
    message: ChannelMessage,
    ask: (binding: ListenerBinding, message: ChannelMessage) => Refusal | undefined,
  ): RefusedError | undefined {
    for (const binding of this.bindings) {
      const refusal = ask(binding, message);
      if (!refusal) continue;
      binding.refused(message, refusal);
      return refusedBy(this.info, message.name, refusal);
    }
    return undefined;
  }
}

const nothing = (): Fields => ({});

const ONLY_READS = refuse('READ_ONLY', 'the channel only reads');
