/** Binding of one listener to one channel: its attachment, its verdicts, and the fence around what it does. */

import { kindAndReason } from '../../thrown.js';
import type {
  CachedVerdict,
  ChannelInfo,
  ChannelMessage,
  DataListener,
  DataVerdict,
  Refusal,
  Refused,
} from '../types.js';
import { REFUSAL_CODES } from './refuse.js';

export type Callback = Exclude<keyof DataListener, 'name'>;

/** Called when a listener does something wrong. */
export type Complain = (callback: Callback, problem: string) => void;

export class ListenerBinding {
  /** True when the listener was removed, or the channel closed. */
  over = false;
  private readonly info: ChannelInfo;
  private readonly complain: Complain;
  /** Verdicts on first messages, by name. */
  private readonly cached = new Map<string, CachedVerdict>();
  private attachment: unknown;

  constructor(
    readonly listener: DataListener,
    info: ChannelInfo,
    complain: Complain,
  ) {
    this.info = info;
    this.complain = complain;
    this.attachment = this.call('opened', () => listener.opened?.(info));
  }

  /** Returns whether the listener needs to see no more requests of this name. */
  isDoneWith(name: string): boolean {
    const { request, reply } = this.listener;
    return !request && !reply && typeof this.cached.get(name) !== 'function';
  }

  /** Asks for the verdict on a request. */
  judge(message: ChannelMessage): DataVerdict {
    return this.judgeFirst(message) ?? this.onRequest(message);
  }

  /** Asks for the verdict on what is sent once for many messages, such as a subscription. */
  judgeFirst(message: ChannelMessage): DataVerdict {
    const cached = this.cachedOn(message);
    return typeof cached === 'function' ? this.verdict('firstMessage', () => cached(message)) : cached;
  }

  /** Asks for the verdict on a message that was let through before: what is decided for each message stays. */
  judgeAgain(message: ChannelMessage): DataVerdict {
    const cached = this.cachedOn(message);
    return typeof cached === 'function' ? undefined : cached;
  }

  decideAgain(): void {
    this.cached.clear();
  }

  refused(message: ChannelMessage, refusal: Refused): void {
    this.call('refused', () => this.listener.refused?.(this.info, message, refusal, this.attachment));
  }

  arrived(message: ChannelMessage): void {
    const { listener } = this;
    if (message.kind === 'reply') this.call('reply', () => listener.reply?.(this.info, message, this.attachment));
    else this.call('event', () => listener.event?.(this.info, message, this.attachment));
  }

  closed(): void {
    this.call('closed', () => this.listener.closed?.(this.info, this.attachment));
    this.end();
  }

  end(): void {
    this.over = true;
    this.attachment = undefined;
    this.cached.clear();
  }

  private cachedOn(message: ChannelMessage): CachedVerdict {
    const { listener } = this;
    if (!listener.firstMessage) return undefined;
    const { name } = message;
    if (this.cached.has(name)) return this.cached.get(name);
    const answer = this.call('firstMessage', () => listener.firstMessage?.(this.info, message, this.attachment));
    const verdict = typeof answer === 'function' ? answer : this.checked('firstMessage', answer);
    if (!this.over) this.cached.set(name, verdict);
    return verdict;
  }

  private onRequest(message: ChannelMessage): DataVerdict {
    const { listener } = this;
    if (!listener.request) return undefined;
    return this.verdict('request', () => listener.request?.(this.info, message, this.attachment));
  }

  private verdict(callback: Callback, ask: () => unknown): DataVerdict {
    return this.checked(callback, this.call(callback, ask));
  }

  private checked(callback: Callback, verdict: unknown): DataVerdict {
    if (verdict === undefined || isRefusal(verdict)) return verdict;
    this.complain(
      callback,
      'answers with what is no verdict, such as a promise: it is undefined, or refuse(code, text)',
    );
    return undefined;
  }

  /** Calls the listener; undefined when it throws. A promise that it returns may reject where nobody awaits it. */
  private call<T>(callback: Callback, call: () => T): T | undefined {
    if (this.over) return undefined;
    const complain = (error: unknown) => this.complain(callback, `throws: ${kindAndReason(error)}`);
    try {
      const result = call();
      if (result instanceof Promise) result.catch(complain);
      return result;
    } catch (error) {
      complain(error);
      return undefined;
    }
  }
}

/** Returns whether `listener` needs a binding to a channel; one that only hears of refusals needs none where nothing is refused. */
export function concerns(listener: DataListener, { access }: Pick<ChannelInfo, 'access'>): boolean {
  const { opened, firstMessage, request, reply, event, refused, closed } = listener;
  return Boolean(opened || firstMessage || request || reply || event || closed || (refused && access === 'read'));
}

const CODES: ReadonlySet<unknown> = new Set(REFUSAL_CODES);

function isRefusal(value: unknown): value is Refusal {
  if (typeof value !== 'object' || value === null || !('refuse' in value) || !('text' in value)) return false;
  return CODES.has(value.refuse) && typeof value.text === 'string';
}
