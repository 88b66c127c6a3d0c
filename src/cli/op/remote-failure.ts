/** Errors for refusals of the agent, in one line, with the exit code of the agent's own table. */

import { type ErrorBody, HTTP_CODES, OPERATION_CODES } from '../../plugins/protocol.js';
import { AgentRequestError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

const EXITS: Readonly<Record<string, { readonly exit: ExitCode }>> = { ...HTTP_CODES, ...OPERATION_CODES };

const HINTS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'the token: --token-file FILE or VPPMUX_TOKEN; one that it does not know: unset VPPMUX_TOKEN',
  READ_ONLY:
    'with the write-token it may: --token-file FILE or VPPMUX_TOKEN; here without one: loopback-access in http.conf',
  TIMEOUT: 'more time: --timeout 10m',
  BODY_TOO_LARGE: 'several smaller files, or a larger body-limit',
};

/** The error for an answer with another status than 200. */
export function remoteFailure(host: string, status: number, body: string): AgentRequestError {
  const error = errorIn(body);
  if (error === undefined) return notAnAgent(host, String(status));
  if (error.code === 'NOT_FOUND') {
    const text = `the agent at ${host} serves no operations: list gateway under "plugins" in its agent.yaml`;
    return new AgentRequestError(`${text} (request ${error.requestId})`, EXIT.NO_CONNECTION);
  }
  const hint = HINTS[error.code];
  const text = `${error.message} (${error.code}, request ${error.requestId})${hint === undefined ? '' : `; ${hint}`}`;
  return new AgentRequestError(text, EXITS[error.code]?.exit ?? EXIT.REFUSED, error.code);
}

export function notAnAgent(host: string, answer: string): AgentRequestError {
  const text = `what listens at ${host} answers ${answer}: it is no agent of vppmux, or something in between refuses`;
  return new AgentRequestError(text, EXIT.NO_CONNECTION);
}

function errorIn(body: string): ErrorBody['error'] | undefined {
  try {
    const { error } = JSON.parse(body) as Partial<ErrorBody>;
    return typeof error?.code === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
