// biome-ignore-all lint/plugin: messages are frozen for listeners, who must neither see nor change the request behind them

/**
 * Messages as listeners see them. Each look at the fields gives a copy of its own, so that nobody can change what others
 * see; of a request it is read out of the very bytes that are sent, so that nobody decides on anything else.
 */

import type { Fields } from '../codec/codec.js';
import { encodeRequest, fieldsOf } from '../session/encoded-request.js';
import type { EncodedRequest, Exchange } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { ChannelMessage } from '../types.js';

export class RequestMessage implements ChannelMessage {
  readonly kind = 'request';
  readonly request = undefined;
  readonly name: string;
  readonly reads: boolean;
  readonly #plan: Plan;
  readonly #given: Fields;
  readonly #clientIndex: number;
  #encoded: EncodedRequest | undefined;
  /** Error of encoding it; found once, and valid from then on. */
  #problem: { readonly error: unknown } | undefined;
  #exchange: Exchange | undefined;

  /** Takes the request's fields, or `encoded` where it is bytes already; its fields are decoded for a listener that looks at them. */
  constructor(plan: Plan, fields: Fields, clientIndex: number, encoded?: EncodedRequest) {
    this.name = plan.name;
    this.reads = plan.reads;
    this.#plan = plan;
    this.#given = fields;
    this.#clientIndex = clientIndex;
    this.#encoded = encoded;
    Object.freeze(this);
  }

  /** The bytes are known, or cannot be had: nothing else may be sent than what they are. */
  get isEncoded(): boolean {
    return this.#encoded !== undefined || this.#problem !== undefined;
  }

  /** The bytes that are sent: the caller's object is read once, now or earlier. Throws FieldError. */
  get encoded(): EncodedRequest {
    if (this.#problem) throw this.#problem.error;
    if (this.#encoded) return this.#encoded;
    const { message, id } = this.#plan;
    try {
      this.#encoded = encodeRequest(message, id, this.#clientIndex, this.#given);
    } catch (error) {
      this.#problem = { error };
      throw error;
    }
    return this.#encoded;
  }

  /** Sets the exchange that carries the request. */
  carriedBy(exchange: Exchange): void {
    this.#exchange = exchange;
  }

  get context(): number | undefined {
    return this.#exchange?.wasSent ? this.#exchange.context : undefined;
  }

  get fields(): Fields {
    return fieldsOf(this.#plan.message, this.encoded);
  }
}

/** A request that is never sent. */
export class ForbiddenMessage implements ChannelMessage {
  readonly kind = 'request';
  readonly reads = false;
  readonly context = undefined;
  readonly request = undefined;
  readonly #given: Fields;

  constructor(
    readonly name: string,
    fields: Fields,
  ) {
    this.#given = fields;
    Object.freeze(this);
  }

  get fields(): Fields {
    return structuredClone(this.#given);
  }
}

/** A reply or an event. */
export class ArrivedMessage implements ChannelMessage {
  readonly reads = true;
  readonly #read: () => Fields;

  /** `read` gives the fields, a new copy each time. */
  constructor(
    readonly kind: 'reply' | 'event',
    readonly name: string,
    read: () => Fields,
    readonly request: ChannelMessage | undefined = undefined,
  ) {
    this.#read = read;
    Object.freeze(this);
  }

  get context(): number | undefined {
    return this.request?.context;
  }

  get fields(): Fields {
    return this.#read();
  }
}
