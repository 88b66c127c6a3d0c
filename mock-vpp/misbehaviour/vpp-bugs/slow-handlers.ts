/**
 * Handlers that hold VPP up (WIRE 3.8): while one sleeps, everybody's messages wait. While the command line pings, what comes is lost;
 * while a ping of `want_ping_finished_events` is under way, the first message ends it.
 */
import { slowRequest } from '../../../src/mux/internal.js';
import type { Incoming } from '../../handlers/call.js';
import { pingOf } from '../../kinds/host/pings.js';
import type { Client, OutFrame } from '../../wire/client.js';
import type { FaultHost } from '../fault-host.js';
import { Hold } from '../hold.js';

/** Time of a handler that sleeps for as long as its work takes, milliseconds. */
const SOME_MS = 20;
/** The mock has no devices whose drivers would be waited for. */
const NO_PLUGINS = { has: () => false };

export class SlowHandlers {
  /** Client → the time after which the event is sent that it waits for, and the event. */
  private readonly pinging = new WeakMap<Client, { readonly event: string; readonly ms: number }>();

  constructor(private readonly host: FaultHost) {}

  /** Holds the mock up for a request that is known to, and serves it afterwards. False for any other. */
  takes(name: string, client: Client, incoming: Incoming): boolean {
    const slow = slowRequest(name, NO_PLUGINS, []);
    const fields = slow && incoming.hasHandler ? incoming.fields() : undefined;
    if (slow === undefined || fields === undefined) return false;
    const ms = slow.ms?.(fields) ?? SOME_MS;
    if (slow.until !== undefined) {
      this.pinging.set(client, { event: slow.until, ms });
      return false;
    }
    if (name === 'cli_inband') {
      const ping = pingOf(String(fields.cmd));
      if (ping === undefined) return false;
      this.host.hold(new Hold(ping.repeat * ping.seconds * 1000, 'is lost', incoming.keep()));
    } else this.host.hold(new Hold(ms, 'waits', incoming.keep()));
    return true;
  }

  /** Sends a frame, or holds the mock up until it is time for it. */
  send(frame: OutFrame, client: Client, next: (frame: OutFrame) => void): void {
    const due = this.pinging.get(client);
    if (due === undefined || frame.name !== due.event) {
      next(frame);
      return;
    }
    this.pinging.delete(client);
    this.host.hold(new Hold(due.ms, 'ends', () => next(frame)));
  }
}
