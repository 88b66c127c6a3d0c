/** VPP as one call of an operation sees it. */

import type { z } from 'zod';
import { fault } from '../../agent/operations/fault.js';
import { type Implementation, implement, type OperationContext } from '../../agent/operations/implement.js';
import type { Operation } from '../../agent/operations/operation.js';
import type { Channel, Fields } from '../../mux/index.js';
import type { Mux } from '../govpp/token.js';

export class VppCall {
  readonly #mux: Mux;
  readonly #channel: Channel;
  readonly #signal: AbortSignal;

  constructor(mux: Mux, channel: Channel, signal: AbortSignal) {
    this.#mux = mux;
    this.#channel = channel;
    this.#signal = signal;
  }

  request(name: string, fields: Fields = {}, options: { readonly anyRetval?: boolean } = {}): Promise<Fields> {
    return this.#channel.request(name, fields, { ...options, signal: this.#signal });
  }

  dump(name: string, fields: Fields = {}): Promise<Fields[]> {
    return this.#channel.dump(name, fields, { signal: this.#signal }).toArray();
  }

  /** The same one by one, for what may be long. */
  each(name: string, fields: Fields, take: (details: Fields) => void): Promise<void> {
    return this.#channel.dump(name, fields, { signal: this.#signal }).observe().forEach(take);
  }

  has(message: string): boolean {
    return this.#mux.table.has(message);
  }

  /** The first of `names` that the running VPP has: releases differ. While VPP is away the first, which fails as it should. */
  newest(...names: readonly string[]): string {
    return names.find((name) => this.has(name)) ?? names[0];
  }

  /** Throws ENOTSUP when the running VPP has no `message`: `what` comes with one of its plugins. */
  need(message: string, plugin: string, what: string): void {
    if (this.has(message) || this.#mux.table.size === 0) return;
    throw fault('ENOTSUP', `this VPP has no ${what}: ${plugin} is not loaded (its message table has no ${message})`);
  }
}

/** `implement` for an operation over VPP: on a channel of its own, which bears its name and only reads where it does. */
export function overVpp<I extends z.ZodObject, O extends z.ZodType>(
  mux: Mux,
  operation: Operation<I, O>,
  run: (vpp: VppCall, input: z.output<I>, ctx: OperationContext) => Promise<z.input<O>>,
): Implementation {
  return implement(operation, async (ctx: OperationContext, input) => {
    const channel = mux.channel({ name: operation.name, access: operation.access });
    try {
      return await run(new VppCall(mux, channel, ctx.signal), input, ctx);
    } finally {
      channel.close();
    }
  });
}
