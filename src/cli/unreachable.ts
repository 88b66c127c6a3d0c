/** Why an agent cannot be reached, and what to do. */

import { AgentError } from './agent-error.js';
import { EXIT } from './exit-codes.js';

/** Throwable for what the operating system or TLS said. */
export function unreachable(host: string, error: Error): AgentError {
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)) {
    const remedy = 'NODE_EXTRA_CA_CERTS=FILE names a file of certificates to trust, --agent the name it was made for';
    return new AgentError(
      `the certificate of the agent at ${host} is not trusted: ${error.message}; ${remedy}`,
      EXIT.NO_CONNECTION,
    );
  }
  const why = WHYS[code] ?? error.message;
  return new AgentError(
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
