/** Messages as listeners see them: fields are copied when asked for, so that nobody can change what others get. */

import type { Fields } from '../codec/codec.js';
import type { Plan } from '../session/catalogue.js';
import type { Exchange } from '../session/exchange.js';
import type { ChannelMessage } from './data-events.js';

export class RequestMessage implements ChannelMessage {
  readonly kind = 'request';
  readonly request = undefined;
  readonly name: string;
  readonly reads: boolean;
  readonly #plan: Plan;
  readonly #given: Fields;
  #copy: Fields | undefined;
  #exchange: Exchange | undefined;

  constructor(plan: Plan, fields: Fields) {
    this.name = plan.name;
    this.reads = plan.reads;
    this.#plan = plan;
    this.#given = fields;
  }

  /** It is carried out by `exchange`. */
  carriedBy(exchange: Exchange): void {
    this.#exchange = exchange;
  }

  get context(): number | undefined {
    return this.#exchange?.wasSent ? this.#exchange.context : undefined;
  }

  get fields(): Fields {
    if (this.#copy === undefined) {
      const { message } = this.#plan;
      const bytes = message.encode(this.#given);
      this.#copy = message.read(bytes, 0, bytes.length, { end: 0 });
    }
    return this.#copy;
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
  }

  get fields(): Fields {
    return structuredClone(this.#given);
  }
}

/** A reply or an event. */
export class ArrivedMessage implements ChannelMessage {
  readonly reads = true;
  readonly #arrived: Fields;
  #copy: Fields | undefined;

  constructor(
    readonly kind: 'reply' | 'event',
    readonly name: string,
    fields: Fields,
    readonly request: ChannelMessage | undefined = undefined,
  ) {
    this.#arrived = fields;
  }

  get context(): number | undefined {
    return this.request?.context;
  }

  get fields(): Fields {
    this.#copy ??= structuredClone(this.#arrived);
    return this.#copy;
  }
}
