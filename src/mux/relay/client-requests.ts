/**
 * Handles the frames of one client: each is sent on, answered here in their turn, or refused.
 *
 *   frame ──▶ rule of its id ──▶ whole? of this client? within its rate? ──▶ guard (access, policy) ──▶ window
 *                 │                                                            │
 *                 └─▶ answered here, behind a fence ◀── refusal ◀──────────────┘
 *
 * Hot path, held by the benchmark `relay`: `handle` of a request that is simply sent on.
 */

import { reasonOf } from '../../thrown.js';
import type { ChannelHost } from '../channel/host.js';
import type { Fields } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import { isSuspect } from '../hazards/find.js';
import type { AdmittedRequest } from '../interceptors/admitted-request.js';
import { readU32 } from '../link/frame.js';
import type { EncodedRequest } from '../session/exchange.js';
import { ClientAnswers } from './client-answers.js';
import { ClientRegistrations } from './client-registrations.js';
import type { ClientSide } from './client-side.js';
import { type Forwarded, isForwarded } from './frame-rules.js';
import { PassingFrame } from './passing-frame.js';
import { RateLimit } from './rate-limit.js';
import { RETVAL, type RefusalKind, refusalKind } from './refusals.js';
import { RelayedRequest } from './relayed-request.js';

const NO_FIELDS: Fields = {};
const PASSING = new PassingFrame();
const TOO_FAST = 'it sends more messages a second than its limit';

export class ClientRequests {
  readonly answers: ClientAnswers;
  readonly registrations: ClientRegistrations;
  private readonly rate: RateLimit | undefined;

  constructor(
    private readonly client: ClientSide,
    private readonly host: ChannelHost,
    log: (level: 'debug' | 'info' | 'warn', text: string) => void,
  ) {
    this.answers = new ClientAnswers(client, host, log);
    this.registrations = new ClientRegistrations(client, host.subscriptions);
    const { messagesPerSecond } = client.settings.limits;
    this.rate = messagesPerSecond > 0 ? new RateLimit(messagesPerSecond) : undefined;
  }

  /** Takes one body. */
  handle(bytes: Buffer, start: number, end: number): void {
    if (end - start < 2) {
      this.answers.drop('a message', 'it has no id');
      return;
    }
    const rule = this.client.tables.rules.of((bytes[start] << 8) | bytes[start + 1]);
    if (!isForwarded(rule)) this.answers.local(rule, bytes, start, end);
    else if (this.isFit(rule, bytes, start, end)) this.request(rule, bytes, start, end);
  }

  /** Called at an answer that is to be kept, or changed, or changes what registrations cover: `bytes[start, end)` is what the client gets. */
  answered({ plan, idOffset, isKept }: Forwarded, bytes: Buffer, start: number, end: number): void {
    const { tables } = this.client;
    if (plan.renews) this.host.subscriptions.renew(plan.renews);
    if (idOffset >= 0 && end - start >= idOffset + 2) {
      const id = tables.ids.toClient[bytes.readUInt16BE(start + idOffset)];
      if (id >= 0) bytes.writeUInt16BE(id, start + idOffset);
    }
    if (isKept && end - start >= 10 && bytes.readInt32BE(start + 6) === 0) {
      tables.kept.set(plan.name, Buffer.from(bytes.subarray(start, end)));
    }
  }

  close(): void {
    this.registrations.close();
  }

  private isFit({ plan, clientIndexOffset, isWhole }: Forwarded, bytes: Buffer, start: number, end: number): boolean {
    if (!isWhole(bytes, start, end)) {
      this.answers.drop(plan.name, `${end - start} bytes are not a whole one`);
      return false;
    }
    if (clientIndexOffset >= 0 && !this.answers.isOwn(readU32(bytes, start + clientIndexOffset))) {
      this.answers.drop(plan.name, 'it has the index of another client');
      return false;
    }
    return true;
  }

  private request(rule: Forwarded, bytes: Buffer, start: number, end: number): void {
    if (this.rate?.take() === false) {
      this.answers.refuse(rule, bytes, start, 'busy', TOO_FAST);
      return;
    }
    if (rule.isPlain && this.host.gate === undefined) this.send(rule, bytes, start, end);
    else this.examine(rule, Buffer.from(bytes.subarray(start, end)));
  }

  /** Returns false where it is refused. */
  private send(rule: Forwarded, bytes: Buffer, start: number, end: number): boolean {
    const { client } = this;
    const { plan, contextOffset } = rule;
    const { session, guard } = client;
    const frame = PASSING.set(rule, session.clientIndex, bytes, start, end);
    let encoded: EncodedRequest = frame;
    let admitted: AdmittedRequest | undefined;
    try {
      if (guard !== undefined && !guard.isForwarded(plan)) {
        encoded = frame.keep();
        admitted = guard.admitEncoded(plan, encoded);
        if (client.closed) return false; // a listener has ended it
      }
      if (plan.kind === 'oneway') {
        this.sendOneway(rule, encoded.keep?.() ?? encoded);
        return true;
      }
      const clientContext = contextOffset < 0 ? 0 : readU32(bytes, start + contextOffset);
      const exchange = new RelayedRequest(session, client.window, rule, clientContext, client);
      admitted?.follow(exchange);
      this.answers.passed();
      client.window.submit(exchange, NO_FIELDS, encoded);
      return true;
    } catch (error) {
      if (!(error instanceof VppmuxError)) throw error;
      this.answers.refuse(rule, bytes, start, refusalKind(error), error.message);
      return false;
    }
  }

