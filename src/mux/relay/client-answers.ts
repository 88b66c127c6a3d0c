/**
 * Answers of the relay's own to one client: handshakes, goodbyes, refusals. Each stands behind a fence, so that it comes
 * in the order of the client's requests.
 */

import type { ChannelHost } from '../channel/host.js';
import type { Fields, Message } from '../codec/codec.js';
import { ForbiddenMessage } from '../interceptors/listened-messages.js';
import { readU32, writeU32 } from '../link/frame.js';
import type { Plan } from '../session/message-catalogue.js';
import { goodbyeBody, greet, refusalBody, retvalBody } from './answers.js';
import type { ClientSide } from './client-side.js';
import { Fence } from './fence.js';
import type { Forwarded, OtherRule } from './frame-rules.js';
import { nameIn } from './greeting.js';
import type { Lost } from './lost-answers.js';
import { RETVAL, type RefusalKind, refusalKind } from './refusals.js';
import type { RelayedRequest } from './relayed-request.js';

/** The turn of something that is done, or answered, here. */
export interface Turn {
  /** Called when VPP has answered everything that the client sent before. */
  readonly reached: () => void;
  /** Answer where the link ends before that, as in `Lost`; none for what has no answer. */
  readonly lost?: Lost['answer'];
}

const NO_FIELDS: Fields = {};
const LINK_LOST = new Error('the link to VPP has ended');
/** Lines in the log about one client; what it does over and over is counted only. */
const MOST_LINES = 20;
/** Turns that one fence stands for: with more of them, a client that waits for VPP is made to wait. */
const MOST_TURNS = 64;

export class ClientAnswers {
  /** Messages that were answered with a refusal. */
  refused = 0;
  /** Messages on which nothing was done, as VPP would not. */
  dropped = 0;
  private readonly told = new Set<string>();
  /** Turns of the last fence, while nothing of the client stands behind it: the next one may share it. */
  private last: Turn[] | undefined;

  constructor(
    private readonly client: ClientSide,
    private readonly host: ChannelHost,
    private readonly log: (level: 'debug' | 'info' | 'warn', text: string) => void,
  ) {}

  /** Whether a message has the client's own index: as it was given, or with its bytes turned round (C's client of some releases). */
  isOwn(index: number): boolean {
    const { index: own } = this.client;
    return index === own || turned(index) === own;
  }

  /** Handles a message that is not sent on. */
  local(rule: OtherRule, bytes: Buffer, start: number, end: number): void {
    if (rule.does === 'pass-over') return;
    if (rule.does === 'drop') this.drop(rule.name, rule.why);
    else if (end - start < 10) this.drop(rule.name, `${end - start} bytes are not a whole one`);
    else if (rule.does === 'create') this.greetAgain(nameIn(bytes, start, end), readU32(bytes, start + 2));
    else if (!this.isOwn(readU32(bytes, start + 2))) this.drop(rule.name, 'it has the index of another client');
    else this.answer(rule, readU32(bytes, start + 6));
  }

  /** Sends the reply to a request that it was made for before, with this context. */
  again(kept: Buffer, context: number): void {
    // Copied when it is sent: the definitions are two megabytes.
    this.inTurn(() => {
      const body = Buffer.from(kept);
      writeU32(body, 2, context);
      return body;
    });
  }

  /** Makes a reply that has a retval and nothing else. */
  retval({ replyName }: Plan, context: number, retval: number): Buffer {
    return retvalBody(this.client.tables.idOf(replyName), context, retval);
  }

  /** Refuses a request. */
  refuse({ plan, contextOffset }: Forwarded, bytes: Buffer, start: number, kind: RefusalKind, why: string): void {
    if (plan.kind === 'oneway') {
      this.drop(plan.name, why);
      return;
    }
    const context = contextOffset < 0 ? 0 : readU32(bytes, start + contextOffset);
    const turn = this.refusal(plan.name, this.replyOf(plan), context, kind, why, true);
    if (turn !== undefined) this.fence(turn);
  }

  /** A fence to put in the place of a request that waits, and may not go any more. */
  instead({ plan, clientContext }: RelayedRequest, refused: Error): Fence | undefined {
    const turn = this.refusal(
      plan.name,
      this.replyOf(plan),
      clientContext,
      refusalKind(refused),
      refused.message,
      plan.kind !== 'oneway',
    );
    return turn && this.fenceFor([turn]);
  }

