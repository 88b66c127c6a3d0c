/** Carries out the operations of captures: by a running agent, or at VPP's socket by this command itself. */

import { connect } from '../../mux/index.js';
import { OPERATION_CODES, pathOf } from '../../plugins/protocol.js';
import { agentUrl, namedAgent } from '../agents/agent-address.js';
import { authorization, type DataplaneFlags } from '../agents/agent-options.js';
import { runningAgents } from '../agents/running-agents.js';
import { AgentRequestError, UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Host } from '../host.js';
import { AgentClient } from '../op/agent-client.js';
import { type ConnectionFlags, vppOptions } from '../options.js';

export interface CaptureFlags extends DataplaneFlags, ConnectionFlags {
  readonly vppTmp?: string;
}

export interface CaptureCalls {
  /** `the agent at 127.0.0.1:9191`, `VPP at /run/vpp/api.sock` */
  readonly at: string;
  /** Rejects with AgentRequestError, or an error of the mux. */
  call(name: string, input: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Ctrl-C ends the trace or capture, not the calls that undo it. */
const NEVER = new AbortController().signal;

/** Takes the agent that was named, or one of this user that runs where no socket was named; else VPP's socket. */
export async function captureCalls(host: Host, flags: CaptureFlags): Promise<CaptureCalls> {
  const { env } = host.io;
  const isAgentNamed = flags.agent !== undefined;
  const isSocketNamed = flags.socket !== undefined || Boolean(env.VPP_API_SOCKET);
  if (isAgentNamed && flags.socket !== undefined) throw new UsageError('--agent and --socket: give one of them');
  if (flags.dataplane !== undefined) return callsOfAgent(host, flags);
  const isAgentThere = namedAgent(env) !== undefined || runningAgents(env).some(({ url }) => url !== undefined);
  return isAgentNamed || (!isSocketNamed && isAgentThere) ? callsOfAgent(host, flags) : callsOfVpp(host, flags);
}

function callsOfAgent(host: Host, flags: CaptureFlags): CaptureCalls {
  const client = new AgentClient(agentUrl(host, flags), authorization(host, flags), NEVER, flags.dataplane);
  return {
    at: `the agent at ${client.host}`,
    call: async (name, input) =>
      (await client.call(pathOf(name), input, { onProgress: () => {} })) as Record<string, unknown>,
    close: async () => {},
  };
}

async function callsOfVpp(host: Host, flags: CaptureFlags): Promise<CaptureCalls> {
  const options = await vppOptions(host, flags);
  const vpp = await connect({ ...options, name: 'vppmux capture', health: { probe: false } });
  // Plugins and what they need are loaded by the commands that need them.
  const { directCaptures } = await import('../../plugins/for-cli.js');
  const captures = directCaptures(vpp, {
    env: host.io.env,
    owner: `${host.io.env.USER ?? 'vppmux'}, process ${process.pid}`,
    ...(flags.vppTmp !== undefined && { vppTmp: flags.vppTmp }),
    warn: (text) => host.note(text),
  });
  return {
    at: `VPP at ${vpp.status.socket}`,
    call: async (name, input) => {
      try {
        return (await captures.call(name, input)) as Record<string, unknown>;
      } catch (error) {
        throw withExitCode(error);
      }
    },
    close: async () => {
      await captures.close();
      await vpp.close();
    },
  };
}

/** A fault gets the exit code that it has from an agent. */
function withExitCode(error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  const entry =
    typeof code === 'string' && Object.hasOwn(OPERATION_CODES, code) ? OPERATION_CODES[code as 'EBUSY'] : undefined;
  if (entry === undefined) return error;
  return new AgentRequestError(message, (entry.exit as ExitCode) ?? EXIT.REFUSED, String(code));
}
