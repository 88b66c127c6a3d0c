/** Says why an endpoint cannot be reached, and what to do, out of the errors of Node's sockets, TLS and HTTP/2. */

import { propertyOf, reasonOf } from '../../thrown.js';
import { type EtcdError, type EtcdErrorCode, etcdError } from '../errors.js';

/** Node's codes → what they mean here. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there: etcd is not running, or listens elsewhere (--listen-client-urls)',
  ECONNRESET: 'it closed the connection: etcd is ending, or wants TLS, or a client certificate (--client-cert-auth)',
  ENOTFOUND: 'the name has no address: check it, and the DNS',
  EAI_AGAIN: 'the DNS does not answer',
  EHOSTUNREACH: 'the host is not reached: it is down, or the network is cut',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'the host does not answer: it is down, or a firewall drops the packets',
  EPIPE: 'it closed the connection',
};

const TLS_REASONS: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: "etcd's certificate is for another name (tls.serverName)",
  CERT_HAS_EXPIRED: "etcd's certificate has expired",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "etcd's certificate is signed by another CA (tls.ca)",
  SELF_SIGNED_CERT_IN_CHAIN: "etcd's certificate is signed by another CA (tls.ca)",
  DEPTH_ZERO_SELF_SIGNED_CERT: "etcd's certificate is signed by itself (tls.ca)",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "etcd's certificate is signed by another CA (tls.ca)",
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS: the endpoint should be http://',
};

/** Parts of OpenSSL's texts, of alerts that the other side sent. */
const ALERTS: readonly (readonly [RegExp, string])[] = [
  [
    /bad certificate|unknown ca\b|certificate (?:unknown|expired|required|revoked)/i,
    'etcd does not take the client certificate: none is given (tls.cert, tls.key), it is signed by another CA, or it has expired',
  ],
  [/no application protocol/i, 'it speaks TLS, but no HTTP/2'],
];

/** `code` is the one for causes that say nothing else. */
export function dialError(endpoint: string, thrown: unknown, code: EtcdErrorCode = 'ETCD_AWAY'): EtcdError {
  const [found, why] = reason(thrown);
  return etcdError(
    found ?? code,
    `${endpoint}: ${why}`,
    { endpoint, outcome: code === 'ETCD_LOST' ? undefined : 'not-sent' },
    thrown,
  );
}

function reason(thrown: unknown): [code: EtcdErrorCode | undefined, text: string] {
  const code = String(propertyOf(thrown, 'code'));
  const text = reasonOf(thrown);
  const alert = ALERTS.find(([pattern]) => pattern.test(text))?.[1];
  if (alert !== undefined) return ['ETCD_TLS', alert];
  if (Object.hasOwn(TLS_REASONS, code)) return ['ETCD_TLS', `${TLS_REASONS[code]}: ${text}`];
  if (/^ERR_(SSL|TLS|OSSL)/.test(code)) return ['ETCD_TLS', text];
  if (Object.hasOwn(REASONS, code)) return [undefined, `${REASONS[code]} (${code})`];
  // Bytes that are no HTTP/2.
  if (code === 'ERR_HTTP2_ERROR')
    return ['NOT_ETCD', `it speaks no HTTP/2 (${text}): another program, a proxy, or TLS`];
  return [undefined, text];
}
