/** Errors that say why an agent cannot be reached, or refuses, and what to do. */

import { AgentRequestError } from '../errors.js';
import { EXIT } from '../exit-codes.js';

/** The error for what the operating system or TLS said. */
export function unreachable(host: string, error: Error): AgentRequestError {
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)) {
    const remedy = 'NODE_EXTRA_CA_CERTS=FILE names a file of certificates to trust, --agent the name it was made for';
    return new AgentRequestError(
      `the certificate of the agent at ${host} is not trusted: ${error.message}; ${remedy}`,
      EXIT.NO_CONNECTION,
    );
  }
  const why = WHYS[code] ?? error.message;
  return new AgentRequestError(
    `no agent at ${host}: ${why}; run one with "vppmux run", or name another with --agent URL (endpoint in http.conf)`,
    EXIT.NO_CONNECTION,
  );
}

const WHYS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'what listens there closed the connection; an agent with TLS is asked as https://',
  ENOTFOUND: 'that name has no address',
  EPROTO: 'what listens there does not speak TLS; write http:// if it is an agent without',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what listens there does not speak TLS; write http:// if it is an agent without',
};

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'needs a token that it knows: --token-file FILE or VPPMUX_TOKEN (one that it does not know: unset VPPMUX_TOKEN); whether it is ready says /readiness without one',
  403: 'refuses this caller: see loopback-access in its http.conf',
  404: 'has no status: list health under "plugins" in its agent.yaml',
  429: 'has had too many requests from here: rate-limit in its http.conf',
};

/** The error for an answer other than 200, or than the switch to a WebSocket. */
export function refusal(url: URL, statusCode: number): AgentRequestError {
  const why = REFUSALS[statusCode];
  if (why === undefined) return stranger(url, String(statusCode));
  return new AgentRequestError(`the agent at ${url.host} ${why}`, EXIT.NO_CONNECTION);
}

export const stranger = ({ host }: URL, answer: string) =>
  new AgentRequestError(`what listens at ${host} answers ${answer}: it is no agent of vppmux`, EXIT.NO_CONNECTION);
