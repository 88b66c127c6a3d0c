/** Tables of one session for the clients of API sockets: ids, rules, the handshake, and answers that never change. */

import type { Message } from '../codec/codec.js';
import type { Plan } from '../session/message-catalogue.js';
import { wireEntries } from '../session/message-table.js';
import type { Session } from '../session/session.js';
import { handshakeBody } from './answers.js';
import { FrameRules } from './frame-rules.js';
import type { IdTable, MessageIds } from './message-ids.js';
import { pingOutOfTurn } from './ping-out-of-turn.js';
import { TraceCache } from './trace-cache.js';

/** Messages of memclnt.api begin so, or are these; their ids are compiled into C clients. */
const MEMCLNT =
  /^(?:memclnt_|sockclnt_|sock_init_shm|rx_thread_exit|rpc_call|get_first_msg_id|get_api_json|api_versions|trace_plugin_msg_ids|message_table_entry|control_ping)/;

export class SessionTables {
  readonly ids: IdTable;
  readonly rules: FrameRules;
  /** True when clients know messages by VPP's own ids. */
  readonly isIdentity: boolean;
  readonly ping: Plan;
  /** Answers that stay the same, by the name of the request: whole bodies. */
  readonly kept = new Map<string, Buffer>();
  readonly traces = new TraceCache();
  private handshake: Buffer | undefined;

  constructor(
    readonly session: Session,
    ids: MessageIds,
  ) {
    const { catalogue } = session;
    const entries = wireEntries(catalogue.table);
    this.ids = ids.tableOf(entries, (name) => MEMCLNT.test(name));
    this.rules = new FrameRules(catalogue, this.ids.toVpp);
    this.isIdentity = entries.every(({ index }) => this.ids.toClient[index] === index);
    this.ping = catalogue.plan('control_ping');
    session.fenceId = this.ping.replyId;
    session.fairQueue.onOpenEnds = () => this.lookForEnds();
  }

  /** Asks VPP what it has passed: a client that never pings, or has left, would not let go of dumps, and of what VPP does not answer. */
  lookForEnds(): void {
    if (this.session.inFlight > 0) pingOutOfTurn(this.session, this.ping);
  }

  /** Body of the handshake's reply, for `greet`; the same buffer each time. */
  get handshakeBody(): Buffer {
    this.handshake ??= handshakeBody(this.ids.entries);
    return this.handshake;
  }

  /** The reply to a request of one reply; undefined where it has no definition. */
  replyOf({ replyName }: Plan): Message | undefined {
    return this.session.catalogue.schema.find(replyName);
  }

  /** A client's id for VPP's message `name`, -1 where VPP has none. */
  idOf(name: string): number {
    const id = this.session.catalogue.table.get(name)?.id;
    return id === undefined ? -1 : this.ids.toClient[id];
  }
}
