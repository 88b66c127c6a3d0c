/**
 * Messages as listeners see them. Each look at the fields gives a copy of its own, so that nobody can change what others
 * see; of a request it is read out of the very bytes that are sent, so that nobody decides on anything else.
 */

import type { Fields } from '../codec/codec.js';
import type { Plan } from '../session/catalogue.js';
import type { Exchange, Parcel } from '../session/exchange.js';
import { contentOf, prepare } from '../session/parcel.js';
import type { ChannelMessage } from '../types.js';

export class RequestMessage implements ChannelMessage {
  readonly kind = 'request';
  readonly request = undefined;
  readonly name: string;
  readonly reads: boolean;
  readonly #plan: Plan;
  readonly #given: Fields;
  readonly #clientIndex: number;
  #parcel: Parcel | undefined;
  /** Why it cannot be encoded; found once, and true from then on. */
  #problem: { readonly error: unknown } | undefined;
  #exchange: Exchange | undefined;

  constructor(plan: Plan, fields: Fields, clientIndex: number) {
    this.name = plan.name;
    this.reads = plan.reads;
    this.#plan = plan;
    this.#given = fields;
    this.#clientIndex = clientIndex;
    Object.freeze(this);
  }

  /** Somebody has seen the fields. */
  get wasRead(): boolean {
    return this.#parcel !== undefined || this.#problem !== undefined;
  }

  /** The bytes that are sent: the caller's object is read once, now or earlier. Throws FieldError. */
  get parcel(): Parcel {
    if (this.#problem) throw this.#problem.error;
    if (this.#parcel) return this.#parcel;
    const { message, id } = this.#plan;
    try {
      this.#parcel = prepare(message, id, this.#clientIndex, this.#given);
    } catch (error) {
      this.#problem = { error };
      throw error;
    }
    return this.#parcel;
  }

  /** It is carried out by `exchange`. */
  carriedBy(exchange: Exchange): void {
    this.#exchange = exchange;
  }

  get context(): number | undefined {
    return this.#exchange?.wasSent ? this.#exchange.context : undefined;
  }

  get fields(): Fields {
    return contentOf(this.#plan.message, this.parcel);
  }
}

/** A request that is never sent, whoever asks for it. */
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
  readonly #arrived: Fields;

  constructor(
    readonly kind: 'reply' | 'event',
    readonly name: string,
    fields: Fields,
    readonly request: ChannelMessage | undefined = undefined,
  ) {
    this.#arrived = fields;
    Object.freeze(this);
  }

  get context(): number | undefined {
    return this.request?.context;
  }

  get fields(): Fields {
    return structuredClone(this.#arrived);
  }
}
