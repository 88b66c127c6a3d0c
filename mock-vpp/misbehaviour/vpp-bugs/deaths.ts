/** Requests that VPP dies of, or hangs of. */
import { endOfVpp, type Hazard, type HazardState, hazardsOf } from '../../../src/mux/internal.js';
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

  /** Dies of a request, if VPP does; or serves it, and hangs. */
  happens(name: string, client: Client, incoming: Incoming): boolean {
    if (this.deleted.has(client)) {
      const reason = 'looks for the registration that another client has deleted, and dies';
      this.host.die({ request: name, client: client.name, reason });
      return true;
    }
    if (name === 'sockclnt_delete') this.markDeleted(client, incoming);
    const hazard = hazardsOf(name).find((each) => this.isMet(each, client, incoming));
    if (hazard === undefined) return false;
    const { reason } = hazard;
    if (endOfVpp(hazard) === 'dies') this.host.die({ request: name, client: client.name, reason });
    else {
      incoming.keep()();
      this.host.hang(`${reason}: it was sent ${name} by client "${client.name}"`);
    }
    return true;
  }

  /** The answer to the deletion of another's registration: it is taken for one's own, and the connection ends. */
  answer(frame: OutFrame, client: Client): OutFrame {
    if (frame.name !== 'sockclnt_delete_reply' || !this.deleters.delete(client)) return frame;
    queueMicrotask(() => client.finish());
    return rewritten(frame, this.host, () => ({ response: 1 }));
  }

  private markDeleted(client: Client, incoming: Incoming): void {
    const victim = this.host.clientOf(Number(incoming.fields()?.index));
    if (victim === undefined || victim === client) return;
    this.deleted.add(victim);
    this.deleters.add(client);
  }

  /** Where it depends on a state, the handler tells (`Vpp.dies`). */
  private isMet(hazard: Hazard, client: Client, incoming: Incoming): boolean {
    const { when, lookup, state } = hazard;
    if (endOfVpp(hazard) === undefined || state !== undefined) return false;
    const fields = incoming.fields();
    if (fields === undefined || when?.holds(fields) === false) return false;
    if (lookup === undefined) return true;
    // Without a handler there is nothing of it.
    const nothing = lookup.message.endsWith('_dump') ? [] : [{ retval: Retval.UNSPECIFIED }];
    return !lookup.isHarmless(fields, this.host.ask(lookup.message, lookup.ask(fields), client) ?? nothing);
  }
}

/** The fault of VPP that ends it when it is sent `request` in a state. Throws for one that the table of hazards does not have. */
export function reasonIn(state: HazardState, request: string): string {
  const found = hazardsOf(request).find((hazard) => hazard.state === state);
  if (found === undefined) throw new Error(`the table of hazards does not have ${request} in the state ${state}`);
  return found.reason;
}
