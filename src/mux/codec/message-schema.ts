/** The messages of one VPP by name. */

import { didYouMean } from '../../nearest.js';
import { SchemaError, VppmuxError } from '../errors.js';
import type { CrcTable } from '../schema/definitions.js';
import type { ApiModel } from '../schema/model.js';
import type { Message, Schema } from './codec.js';
import { CompiledMessage } from './message.js';

export class MessageSchema implements Schema {
  private readonly messages = new Map<string, Message>();
  private readonly resolve: ((table: CrcTable) => ApiModel) | undefined;
  private fitted: MessageSchema | undefined;

  /** `resolve`: makes the model anew for the table of a VPP. It holds all definitions, and is kept only where some differ. */
  constructor(
    readonly model: ApiModel,
    resolve?: (table: CrcTable) => ApiModel,
  ) {
    this.resolve = model.variants.size > 0 ? resolve : undefined;
  }

  find(name: string): Message | undefined {
    const known = this.messages.get(name);
    if (known !== undefined) return known;
    const def = this.model.messages.get(name);
    if (def === undefined) return undefined;
    const message = new CompiledMessage(def);
    this.messages.set(name, message);
    return message;
  }

  message(name: string): Message {
    const found = this.find(name);
    if (found !== undefined) return found;
    const unusable = this.model.unusable.get(name);
    if (unusable !== undefined) throw unusableMessage(name, unusable.error);
    const { near, text } = didYouMean(String(name), this.model.messages.keys());
    throw new VppmuxError('UNKNOWN_MESSAGE', `there is no message ${name} in the schema${text}`, {
      messageName: String(name),
      nearest: near,
    });
  }

  forTable(table: CrcTable): Schema {
    if (this.resolve === undefined || this.fits(table)) return this;
    if (this.fitted === undefined || !this.fitted.fits(table))
      this.fitted = new MessageSchema(this.resolve(table), this.resolve);
    return this.fitted;
  }

  /** Every message that files define differently is as in `table`, as far as one of its definitions is. */
  private fits(table: CrcTable): boolean {
    for (const [name, variants] of this.model.variants) {
      const crc = table.get(name)?.crc;
      if (crc !== undefined && variants[0].crc !== crc && variants.some((each) => each.crc === crc)) return false;
    }
    return true;
  }
}

/** The error for using a message whose definition cannot be used. */
export function unusableMessage(name: string, { message, file, path }: SchemaError): SchemaError {
  const text = `the definition of ${name} cannot be used: ${message}; other messages can`;
  return new SchemaError('SCHEMA_INVALID', text, { messageName: name, file, path, outcome: 'not-sent' });
}
