// biome-ignore-all lint/plugin: an object with secrets in it may be logged

/**
 * Tickets for the WebSockets of browsers, which can send no `Authorization` there: a page asks for one with its token, and gives it
 * as a subprotocol of its next WebSocket. A ticket stands for the token once, for a few seconds; it is in no URL, so in no log.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The subprotocol of a ticket begins with it. */
export const TICKET_PREFIX = 'vppmux.ticket.';
/** Milliseconds in which a ticket can be used. */
export const TICKET_MS = 10_000;
/** Tickets of one caller, a token at an address, at a time: its oldest one goes when there are more, and never that of another caller. */
const MOST_OF_ONE = 256;
/** Tickets of all callers; the oldest one goes when there are more. */
const MOST = 16_384;
const BYTES = 32;

/** The part of a request that a ticket is made for. */
export interface TicketHolder extends Pick<IncomingMessage, 'headers'> {
  readonly socket?: { readonly remoteAddress?: string };
}

interface Ticket {
  readonly hash: Buffer;
  /** Its address and `authorization`. */
  readonly holder: string;
  /** The `Authorization` that it stands for; undefined for a caller of this machine who has none. */
  readonly authorization: string | undefined;
  readonly until: number;
}

export class Tickets {
  readonly #now: () => number;
  /** By the hash of each; in the order in which they were made. */
  readonly #tickets = new Map<string, Ticket>();
  /** In the same order. */
  readonly #byHolder = new Map<string, Set<Ticket>>();

  /** `now` gives milliseconds that only grow. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Makes a ticket for the sender of this request, who has been let in. Returns the subprotocol to offer. */
  issue({ headers: { authorization }, socket }: TicketHolder): string {
    this.#forgetOld();
    const text = `${TICKET_PREFIX}${randomBytes(BYTES).toString('base64url')}`;
    const holder = `${socket?.remoteAddress}\n${authorization}`;
    const ticket = { hash: sha256(text), holder, authorization, until: this.#now() + TICKET_MS };
    const own = this.#byHolder.get(holder) ?? new Set();
    if (own.size >= MOST_OF_ONE) this.#forget(firstOf(own));
    else if (this.#tickets.size >= MOST) this.#forget(firstOf(this.#tickets.values()));
    this.#tickets.set(keyOf(ticket), ticket);
    this.#byHolder.set(holder, own.add(ticket));
    return text;
  }

  /**
   * Gives a request that offers a valid ticket the `Authorization` that the ticket stands for, and uses the ticket up. The request is
   * then let in, or not, as if it had come with that: also later, when tokens have changed. Other requests stay as they are.
   */
  redeem({ headers }: Pick<IncomingMessage, 'headers'>): void {
    const offered = protocolsOf(headers['sec-websocket-protocol']).find(isTicket);
    if (offered === undefined || headers.authorization !== undefined) return;
    const hash = sha256(offered);
    // The time of a look-up by a hash tells nothing of the ticket.
    this.#forgetOld();
    const kept = this.#tickets.get(keyOf({ hash }));
    const found = kept !== undefined && timingSafeEqual(kept.hash, hash) ? kept : undefined;
    if (found === undefined) {
      // Refused as an unknown token is: a caller of this machine who needs none does not need a ticket either.
      headers.authorization = 'Bearer ticket-is-used-or-over';
      return;
    }
    this.#forget(found);
    if (found.authorization !== undefined) headers.authorization = found.authorization;
  }

  #forget(ticket: Ticket | undefined): void {
    if (ticket === undefined) return;
    this.#tickets.delete(keyOf(ticket));
    const own = this.#byHolder.get(ticket.holder);
    own?.delete(ticket);
    if (own?.size === 0) this.#byHolder.delete(ticket.holder);
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const ticket of this.#tickets.values()) {
      if (ticket.until > now) return;
      this.#forget(ticket);
    }
  }
}

/** Picks the subprotocol that is answered: the first one that is no ticket, of those that are `spoken` where that is known. */
export function chosenProtocol(offered: Iterable<string>, spoken?: readonly string[]): string | false {
  for (const each of offered) if (!isTicket(each) && spoken?.includes(each) !== false) return each;
  return false;
}

const isTicket = (protocol: string) => protocol.startsWith(TICKET_PREFIX);
const protocolsOf = (header = '') => header.split(',').map((each) => each.trim());
const firstOf = ([first]: Iterable<Ticket>): Ticket | undefined => first;
const keyOf = ({ hash }: Pick<Ticket, 'hash'>) => hash.toString('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest();
