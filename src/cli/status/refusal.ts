/** Why an agent shows no status, and what to do. */

import { AgentError } from '../agent-error.js';
import { EXIT } from '../exit-codes.js';

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'needs a token that it knows: --token-file FILE or VPPMUX_TOKEN (one that it does not know: unset VPPMUX_TOKEN); whether it is ready says /readiness without one',
  403: 'refuses this caller: see loopback-access in its http.conf',
  404: 'has no status: list health under "plugins" in its agent.yaml',
  429: 'has had too many requests from here: rate-limit in its http.conf',
};

/** Throwable for an answer other than 200, or than the switch to a WebSocket. */
export function refusal(url: URL, statusCode: number): AgentError {
  const why = REFUSALS[statusCode];
  if (why === undefined) return stranger(url, String(statusCode));
  return new AgentError(`the agent at ${url.host} ${why}`, EXIT.NO_CONNECTION);
}

export const stranger = ({ host }: URL, answer: string) =>
  new AgentError(`what listens at ${host} answers ${answer}: it is no agent of vppmux`, EXIT.NO_CONNECTION);
