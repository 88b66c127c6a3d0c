/** Drops in plain words, and forms from declarations. */

import { expect, it } from 'vitest';
import { explain } from '../../web/views/drops/explanations.js';
import type { Declared } from '../../web/views/operations/declared.js';
import { fieldsOf, readForm } from '../../web/views/operations/schema-fields.js';

it.each([
  ['ip4-input', 'time_expired', /routing loop/],
  ['null-node', 'blackholed packets', /without an address/],
  ['ethernet-input', 'l3 mac mismatch', /another MAC address/],
  ['ethernet-input', 'unknown vlan', /no sub-interface/],
  ['arp-input', 'interface_not_ip_enabled', /no address/],
  ['ip4-input', 'dst_lookup_miss', /No route/],
  ['some-plugin', 'a reason of its own', undefined],
])('%s %s: packets were lost', (node, reason, text) => {
  const { severity, text: said } = explain(node, reason);
  expect(severity).toBe('bad');
  if (text === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(text);
});

it.each([
  ['ip4-input', 'none'],
  ['ethernet-input', 'no error'],
  ['arp-reply', 'replies_sent'],
])('%s %s: no error', (node, reason) => {
  expect(explain(node, reason)).toEqual({ severity: 'info' });
});

const operation: Declared = {
  name: 'a.b',
  access: 'write',
  summary: '',
  description: '',
  input: {
    properties: {
      name: { type: 'string' },
      count: { type: 'integer', minimum: 1, maximum: 9 },
      on: { type: 'boolean', default: false },
      lines: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'object' }] } },
      more: { type: 'object' },
      interface: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    },
    required: ['name'],
  },
};

it('a form: makes the input of what is filled in', () => {
  const values = { name: ' x ', count: '7', on: 'true', lines: 'one\n\ntwo ', more: '{"a":1}', interface: '3' };
  expect(readForm(fieldsOf(operation), values)).toEqual({
    input: { name: 'x', count: 7, on: true, lines: ['one', 'two'], more: { a: 1 }, interface: '3' },
    complaints: {},
  });
});

it('a form: says at each field what is wrong with it', () => {
  const { complaints } = readForm(fieldsOf(operation), { count: '10', more: '{' });
  expect(complaints).toEqual({ name: 'is needed', count: 'must be 9 or less', more: 'must be JSON' });
  expect(readForm(fieldsOf(operation), { name: 'x', count: '1.5' }).complaints).toEqual({
    count: 'must be a whole number',
  });
});
