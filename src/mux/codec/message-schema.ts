/** The messages of one VPP by name. */

import { didYouMean, nearest } from '../../nearest.js';
import { VppmuxError } from '../errors.js';
import type { ApiModel } from '../schema/model.js';
import type { Message, Schema } from './codec.js';
import { CompiledMessage } from './message.js';

export class MessageSchema implements Schema {
  readonly #messages = new Map<string, Message>();

  constructor(readonly model: ApiModel) {}

  find(name: string): Message | undefined {
    const known = this.#messages.get(name);
    if (known !== undefined) return known;
    const def = this.model.messages.get(name);
    if (def === undefined) return undefined;
    const message = new CompiledMessage(def);
    this.#messages.set(name, message);
    return message;
  }

  message(name: string): Message {
    const found = this.find(name);
    if (found !== undefined) return found;
    const near = nearest(String(name), this.model.messages.keys());
    throw new VppmuxError('UNKNOWN_MESSAGE', `there is no message ${name} in the schema${didYouMean(near)}`, {
      messageName: String(name),
      nearest: near,
    });
  }
}
