/** A running agent's `/status/live`: its status at each change. */

import { setTimeout } from 'node:timers/promises';
import { reasonOf } from '../../thrown.js';
import { socketUrl } from '../agents/agent-address.js';
import { agentMessages } from '../agents/agent-socket.js';
import { refusal, stranger, unreachable } from '../agents/refusals.js';
import { AgentRequestError } from '../errors.js';
import { isStatus, type Struct } from './shown-status.js';

/** Many plugins, each with a long reason, are some 100 kB. */
const MOST_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 1000;

/** A status, or the reason why there is none at present. */
export type LiveItem = { readonly status: Struct } | { readonly lost: string };

export interface Following {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds that the agent has to accept the WebSocket. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Follows the status until `signal`, also while the agent is away, once it has answered. Throws AgentRequestError for one that is not there
 * from the beginning, for one that does not let us look, and for what is no agent.
 */
export async function* liveStatus(agent: URL, following: Following): AsyncGenerator<LiveItem> {
  const { signal } = following;
  const refused = (statusCode: number) => refusal(agent, statusCode);
  const asking = { ...following, maxBytes: MOST_BYTES, refused };
  let wasThere = false;
  let isLost = false;
  while (!signal.aborted) {
    let reason = 'it has ended';
    try {
      for await (const text of agentMessages(socketUrl(agent, '/status/live'), asking)) {
        const status = parsed(text);
        if (!isStatus(status)) throw stranger(agent, 'something else than a status');
        wasThere = true;
        isLost = false;
        yield { status };
      }
    } catch (error) {
      if (error instanceof AgentRequestError) throw error;
      if (!wasThere && !signal.aborted) throw unreachable(agent.host, error as Error);
      reason = reasonOf(error);
    }
    if (signal.aborted) return;
    if (!isLost) yield { lost: reason };
    isLost = true;
    await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
