/** Hostile requests: whatever comes, the answer is a reply or a refusal with a known code, and the agent goes on. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../src/mux/errors.js';
import { HTTP_CODES, OPERATION_CODES } from '../../../../src/sdk/error-codes.js';
import { until } from '../../../support/mock.js';
import { scaled, seedFor } from '../../../support/scale.js';
import { remote, WRITES } from '../support.js';

const KNOWN = new Set([...Object.keys(ERROR_CODES), ...Object.keys(HTTP_CODES), ...Object.keys(OPERATION_CODES)]);

/** Names of messages that read, write, list and come as events; those that end a session or wait for VPP are left out. */
const NAMES = [
  ...['show_version', 'sw_interface_dump', 'ip_route_v2_dump', 'acl_dump', 'create_loopback', 'sw_interface_set_flags'],
  ...[
    'ip_route_add_del_v2',
    'acl_add_replace',
    'cli_inband',
    'sockclnt_delete',
    'control_ping',
    'want_interface_events',
  ],
  ...['sw_interface_event', 'show_version_reply', 'memclnt_keepalive', 'api_versions', 'get_api_json', 'trace_dump'],
];
const FIELDS = [
  'sw_if_index',
  'route',
  'route.paths[0].weight',
  'table.table_id',
  'r',
  'tag',
  'cmd',
  'client_index',
  'context',
];

const odd = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('~0', '-1', '0x', '1e99', '[', '{}', '[[1]]', '@/etc/passwd', 'text:', '\0', '9'.repeat(300), '🦊'),
);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '__proto__',
      'constructor',
      'openapi.json',
      'events/x',
      '..%2f',
      '%00',
      'a'.repeat(300),
    ),
  },
  { weight: 1, arbitrary: odd.map(encodeURIComponent) },
);
const key = fc.oneof(fc.constantFrom(...FIELDS, 'describe', 'names', 'limit', 'match', 'after', '__proto__'), odd);
const query = fc.array(fc.tuple(key, odd), { maxLength: 4 }).map((pairs) => String(new URLSearchParams(pairs)));
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
);
const body = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  odd,
  fc.constant('['.repeat(5000)),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'accept',
    'x-timeout-ms',
    'last-event-id',
    'content-encoding',
    'origin',
    'authorization',
    'if-none-match',
  ),
  fc.constantFrom('application/json', '*/*', '1', '-1', 'gzip', 'null', 'Bearer x', '18446744073709551616', ''),
  { maxKeys: 2 },
);
const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'),
  url: fc
    .tuple(fc.constantFrom('/vpp/', '/vpp/', '/vpp/', '/vpp/events/', '/vpp'), name, query)
    .map(([root, path, asked]) => `${root}${path}?${asked}`),
  payload: body,
  headers,
});

it.each([WRITES, {}])('any request, of a caller with %j: a reply, or a refusal with a known code', async (http) => {
  const scene = await remote({ http, policy: { rules: [{ messages: 'cli_inband', action: 'refuse' }] } });
  const { server } = scene.http;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, url, payload, headers: given }) => {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const type = hasBody ? { 'content-type': 'application/json' } : {};
      // A stream that is granted has no end.
      const isStream = url.startsWith('/vpp/events/sw_interface_event?') && method === 'GET';
      if (isStream) return;
      const response = await server.inject({
        ...{ method: method as 'GET', url, headers: { ...type, 'x-timeout-ms': '1000', ...given } },
        ...(hasBody && { payload }),
      });
      if (response.statusCode < 400) return;
      expect(response.statusCode).not.toBe(500);
      if (method === 'HEAD') return;
      const { error } = response.json();
      expect(KNOWN).toContain(error.code);
      expect(error.code).not.toBe('INTERNAL');
      seen.add(error.code);
    }),
    { numRuns: scaled({ short: 300, long: 20_000 }), seed: seedFor('hostile requests', 1) },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['BAD_FIELD', 'NOT_FOUND', 'METHOD_NOT_ALLOWED']));
  expect((await scene.get('/vpp/show_version')).status).toBe(200);
  await until(() => scene.mux.stats().perChannel.every(({ owner }) => !owner?.startsWith('remote')));
});
