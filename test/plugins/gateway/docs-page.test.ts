/** The page of all operations: made of their definitions, and harmless whatever they say. */

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Operation, operation, schemasOf } from '../../../src/agent/operations/operation.js';
import { docsPage } from '../../../src/plugins/gateway/docs-page.js';
import { gateway } from './support.js';

const info = { name: 'vppmux', version: '0.1.0' };
const entryOf = (of: Operation) => ({ operation: of, plugins: ['one', 'two'], schemas: schemasOf(of) });

/** The cells of each row, without their tags. */
const rowsOf = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell.replace(/<[^>]+>/g, '')),
  );

describe('/docs', () => {
  it('of a running agent: each operation with its texts, ways to call it, and keys', async () => {
    const { server } = await gateway();
    const response = await server.inject('/docs');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    const { body } = response;
    const names = ['test.add', 'test.deep.grow', 'test.fail', 'test.list', 'test.set-state', 'test.wait'];
    expect([...body.matchAll(/<section id="(.+?)">/g)].map(([, name]) => name)).toEqual(names);
    const [, own] = body.split('<section id="test.set-state">');
    const [section] = own.split('</section>');
    expect(section).toContain('<p>Set an interface up or down.</p>\n<p>As an example of what writes.</p>');
    expect(section).toContain('It writes: callers need write access. Served by user.');
    expect(section).toContain('vppmux op test set-state [interface] [state]\nPOST /api/test/set-state\n');
    const curl =
      '/api/test/set-state -H &#34;Authorization: Bearer $TOKEN&#34; --json &#39;{&#34;interface&#34;:&#34;…&#34;}&#39;</pre>';
    expect(section).toContain(curl);
    expect(section).toMatch(/^curl http:\/\/127\.0\.0\.1:\d+\/api\/test\/set-state -H/m);
    expect(body).toMatch(/^curl http:\/\/127\.0\.0\.1:\d+\/api\/test\/list<\/pre>$/m);
    expect(rowsOf(section)).toEqual([
      ['interface', 'string, or integer', 'required', 'Name or index'],
      ['state', 'up | down', 'up', 'What it is to be'],
      ['key', 'string', '', 'A password'],
      ['interface', 'string, or number', '', ''],
      ['state', 'string', '', ''],
    ]);
    expect(rowsOf(body)).toContainEqual(['test.list', 'read', 'List what it was asked']);
  });

  it('an operation that comes while the agent runs, or whose texts are HTML: shown as text', () => {
    const evil = '<script>alert("1")</script> & \'x\'';
    const odd = operation({
      ...{ name: 'odd.one', access: 'read', summary: evil, description: `${evil}\n\nMore.` },
      input: z.object({ a: z.enum([evil, 'b']).default(evil).describe(evil) }),
      output: z.array(z.string()),
    });
    const html = docsPage([entryOf(odd)], { ...info, name: evil });
    expect(html).not.toMatch(/<script|alert\("/);
    const shown = '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;x&#39;';
    expect(rowsOf(html)).toEqual([
      ['odd.one', 'read', shown],
      ['a', `${shown} | b`, shown, shown],
    ]);
    expect(html).toContain('It only reads. Served by one, then two.');
    expect(html).toContain('<h3>Gives</h3>\n<p>list of string</p>');
  });

  it('a browser: may show it, and load or run nothing', async () => {
    const { server } = await gateway();
    expect((await server.inject('/docs')).headers).toMatchObject({
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    });
  });

  it('nothing to call, nothing to take: says so', () => {
    const none = operation({ name: 'a.b', access: 'read', summary: 'S', input: z.object({}), output: z.void() });
    expect(docsPage([], info)).toContain('<table></table>');
    expect(docsPage([entryOf(none)], info)).toContain('<h3>Takes</h3>\n<p>nothing</p>');
  });
});
