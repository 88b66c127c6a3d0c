/** The calls of operations over one connection. */

import { failing } from '../mux/call-site.js';
import type { ConnectionError } from '../mux/errors.js';
import { badOption } from '../mux/options/check-options.js';
import { millisecondsProblem } from '../mux/options/kinds.js';
import type { Asked } from './exchange/asked.js';
import { Call } from './exchange/call.js';
import { type Room, Window } from './exchange/window.js';
import type { AgentLink } from './link/agent-link.js';
import { wireTime } from './options.js';
import type { CallOptions } from './types.js';

/** Milliseconds by which the deadline here lies behind the agent's. */
const BEHIND_MS = 2000;
/** Milliseconds of silence for an operation with a time of its own: the agent ends those that take too long. */
const LONGEST_MS = 3_600_000;

export class Calls {
  private readonly window: Window;
  private readonly asked = new Set<Asked>();

  /** `usable` throws while no call can be made; `settled` is called when one has ended. */
  constructor(
    room: Room,
    private readonly usable: () => unknown,
    private readonly settled: () => void,
  ) {
    this.window = new Window(Number.POSITIVE_INFINITY, room);
  }

  get isIdle(): boolean {
    return this.asked.size === 0;
  }

  call(operation: string, input: unknown, { timeoutMs, signal, progress }: CallOptions): Promise<unknown> {
    return new Promise((resolve) => {
      try {
        const problem = timeoutMs === undefined ? undefined : millisecondsProblem(timeoutMs);
        if (problem !== undefined) throw badOption('timeoutMs', `timeoutMs ${problem}`);
        this.usable();
        const deadlineMs = timeoutMs === undefined ? LONGEST_MS : timeoutMs + BEHIND_MS;
        const options = { subject: { name: operation }, window: this.window, deadlineMs, signal, onOver: this.onOver };
        const call = new Call(options, { operation, input, timeoutMs: wireTime(timeoutMs) }, resolve, progress);
        this.asked.add(call);
        call.submit();
      } catch (error) {
        resolve(failing(error));
      }
    });
  }

  open(link: AgentLink): void {
    this.window.open(link);
  }

  /** The link is lost, or the connection closed. */
  lost(cause: ConnectionError): void {
    this.window.close();
    for (const each of [...this.asked]) each.lost(cause);
  }

  private readonly onOver = (call: Asked) => {
    this.asked.delete(call);
    this.settled();
  };
}
