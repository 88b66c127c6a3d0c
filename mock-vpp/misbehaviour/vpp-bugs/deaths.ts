/** Requests that VPP dies of. */
import { endsVpp, type Hazard, hazardsOf } from '../../../src/mux/internal.js';
import type { Incoming } from '../../handlers/call.js';
import { Retval } from '../../retvals.js';
import type { Client, OutFrame } from '../../wire/client.js';
import type { FaultHost } from '../fault-host.js';
import { rewritten } from '../rewritten.js';

export class Deaths {
  /** Clients whose registration another one has deleted: VPP dies when they speak again (WIRE 3.13). */
  private readonly deleted = new WeakSet<Client>();
  /** Clients that have done so. */
  private readonly deleters = new WeakSet<Client>();

  constructor(private readonly host: FaultHost) {}

  /** Dies of a request, if VPP does. */
  happens(name: string, client: Client, incoming: Incoming): boolean {
    const reason = this.reasonFor(name, client, incoming);
    if (reason === undefined) return false;
    this.host.die({ request: name, client: client.name, reason });
    return true;
  }

  /** The answer to the deletion of another's registration: it is taken for one's own, and the connection ends. */
  answer(frame: OutFrame, client: Client): OutFrame {
    if (frame.name !== 'sockclnt_delete_reply' || !this.deleters.delete(client)) return frame;
    queueMicrotask(() => client.finish());
    return rewritten(frame, this.host, () => ({ response: 1 }));
  }

  private reasonFor(name: string, client: Client, incoming: Incoming): string | undefined {
    if (this.deleted.has(client)) return 'looks for the registration that another client has deleted, and dies';
    if (name === 'sockclnt_delete') this.markDeleted(client, incoming);
    return hazardsOf(name).find((hazard) => this.isMet(hazard, client, incoming))?.reason;
  }

  private markDeleted(client: Client, incoming: Incoming): void {
    const victim = this.host.clientOf(Number(incoming.fields()?.index));
    if (victim === undefined || victim === client) return;
    this.deleted.add(victim);
    this.deleters.add(client);
  }

  private isMet(hazard: Hazard, client: Client, incoming: Incoming): boolean {
    const { when, lookup, state } = hazard;
    if (!endsVpp(hazard) || state !== undefined) return false;
    const fields = incoming.fields();
    if (fields === undefined || when?.holds(fields) === false) return false;
    if (lookup === undefined) return true;
    // Without a handler there is nothing of it.
    const nothing = lookup.message.endsWith('_dump') ? [] : [{ retval: Retval.UNSPECIFIED }];
    return !lookup.isHarmless(fields, this.host.ask(lookup.message, lookup.ask(fields), client) ?? nothing);
  }
}
