/** WebSockets of a running agent, such as `/trace` and `/status/live`: what it sends, as it comes. */

import { createWebSocketStream, WebSocket } from 'ws';

/** Keeps a connection whose other machine has gone from staying open. */
const KEEP_ALIVE_MS = 30_000;

export interface AgentSocketOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds that the agent has to accept the WebSocket. */
  readonly timeoutMs: number;
  /** Longest message; default: that of the ws library, 100 MiB. */
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
  /** The error for an answer that is no switch to a WebSocket. */
  readonly refused: (statusCode: number) => Error;
  /** The error for what the system says. `opened`: the WebSocket was open before. */
  readonly failed?: (error: Error, opened: boolean) => Error;
  /** The error for how the agent closed it, if that is one. */
  readonly closed?: (code: number, reason: string, opened: boolean) => Error | undefined;
}

/** The text of each message, until the agent closes or `signal` is aborted. Not read, it makes TCP wait. Throws what the options say. */
export async function* agentMessages(url: URL, options: AgentSocketOptions): AsyncGenerator<string> {
  const { headers, timeoutMs, maxBytes, signal, refused, failed, closed } = options;
  if (signal.aborted) return;
  const socket = new WebSocket(url, {
    headers,
    handshakeTimeout: timeoutMs,
    ...(maxBytes && { maxPayload: maxBytes }),
  });
  let failure: Error | undefined;
  let opened = false;
  socket.on('open', () => {
    opened = true;
  });
  socket.on('upgrade', (response) => response.socket.setKeepAlive(true, KEEP_ALIVE_MS));
  socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
    failure = refused(statusCode);
    socket.terminate();
  });
  socket.on('error', (error) => {
    failure ??= failed?.(error, opened) ?? error;
  });
  socket.on('close', (code, reason) => {
    failure ??= closed?.(code, reason.toString(), opened);
  });
  // One chunk for each WebSocket message.
  const stream = createWebSocketStream(socket, { readableObjectMode: true });
  const abort = () => stream.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const text of stream) yield String(text);
    if (failure) throw failure;
  } catch (error) {
    if (!signal.aborted) throw failure ?? error;
  } finally {
    signal.removeEventListener('abort', abort);
    socket.terminate();
  }
}
