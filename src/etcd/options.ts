/** Options of a client of etcd: their checks and defaults. */

import * as z from 'zod';
import { EtcdError } from './errors.js';

const DEFAULT_PORT = '2379';
const ms = (fallback: number) => z.number().int().min(1).max(3_600_000).default(fallback);

/** `https://host:2379`: scheme and port may be left out, then it is `http` and 2379. */
const endpoint = z.string().transform((text, context) => {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  const isFit =
    url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' && url.pathname === '/' && !url.search;
  if (url === null || !isFit || url.username !== '' || url.password !== '') {
    context.addIssue({ code: 'custom', message: 'is no endpoint: https://HOST:PORT, without path, user and password' });
    return z.NEVER;
  }
  // URL leaves out the port that is HTTP's own.
  const port = url.port || (/:(80|443)\/?$/.exec(text)?.[1] ?? DEFAULT_PORT);
  return `${url.protocol}//${url.hostname}:${port}`;
});

const schema = z.strictObject({
  endpoints: z.array(endpoint).min(1).max(50),
  /** A user of etcd and its password; a certificate with a common name does without (`--client-cert-auth`). */
  user: z.string().min(1).optional(),
  password: z.string().optional(),
  tls: z
    .strictObject({
      /** Paths of PEM files, read at every connection attempt, so that renewed ones are used. */
      ca: z.string().optional(),
      cert: z.string().optional(),
      key: z.string().optional(),
      /** Name that etcd's certificate must have, where it is not the endpoint's host. */
      serverName: z.string().optional(),
    })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'cert and key are given together')
    .optional(),
  /** Time for one attempt to connect, TLS and the first frame of HTTP/2 included. */
  connectTimeoutMs: ms(2000),
  /** Time before another endpoint is tried at the same time. */
  nextEndpointMs: ms(300),
  /** Deadline of a request, waiting for a connection included. */
  requestTimeoutMs: ms(5000),
  /** Time without a word on a watch after which etcd is asked for one; twice that without an answer, and another connection is taken. */
  idleMs: ms(5000),
  backoff: z.strictObject({ delayMs: ms(100), maxDelayMs: ms(1500) }).prefault({}),
  /** Bytes of one answer. */
  maxAnswerBytes: z
    .number()
    .int()
    .min(1024)
    .max(0x7fff_ffff)
    .default(16 * 1024 * 1024),
});

export type EtcdOptions = z.input<typeof schema>;
export type EtcdSettings = Readonly<z.output<typeof schema>>;

/** @throws EtcdError BAD_OPTION. Values are not repeated: one may be a password. */
export function settingsOf(options: EtcdOptions): EtcdSettings {
  const { success, data, error } = schema.safeParse(options);
  if (!success) {
    const { path, message } = error.issues[0];
    throw new EtcdError('BAD_OPTION', `options of the etcd client: ${path.join('.') || 'they'}: ${message}`);
  }
  const { user, password, tls, endpoints } = data;
  if ((user === undefined) !== (password === undefined)) {
    throw new EtcdError('BAD_OPTION', 'options of the etcd client: user and password are given together');
  }
  if (tls !== undefined && endpoints.some((each) => each.startsWith('http:'))) {
    throw new EtcdError('BAD_OPTION', 'options of the etcd client: tls is given, but an endpoint is http://');
  }
  return data;
}
