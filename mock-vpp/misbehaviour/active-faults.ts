/** The active faults, in the order they were asked for, and the way of a frame through them. */
import type { MessageDef } from '../../src/mux/internal.js';
import type { Incoming } from '../handlers/call.js';
import type { Client, OutFrame } from '../wire/client.js';
import { promptly, whole } from '../wire/outbox.js';
import type { FaultHooks } from './fault-hooks.js';
import type { Death } from './fault-host.js';

export class ActiveFaults {
  private readonly active = new Map<string, FaultHooks>();
  private list: readonly FaultHooks[] = [];

  constructor(private readonly clients: () => Iterable<Client>) {}

  get any(): boolean {
    return this.list.length > 0;
  }

  /** Replaces the fault of the same name. */
  set(name: string, fault: FaultHooks): void {
    this.remove(name);
    this.active.set(name, fault);
    this.list = [...this.active.values()];
    for (const client of this.clients()) {
      this.setTiming(client);
      fault.begin?.(client);
    }
  }

  remove(name: string): void {
    const fault = this.active.get(name);
    if (fault === undefined) return;
    this.active.delete(name);
    this.list = [...this.active.values()];
    for (const client of this.clients()) {
      this.setTiming(client);
      fault.end?.(client);
    }
  }

  clear(): void {
    for (const name of [...this.active.keys()]) this.remove(name);
  }

  /** Begins the active faults for a client that has just connected. */
  beginFor(client: Client): void {
    this.setTiming(client);
    for (const fault of this.list) fault.begin?.(client);
  }

  /** Whether the request is served; false: a fault makes it vanish. */
  admits(name: string, client: Client, incoming: Incoming): boolean {
    return this.list.every((fault) => fault.request?.(name, client, incoming) ?? true);
  }

  /** Dies of a request in a state that its handler has found. False: no fault does so. */
  dies(death: Death): boolean {
    const fault = this.list.find((each) => each.dies !== undefined);
    fault?.dies?.(death);
    return fault !== undefined;
  }

  /** Takes note of a client that has disconnected, or whose connection broke. */
  left(): void {
    for (const fault of this.list) fault.left?.();
  }

  frame(frame: OutFrame, client: Client): void {
    this.pass(frame, client, this.list, 0);
  }

  crcOf(def: MessageDef): string {
    for (const fault of this.list) {
      const crc = fault.crcOf?.(def);
      if (crc !== undefined) return crc;
    }
    return def.crc;
  }

  private pass(frame: OutFrame, client: Client, list: readonly FaultHooks[], from: number): void {
    // A frame that was held back may come after the end of its run, whose message ids the faults ask for.
    if (client.state === 'closed') return;
    const at = list.findIndex((fault, index) => index >= from && fault.frame !== undefined);
    if (at < 0) client.sendRaw(frame.bytes);
    else list[at].frame!(frame, client, (next) => this.pass(next, client, list, at + 1));
  }

  private setTiming({ outbox }: Client): void {
    outbox.schedule = this.list.find((fault) => fault.schedule !== undefined)?.schedule ?? promptly;
    outbox.deliver = this.list.find((fault) => fault.deliver !== undefined)?.deliver ?? whole;
  }
}
