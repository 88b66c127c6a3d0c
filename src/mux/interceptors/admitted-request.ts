import type { Fields } from '../codec/codec.js';
import type { EncodedRequest, Exchange, ReplyObserver } from '../session/exchange.js';
import { ArrivedMessage, type RequestMessage } from './listened-messages.js';
import type { ListenerBinding } from './listener-binding.js';

/** One request that was let through, as bytes; shows its answers to the listeners that were shown the request. */
export class AdmittedRequest implements ReplyObserver {
  /** The bytes that were decided on: nothing else is sent. */
  readonly encoded: EncodedRequest;

  /** Throws FieldError. */
  constructor(
    private readonly message: RequestMessage,
    private readonly bindings: readonly ListenerBinding[],
  ) {
    this.encoded = message.encoded;
  }

  /** `exchange` carries the request. */
  follow(exchange: Exchange): void {
    this.message.carriedBy(exchange);
    if (this.bindings.length > 0) exchange.observer = this;
  }

  onReply(name: string, read: () => Fields): void {
    for (const binding of this.bindings) {
      if (binding.listener.reply) binding.arrived(new ArrivedMessage('reply', name, read, this.message));
    }
  }
}
