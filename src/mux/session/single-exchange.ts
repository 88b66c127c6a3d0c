/** One request, one reply. */

import type { Fields } from '../codec/codec.js';
import { retvalOf } from '../retval.js';
import type { Entry, Plan } from './catalogue.js';
import { Exchange, type Owner } from './exchange.js';
import * as failure from './failures.js';
import type { Session } from './session.js';

export class SingleExchange extends Exchange {
  constructor(
    session: Session,
    plan: Plan,
    owner: Owner,
    timeoutMs: number,
    private readonly anyRetval: boolean,
    protected readonly resolve: (reply: Fields) => void,
    protected readonly reject: (error: Error) => void,
  ) {
    super(session, plan, owner, timeoutMs);
  }

  onReply(entry: Entry, bytes: Buffer, start: number, end: number): void {
    const { session } = this;
    if (!this.release()) return;
    let reply: Fields;
    try {
      reply = session.decode(entry, bytes, start, end);
    } catch (error) {
      this.reject(failure.badReply(this, error as Error));
      return;
    }
    this.watcher?.onReply(entry.name, reply);
    const retval = retvalOf(reply);
    if (retval < 0 && !this.anyRetval) {
      this.reject(failure.refused(this, retval, reply));
      return;
    }
    this.resolve(reply);
  }

  onOther(error: Error): void {
    if (this.release()) this.reject(error);
  }
}
