/** The operations wish.* of a running agent. */

import { pathOf, type WishCalls } from '../../plugins/protocol.js';
import { agentUrl } from '../agents/agent-address.js';
import { authorization, type DataplaneFlags } from '../agents/agent-options.js';
import { AgentRequestError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { AgentClient, type Progress } from '../op/agent-client.js';

export interface CallOptions {
  /** Milliseconds that the agent gives the operation. */
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** The agent's answer has no more changes than that. */
export const MOST_CHANGES = 100_000;

export class AgentWishes {
  private readonly client: AgentClient;

  /** Throws UsageError. */
  constructor(host: Host, flags: DataplaneFlags) {
    this.client = new AgentClient(agentUrl(host, flags), authorization(host, flags), host.signal, flags.dataplane);
  }

  /** HOST:PORT */
  get host(): string {
    return this.client.host;
  }

  /** Throws AgentRequestError. */
  async call<Name extends keyof WishCalls & string>(
    name: Name,
    input: WishCalls[Name]['input'],
    { timeoutMs, onProgress = () => {} }: CallOptions = {},
  ): Promise<WishCalls[Name]['output']> {
    const asked = this.client.call(pathOf(name), input, { timeoutMs, onProgress });
    return (await asked.catch((error) => {
      throw withoutPlugin(this.host, error);
    })) as WishCalls[Name]['output'];
  }
}

/** An agent that does not know the operation does not run the plugin. */
function withoutPlugin(host: string, error: unknown): unknown {
  if (!(error instanceof AgentRequestError) || error.agentCode !== 'UNKNOWN_OPERATION') return error;
  const text = `the agent at ${host} carries out no wishes: list desired-state under "plugins" in its agent.yaml`;
  return new AgentRequestError(text, EXIT.NO_CONNECTION, error.agentCode);
}