  /** Refuses a request that would harm VPP, and shows it to listeners. */
  forbid(rule: Forwarded, body: Buffer, fields: Fields, why: string): void {
    this.host.dataListeners?.forbidden(this.client, new ForbiddenMessage(rule.plan.name, fields), why);
    this.refuse(rule, body, 0, 'unsupported', why);
  }

  drop(name: string, why: string): void {
    this.dropped++;
    this.tellOnce(name, `is dropped: ${why}`);
  }

  /** Called when a message of the client is sent on. */
  passed(): void {
    this.last = undefined;
  }

  /** Waits until VPP has answered everything that the client sent before. Turns in a row share one ping. */
  fence(turn: Turn): void {
    const { client } = this;
    if (this.last !== undefined && this.last.length < MOST_TURNS) {
      this.last.push(turn);
      return;
    }
    const turns = [turn];
    this.last = turns;
    const fence = this.fenceFor(turns);
    if (!client.session.isAlive) {
      fence.fail(LINK_LOST);
      return;
    }
    try {
      client.window.submit(fence, NO_FIELDS);
    } catch {
      client.end('too much waits for VPP');
    }
  }

  private fenceFor(turns: Turn[]): Fence {
    const { client } = this;
    const { ping, session } = client.tables;
    const fence: Fence = new Fence(session, ping, client.window, (isReached) => {
      if (this.last === turns) this.last = undefined;
      for (const { reached, lost } of turns) {
        if (client.closed) return;
        if (isReached) reached();
        else if (lost !== undefined) client.unanswered(fence, lost);
      }
    });
    return fence;
  }

  /** Sends what `make` makes, in its turn. */
  private inTurn(make: () => Buffer): void {
    this.fence({ reached: () => this.client.tell(make()), lost: make });
  }

  private replyOf(plan: Plan): Message | undefined {
    const reply = plan.kind === 'dump' ? undefined : this.client.tables.replyOf(plan);
    return reply?.hasRetval ? reply : undefined;
  }

  private greetAgain(name: string, context: number): void {
    const { client } = this;
    if (name !== '') client.name = name;
    this.inTurn(() => Buffer.from(greet(client.tables.handshakeBody, context, client.index)));
  }

  private answer(rule: Exclude<OtherRule, { does: 'drop' | 'create' | 'pass-over' }>, context: number): void {
    const { client } = this;
    const { tables } = client;
    if (rule.does === 'keepalive') {
      this.inTurn(() => retvalBody(tables.idOf('memclnt_keepalive_reply'), context, 0));
    } else if (rule.does === 'delete') {
      const leave = () => {
        client.tell(goodbyeBody(tables.idOf('sockclnt_delete_reply'), context));
        client.finish();
      };
      this.fence({ reached: leave, lost: () => rule.name });
    } else {
      this.host.dataListeners?.forbidden(client, new ForbiddenMessage(rule.name, NO_FIELDS), rule.why);
      const service = client.session.catalogue.schema.find(rule.name)?.def.service;
      const isAnswered = service !== undefined && service.kind !== 'oneway';
      const turn = this.refusal(rule.name, rule.reply, context, 'unsupported', rule.why, isAnswered);
      if (turn !== undefined) this.fence(turn);
    }
  }

  /** Counts a refusal, and gives what is done in its turn: an answer, or, where none can say it, as for a dump, the end of the client. */
  private refusal(
    name: string,
    reply: Message | undefined,
    context: number,
    kind: RefusalKind,
    why: string,
    isAnswered: boolean,
  ): Turn | undefined {
    const { client } = this;
    this.refused++;
    if (reply !== undefined) {
      this.tellOnce(name, `is refused (${RETVAL[kind]}): ${why}`);
      const make = () => refusalBody(reply, client.tables.idOf(reply.name), context, RETVAL[kind]);
      return { reached: () => client.tell(make()), lost: make };
    }
    if (!isAnswered) {
      // VPP answers nothing to it either.
      this.tellOnce(name, `is not sent on: ${why}`);
      return undefined;
    }
    const end = () => client.finish(`${name} is refused, which only its end can say: ${why}`);
    return { reached: end, lost: () => name };
  }

  private tellOnce(name: string, text: string): void {
    const { client, told } = this;
    const line = `${name} of client ${client.id} "${client.name}" ${text}`;
    if (told.has(line) || told.size > MOST_LINES) return;
    told.add(line);
    this.log('warn', told.size > MOST_LINES ? `${line}; what else it does wrong is counted only` : line);
  }
}

function turned(index: number): number {
  return ((index << 24) | ((index & 0xff00) << 8) | ((index >>> 8) & 0xff00) | (index >>> 24)) >>> 0;
}
