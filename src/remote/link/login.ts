/** Opens the WebSocket of an agent with the caller's token: in a header, or for a ticket, which is all that browsers can send. */

import { onAbort } from '../../abort.js';
import { ConnectionError } from '../../mux/errors.js';
import type { AgentAddress } from '../address.js';
import { messageOf } from '../errors/failures.js';
import { RemoteFault } from '../errors/remote-fault.js';
import { isNode } from '../is-node.js';
import type { RemoteSettings } from '../options.js';
import { REMOTE_PATH, REMOTE_TICKET_PATH, SUBPROTOCOLS, type TicketAnswer } from '../protocol/index.js';
import type { WebSocketClass, WebSocketLike } from '../types.js';

/** Rejects with a ConnectionError: NOT_CONNECTED, or HANDSHAKE_FAILED where the agent refuses. */
export async function openWebSocket(
  address: AgentAddress,
  settings: Pick<RemoteSettings, 'token' | 'login' | 'WebSocket' | 'socketOptions'>,
  signal: AbortSignal,
): Promise<WebSocketLike> {
  const { token: given, login = isNode() ? 'header' : 'ticket', socketOptions } = settings;
  const kind = settings.WebSocket ?? (await usualClass());
  const token = typeof given === 'function' ? await unlessAborted(given, signal) : given;
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const url = address.at(REMOTE_PATH);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const protocols: string[] = [SUBPROTOCOLS.cbor];
  if (login === 'ticket') {
    protocols.push(await ticketOf(address, authorization, signal));
    return new kind(url.href, protocols);
  }
  return new kind(url.href, protocols, { perMessageDeflate: false, ...socketOptions, headers: authorization });
}

/** Resolves with what `ask` gives; rejects with the reason of `signal` where that comes first. */
function unlessAborted<T>(ask: () => T | Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const forget = onAbort(signal, () => reject(signal.reason));
    new Promise<T>((settle) => settle(ask())).then(resolve, reject).finally(forget);
  });
}

/** In Node that of `ws`, which can send a header and says what it was refused with; bundlers for browsers leave it out. */
async function usualClass(): Promise<WebSocketClass> {
  return isNode() ? (await import('ws')).WebSocket : Reflect.get(globalThis, 'WebSocket');
}

async function ticketOf(
  address: AgentAddress,
  headers: Record<string, string> | undefined,
  signal: AbortSignal,
): Promise<string> {
  let answer: Response;
  let body: string;
  try {
    answer = await fetch(address.at(REMOTE_TICKET_PATH), { method: 'POST', headers, signal });
    body = await answer.text();
  } catch (error) {
    const text = `the agent at ${address.shown} cannot be reached: ${messageOf(error)}`;
    throw new ConnectionError('NOT_CONNECTED', text, {}, error);
  }
  if (!answer.ok) throw refusal(address, answer.status, body);
  return (JSON.parse(body) as TicketAnswer).ticket;
}

/** The error for an answer that is none of a WebSocket's: with the agent's own words, where they are an agent's. */
export function refusal({ shown }: AgentAddress, status: number, body: string): ConnectionError {
  try {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    const cause = new RemoteFault(error.code, error.message);
    const hint = status === 404 ? 'list remote under "plugins" in its agent.yaml' : undefined;
    const text = `the agent at ${shown} refused the connection: ${error.message} (${error.code})`;
    return new ConnectionError('HANDSHAKE_FAILED', text, { hint }, cause);
  } catch {
    const text = `what listens at ${shown} answered ${status}: it is no agent of vppmux, or something in between refuses`;
    return new ConnectionError('HANDSHAKE_FAILED', text);
  }
}
