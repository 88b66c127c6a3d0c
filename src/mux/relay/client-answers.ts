/**
 * Answers of the relay's own to one client: handshakes, goodbyes, refusals. Each stands behind a fence, so that it comes
 * in the order of the client's requests.
 */

import type { ChannelHost } from '../channel/host.js';
import type { Fields, Message } from '../codec/codec.js';
import { ForbiddenMessage } from '../interceptors/listened-messages.js';
import { readU32, writeU32 } from '../link/frame.js';
import { goodbyeBody, greet, refusalBody, retvalBody } from './answers.js';
import type { ClientSide } from './client-side.js';
import { Fence } from './fence.js';
import type { Forwarded, OtherRule } from './frame-rules.js';
import { nameIn } from './greeting.js';
import { RETVAL, type RefusalKind } from './refusals.js';

const NO_FIELDS: Fields = {};
/** Lines in the log about one client; what it does over and over is counted only. */
const MOST_LINES = 20;

export class ClientAnswers {
  /** Messages that were answered with a refusal. */
  refused = 0;
  /** Messages on which nothing was done, as VPP would not. */
  dropped = 0;
  private readonly told = new Set<string>();

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
    if (rule.does === 'drop') this.drop(rule.name, rule.why);
    else if (end - start < 10) this.drop(rule.name, `${end - start} bytes are not a whole one`);
    else if (rule.does === 'create') this.greetAgain(nameIn(bytes, start, end), readU32(bytes, start + 2));
    else if (!this.isOwn(readU32(bytes, start + 2))) this.drop(rule.name, 'it has the index of another client');
    else this.answer(rule, readU32(bytes, start + 6));
  }

  /** Sends the reply to a request that it was made for before, with this context. */
  again(kept: Buffer, context: number): void {
    this.fence(() => {
      const body = Buffer.from(kept);
      writeU32(body, 2, context);
      this.client.tell(body);
    });
  }

  /** Sends a reply that has a retval and nothing else; without a fence: its turn has come. */
  retval(replyId: number, context: number, retval: number): void {
    const { client } = this;
    if (!client.closed) client.tell(retvalBody(client.tables.ids.toClient[replyId], context, retval));
  }

  /** Refuses a request. */
  refuse({ plan, contextOffset }: Forwarded, bytes: Buffer, start: number, kind: RefusalKind, why: string): void {
    if (plan.kind === 'oneway') {
      this.drop(plan.name, why);
      return;
    }
    const reply = plan.kind === 'dump' ? undefined : this.client.session.catalogue.entries[plan.replyId]?.message;
    const context = contextOffset < 0 ? 0 : readU32(bytes, start + contextOffset);
    this.refuseWith(plan.name, reply?.hasRetval ? reply : undefined, context, kind, why);
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

  /** Calls `reached` when VPP has answered everything that the client sent before; `lost` where the link ends before that. */
  fence(reached: () => void, lost: () => void = () => {}): void {
    const { client } = this;
    const { ping, session } = client.tables;
    const fence = new Fence(session, ping, client.window, (isReached) => {
      if (client.closed) return;
      if (isReached) reached();
      else lost();
    });
    try {
      client.window.submit(fence, NO_FIELDS);
    } catch {
      client.end('too much waits for VPP');
    }
  }

  private greetAgain(name: string, context: number): void {
    const { client } = this;
    if (name !== '') client.name = name;
    this.fence(() => client.tell(greet(client.tables.handshakeBody, context, client.index)));
  }

  private answer(rule: Exclude<OtherRule, { does: 'drop' | 'create' }>, context: number): void {
    const { client } = this;
    const { tables } = client;
    if (rule.does === 'keepalive') {
      this.fence(() => client.tell(retvalBody(tables.idOf('memclnt_keepalive_reply'), context, 0)));
    } else if (rule.does === 'delete') {
      const leave = () => {
        client.tell(goodbyeBody(tables.idOf('sockclnt_delete_reply'), context));
        client.finish();
      };
      this.fence(leave, () => client.end(undefined));
    } else {
      this.host.dataListeners?.forbidden(client, new ForbiddenMessage(rule.name, NO_FIELDS), rule.why);
      this.refuseWith(rule.name, rule.reply, context, 'unsupported', rule.why);
    }
  }

  /** Answers with a refusal; where no answer can say that, as for a dump, ends the client. */
  private refuseWith(name: string, reply: Message | undefined, context: number, kind: RefusalKind, why: string): void {
    const { client } = this;
    this.refused++;
    if (reply !== undefined) {
      this.tellOnce(name, `is refused (${RETVAL[kind]}): ${why}`);
      this.fence(() => client.tell(refusalBody(reply, client.tables.idOf(reply.name), context, RETVAL[kind])));
    } else if (client.session.catalogue.schema.find(name)?.def.service === undefined) {
      // VPP answers nothing to it either.
      this.tellOnce(name, `is not sent on: ${why}`);
    } else {
      const refused = () => client.finish(`${name} is refused, which only its end can say: ${why}`);
      this.fence(refused, () => client.end(undefined));
    }
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
