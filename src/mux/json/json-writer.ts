/** The compiled writer of a message's JSON, made when first used. */

import { printable } from '../../printable.js';
import type { ByteWriter, Message, ReadEnd } from '../codec/codec.js';
import { headerLength } from '../schema/messages.js';
import type { MessageDef } from '../schema/model.js';
import { BAD, compileJson, type WriteJson } from './compile-json.js';
import type { ShownOptions } from './shown-fields.js';

export interface JsonOptions extends ShownOptions {
  /** True: characters that act on a terminal are escaped, which changes no value (`printable.ts`). Default false. */
  readonly printable?: boolean;
}

const writers = new WeakMap<MessageDef, (WriteJson | undefined)[]>();

/**
 * Appends the JSON of a body in `b[p, end)` to `w`, without its header's fields and without a line end: the bytes of
 * `JSON.stringify(toJson(message, message.read(b, p, end, at), options))`.
 *
 * @throws FieldError what `message.read` throws; `w` is as before then.
 */
export function writeJson(
  message: Pick<Message, 'def' | 'read'>,
  w: ByteWriter,
  b: Buffer,
  p: number,
  end: number,
  at: ReadEnd,
  options: JsonOptions,
): void {
  const { pos } = w;
  try {
    writerOf(message.def, options)(w, b, p, end, at);
  } catch (error) {
    w.pos = pos;
    if (error === BAD) message.read(b, p, end, at);
    throw error;
  }
}

function writerOf(def: MessageDef, options: JsonOptions): WriteJson {
  let own = writers.get(def);
  if (own === undefined) {
    own = [];
    writers.set(def, own);
  }
  const which =
    Number(options.names === true) + 2 * Number(options.allArms === true) + 4 * Number(options.printable === true);
  own[which] ??= compileJson(
    def,
    headerLength(def.fields),
    options,
    options.printable ? escapePrintable : JSON.stringify,
  );
  return own[which];
}

const escapePrintable = (text: string) => printable(JSON.stringify(text));