  /** Goes in its turn, too, where others of the client wait. */
  private sendOneway({ plan }: Forwarded, encoded: EncodedRequest): void {
    const go = () => {
      try {
        this.client.session.sendOneway(plan, encoded);
      } catch (error) {
        this.answers.drop(plan.name, reasonOf(error));
      }
    };
    if (this.client.window.waiting > 0) this.answers.fence({ reached: go });
    else go();
  }

  /** A request that is looked at before it is sent: it may harm VPP, ask for events, or have been answered before. */
  private examine(rule: Forwarded, body: Buffer): void {
    const kept = rule.isKept ? this.client.tables.kept.get(rule.plan.name) : undefined;
    if (kept !== undefined) {
      this.answerAgain(rule, body, kept);
      return;
    }
    const gateOpen = this.host.gate?.admit(rule.plan.name);
    if (gateOpen === undefined) {
      this.examined(rule, body);
      return;
    }
    const busy = (error: unknown) => this.answers.refuse(rule, body, 0, 'busy', reasonOf(error));
    this.after(gateOpen, rule, body, () => this.examined(rule, body), busy);
  }

  private answerAgain(rule: Forwarded, body: Buffer, kept: Buffer): void {
    const { guard, session } = this.client;
    try {
      guard?.admitEncoded(rule.plan, PASSING.set(rule, session.clientIndex, body, 0, body.length).keep());
    } catch (error) {
      this.answers.refuse(rule, body, 0, refusalKind(error), reasonOf(error));
      return;
    }
    this.answers.again(kept, readU32(body, rule.contextOffset));
  }

  private examined(rule: Forwarded, body: Buffer): void {
    const { client, host } = this;
    const { plan, does, events } = rule;
    const hazards = plan.hazards && host.hazards;
    const needsFields = does === 'register' || events.length > 0 || hazards !== undefined;
    const fields = needsFields ? plan.message.read(body, 0, body.length, { end: 0 }) : NO_FIELDS;
    const go = () => (does === 'register' ? this.register(rule, body, fields) : this.act(rule, body, fields));
    const forbid = (error: unknown) => {
      const kind = refusalKind(error);
      if (kind === 'unsupported') this.answers.forbid(rule, body, fields, reasonOf(error));
      else this.answers.refuse(rule, body, 0, kind, reasonOf(error));
    };
    if (!hazards || !plan.hazards || !isSuspect(plan.hazards, fields)) {
      go();
      return;
    }
    try {
      const due = hazards.due(plan.name, plan.hazards, fields);
      if (due.length === 0) go();
      else this.after(hazards.lookUp(plan.name, due, fields, client.session), rule, body, go, forbid);
    } catch (error) {
      forbid(error);
    }
  }

  private act(rule: Forwarded, body: Buffer, fields: Fields): void {
    const { client } = this;
    if (rule.traces) client.tables.traces.before(rule.traces, body, client);
    if (this.send(rule, body, 0, body.length) && rule.events.length > 0) this.registrations.acts(rule, fields);
  }

  /** A want_* request: everything before it is answered first, and nothing of the client goes on before it is. */
  private register(rule: Forwarded, body: Buffer, fields: Fields): void {
    const release = this.client.hold();
    const context = readU32(body, rule.contextOffset);
    const ask = async () => {
      try {
        const retval = await this.registrations.want(rule, fields);
        if (!this.client.closed) this.client.tell(this.answers.retval(rule.plan, context, retval));
      } catch (error) {
        const kind: RefusalKind = refusalKind(error);
        if (!this.client.closed) this.answers.refuse(rule, body, 0, kind, reasonOf(error));
      } finally {
        release();
      }
    };
    const lost = () => {
      release();
      return this.answers.retval(rule.plan, context, RETVAL.lost);
    };
    this.answers.fence({ reached: () => void ask(), lost });
  }

  /** Holds the client until `work` is done. By then its session may have ended, and it may be on another one, with other ids. */
  private after(
    work: Promise<void>,
    rule: Forwarded,
    body: Buffer,
    go: () => void,
    refuse: (error: unknown) => void,
  ): void {
    const { client } = this;
    const { tables } = client;
    const release = client.hold();
    const done = (next: () => void) => {
      try {
        if (!client.closed) next();
      } catch (error) {
        client.end(`its ${rule.plan.name} could not be handled: ${reasonOf(error)}`);
      } finally {
        release();
      }
    };
    const goOn = () => {
      if (client.tables !== tables) this.handle(body, 0, body.length);
      else if (client.session.isAlive) go();
      else this.answers.refuse(rule, body, 0, 'lost', 'the link to VPP has ended');
    };
    work.then(
      () => done(goOn),
      (error) => done(() => refuse(error)),
    );
  }
}
