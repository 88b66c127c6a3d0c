/** Tells from a request's connection and headers whether its sender is on this machine. */

import type { IncomingMessage } from 'node:http';

/**
 * Headers that proxies, load balancers and content networks add, by name or by prefix. Their values are not believed; their
 * presence says that the caller is elsewhere. Each proxy sends its own: one that only sends `X-Forwarded-Proto` is a proxy as well.
 */
const PROXY_NAMES: ReadonlySet<string> = new Set([
  ...['forwarded', 'via', 'client-ip', 'true-client-ip', 'cdn-loop', 'front-end-https', 'remote-addr', 'max-forwards'],
  ...[
    'x-scheme',
    'x-url-scheme',
    'x-host',
    'x-server-name',
    'x-server-port',
    'x-rewrite-url',
    'x-arr-ssl',
    'x-arr-log-id',
  ],
  ...['proxy-connection', 'proxy-client-ip', 'wl-proxy-client-ip', 'wl-proxy-ssl', 'x-coming-from', 'x-varnish'],
  // Headers of proxies that ask for a password or a certificate in front of us, and of caches.
  ...[
    'remote-user',
    'x-bluecoat-via',
    'x-imforwards',
    'x-cloud-trace-context',
    'surrogate-capability',
    'x-request-start',
  ],
]);
const PROXY_BEGINNINGS = [
  ...['x-forward', 'x-real-', 'x-client-', 'x-cluster-', 'x-original-', 'x-originating-', 'x-remote-', 'x-proxy'],
  ...[
    'x-envoy-',
    'x-amzn-',
    'x-amz-cf-',
    'x-azure-',
    'x-appengine-',
    'x-goog-',
    'x-nginx-',
    'x-haproxy-',
    'x-traefik-',
  ],
  ...['x-auth-request-', 'x-webauth-', 'x-ssl-', 'ssl-client-', 'x-tls-', 'x-edge-', 'x-vcap-', 'ali-cdn-', 'tencent-'],
  ...['cf-', 'cloudfront-', 'fastly-', 'akamai-', 'x-akamai-', 'incap-', 'fly-', 'x-vercel-', 'x-ms-'],
];

const isOfProxy = (name: string) =>
  PROXY_NAMES.has(name) || PROXY_BEGINNINGS.some((beginning) => name.startsWith(beginning));

/** Whether the other end is a program of this machine, judged by its address, which cannot be forged as a header can. */
export function isLocal({ socket, headers }: IncomingMessage): boolean {
  return isLocalAddress(socket.remoteAddress) && !Object.keys(headers).some(isOfProxy);
}

export function isLocalAddress(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? '');
}

/**
 * Whether the Host header has a name of this machine. A page whose own name was made to resolve to this machine (DNS rebinding)
 * comes from this machine, and with that name.
 */
export function hostIsLoopback({ headers: { host } }: IncomingMessage): boolean {
  const text = `http://${host ?? ''}`;
  // Host is a name and a port; with a user or a path in it, it is none.
  if (/[/@\\?#]/.test(host ?? '') || !URL.canParse(text)) return false;
  return isLoopback(new URL(text).hostname.replace(/^\[|\]$/g, ''));
}

/** Whether a host name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
