/** Tickets: what a browser's WebSocket has in place of a token. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { TICKET_MS, TICKET_PREFIX, Tickets } from '../../../src/plugins/http/tickets.js';
import { serve } from './support.js';

const READ = 'a-token-that-may-read';
const WRITE = 'a-token-that-may-write';
const TOKENS = { 'read-token': READ, 'write-token': WRITE, 'loopback-access': 'none' };

const offering = (protocols: string, more = {}) => ({ headers: { 'sec-websocket-protocol': protocols, ...more } });

describe('tickets', () => {
  const holder = { headers: { authorization: `Bearer ${WRITE}` } };

  it('one that is valid: stands for the token of its holder, once', () => {
    const tickets = new Tickets();
    const ticket = tickets.issue(holder);
    expect(ticket).toMatch(/^vppmux\.ticket\.[\w-]{43}$/);
    const first = offering(`own.protocol, ${ticket}`);
    tickets.redeem(first);
    expect(first.headers).toMatchObject(holder.headers);
    const second = offering(ticket);
    tickets.redeem(second);
    expect(second.headers).not.toMatchObject(holder.headers);
  });

  it('one that is too old: is not known', () => {
    let now = 0;
    const tickets = new Tickets(() => now);
    const [inTime, late] = [tickets.issue(holder), tickets.issue(holder)];
    now = TICKET_MS - 1;
    const good = offering(inTime);
    tickets.redeem(good);
    expect(good.headers).toMatchObject(holder.headers);
    now = TICKET_MS;
    const bad = offering(late);
    tickets.redeem(bad);
    expect(bad.headers).not.toMatchObject(holder.headers);
  });

  it('one of a caller who needs no token: leaves the request as it is', () => {
    const tickets = new Tickets();
    const request = offering(tickets.issue({ headers: {} }));
    const before = { ...request.headers };
    tickets.redeem(request);
    expect(request.headers).toEqual(before);
  });

  it('requests without a ticket, or with a token: stay as they are', () => {
    const tickets = new Tickets();
    const ticket = tickets.issue(holder);
    for (const request of [{ headers: {} }, offering('own'), offering(ticket, { authorization: 'Bearer mine' })]) {
      const before = { ...request.headers };
      tickets.redeem(request);
      expect(request.headers).toEqual(before);
    }
  });

  const isGood = (tickets: Tickets, ticket: string) => {
    const request = offering(ticket);
    tickets.redeem(request);
    return (request.headers as { authorization?: string }).authorization === holder.headers.authorization;
  };

  it('thousands of them of one caller: its oldest go, and none of another one', () => {
    const tickets = new Tickets();
    const at = (remoteAddress: string) => ({ ...holder, socket: { remoteAddress } });
    const others = [tickets.issue(at('192.0.2.7')), tickets.issue({ headers: { authorization: 'Bearer other' } })];
    const all = Array.from({ length: 1000 }, () => tickets.issue(holder));
    expect(all.filter((ticket) => isGood(tickets, ticket))).toEqual(all.slice(-256));
    expect(isGood(tickets, others[0])).toBe(true);
    const other = offering(others[1]);
    tickets.redeem(other);
    expect(other.headers).toMatchObject({ authorization: 'Bearer other' });
  });

  it('of very many callers: the oldest go', () => {
    const tickets = new Tickets(() => 0);
    const of = (at: number) => tickets.issue({ ...holder, socket: { remoteAddress: String(at) } });
    const first = of(0);
    const rest = Array.from({ length: 16_384 }, (_, at) => of((at >> 8) + 1));
    expect(isGood(tickets, first)).toBe(false);
    expect(isGood(tickets, rest[0])).toBe(true);
  });

  it('kept: neither they nor the tokens can be seen', () => {
    const tickets = new Tickets();
    tickets.issue(holder);
    expect(JSON.stringify(tickets)).toBe('{}');
    expect(Object.keys(tickets)).toEqual([]);
  });
});

describe('a WebSocket with a ticket', () => {
  async function server(settings: Record<string, unknown> = TOKENS) {
    const { url, http, agent } = await serve((http) => {
      http.server.post('/ticket', { config: { access: 'read' } }, ({ raw }) => ({ ticket: http.ticket(raw) }));
      http.socket('/live', (socket, _, caller) => socket.send(`${caller.name}: ${caller.access}`));
    }, settings);
    const ticket = async (headers: Record<string, string>) => {
      const response = await fetch(`${url}/ticket`, { method: 'POST', headers });
      return ((await response.json()) as { ticket: string }).ticket;
    };
    const open = (protocols: string[], headers: Record<string, string> = {}) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, protocols, { headers });
      onTestFinished(() => socket.terminate());
      return new Promise<string>((resolve) => {
        socket.on('error', ({ message }) => resolve(message));
        socket.on('message', (data) => resolve(`${data} (${socket.protocol})`));
      });
    };
    return { ticket, open, http, agent };
  }

  it('is let in as the holder of the token, once; its own subprotocol is answered', async () => {
    const { ticket, open } = await server();
    for (const [token, who] of [
      [READ, 'read-token: read'],
      [WRITE, 'write-token: write'],
    ]) {
      const got = await ticket({ authorization: `Bearer ${token}` });
      expect(await open([got, 'own'])).toBe(`${who} (own)`);
      expect(await open(['own', got])).toBe('Unexpected server response: 401');
    }
  });

  it('invented, or none: is not let in', async () => {
    const { open } = await server();
    expect(await open(['own', `${TICKET_PREFIX}${'A'.repeat(43)}`])).toBe('Unexpected server response: 401');
    expect(await open(['own'])).toBe('Unexpected server response: 401');
  });

  it('of a page of another origin: is not let in', async () => {
    const { ticket, open } = await server();
    const got = await ticket({ authorization: `Bearer ${WRITE}` });
    expect(await open(['own', got], { origin: 'https://evil.example' })).toBe('Unexpected server response: 403');
  });

  it('where this machine needs no token: is let in with what it may without', async () => {
    const { ticket, open } = await server({});
    expect(await open(['own', await ticket({})])).toBe('loopback: read (own)');
  });
});
