/** The lines of a running agent's trace, as they come; reading slowly makes the agent drop, and count, not wait. */

import { TRACE_CLOSE } from '../../plugins/protocol.js';
import { agentMessages } from '../agents/agent-socket.js';
import { unreachable } from '../agents/refusals.js';
import { AgentRequestError } from '../errors.js';
import { EXIT } from '../exit-codes.js';

/** Time for the agent to answer. */
const HANDSHAKE_MS = 5000;

/** The way to switch the trace on, for people. */
export interface Switches {
  /** `/etc/vppmux/trace.conf`, `its trace-edge.conf` */
  readonly file: string;
  /** The entry among the plugins of agent.yaml. */
  readonly entry: string;
}

/** Ends when the agent has sent all that was asked for, or `signal` says so. Throws AgentRequestError. */
export async function* attach(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  switches: Switches,
): AsyncGenerator<string> {
  const messages = agentMessages(url, {
    headers,
    timeoutMs: HANDSHAKE_MS,
    signal,
    refused: (statusCode) => refused(url, statusCode, switches),
    failed: (error, opened) =>
      opened
        ? new AgentRequestError(`the connection to the agent at ${url.host} was lost: ${error.message}`, EXIT.LOST)
        : unreachable(url.host, error),
    closed: (code, reason, opened) => closed(url, code, reason, opened, switches.file),
  });
  // Each message holds whole lines.
  for await (const text of messages) yield* text.split('\n').slice(0, -1);
}

function refused({ host }: URL, status: number, switches: Switches): AgentRequestError {
  const text =
    (status === 404 ? off(switches) : REFUSALS[status]) ??
    `answers ${status}: it is no agent of vppmux, or something in between refuses`;
  return new AgentRequestError(`the agent at ${host} ${text}`, EXIT.NO_CONNECTION);
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'needs a token that it knows: --token-file FILE or VPPMUX_TOKEN (one that it does not know: unset VPPMUX_TOKEN)',
  403: 'lets only callers on its own machine in (ssh -L reaches it)',
};

const off = ({ file, entry }: Switches) =>
  `shows no messages: write "enabled: true" into ${file}, which takes effect while it runs, and try again (${entry} must be among the plugins of its agent.yaml, too); to have the last messages kept for --last, write "ring: 1000" as well`;

function closed(
  { host }: URL,
  code: number,
  reason: string,
  opened: boolean,
  switches: string,
): AgentRequestError | undefined {
  switch (code) {
    case TRACE_CLOSE.DONE:
      return undefined;
    case TRACE_CLOSE.BAD_QUERY:
      return new AgentRequestError(`the agent at ${host} does not understand: ${reason}`, EXIT.USAGE);
    case TRACE_CLOSE.NOT_LOCAL:
    case TRACE_CLOSE.TOO_MANY:
      return new AgentRequestError(`the agent at ${host} refuses: ${reason}`, EXIT.NO_CONNECTION);
    case TRACE_CLOSE.NO_RING: {
      const remedy = `write "ring: 1000" into ${switches}, which takes effect while it runs, or omit --last`;
      return new AgentRequestError(`the agent at ${host} refuses: ${reason}; ${remedy}`, EXIT.NO_CONNECTION);
    }
    case TRACE_CLOSE.CHANGED:
      return new AgentRequestError(`the agent at ${host} no longer shows this: ${reason}`, EXIT.LOST);
    default:
      if (!opened) return unreachable(host, new Error('it closed the connection'));
      return new AgentRequestError(`the agent at ${host} has ended${reason ? ` (${reason})` : ''}`, EXIT.LOST);
  }
}
