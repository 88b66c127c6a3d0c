/** Whether a plugin was built for this agent's API. */

import { AgentError } from '../errors.js';
import { AGENT_API, type Plugin } from '../plugin/plugin.js';

/** An API_MISMATCH for a plugin that was built for another version of the agent API. */
export function apiMismatch({ name, version, agentApi }: Plugin): AgentError | undefined {
  if (agentApi === AGENT_API) return undefined;
  const text = `plugin ${name} ${version} was built for agent API ${agentApi}, but this agent has agent API ${AGENT_API}: ${advice(agentApi)}`;
  return new AgentError('API_MISMATCH', text, { plugin: name });
}

const advice = (agentApi: number) =>
  agentApi > AGENT_API ? 'it needs a newer vppmux' : 'take a newer version of it, or build it anew against this vppmux';
