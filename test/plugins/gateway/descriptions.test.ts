import { expect, it } from 'vitest';
import { Descriptions } from '../../../src/plugins/gateway/descriptions.js';
import { echo, echoing, named, registryWithLog } from '../../agent/operations/support.js';

const KINDS = ['openapi', 'list', 'page'] as const;
const info = {
  name: 'vppmux',
  version: '1',
  startedAt: new Date(0),
  dataplane: 'main',
  dataplanes: ['main'],
  timings: () => [],
};

it('the descriptions of operations: are made once, and again when a plugin comes or goes or the access changes', async () => {
  const { registry, operations, offer } = registryWithLog();
  const http: { loopbackAccess: 'none' | 'read'; url: undefined } = { loopbackAccess: 'read', url: undefined };
  const described = new Descriptions(operations, info, http);
  offer('one', [echoing()]);
  const textsOf = () => KINDS.map((kind) => described.text(kind));
  const first = textsOf();
  for (const [i, text] of textsOf().entries()) expect(text).toBe(first[i]);
  expect(first.every((text) => text.includes(echo.name))).toBe(true);

  offer('two', [echoing(undefined, named('test.other'))]);
  const second = textsOf();
  expect(second.every((text) => text.includes('test.other') || text.includes('/api/test/other'))).toBe(true);

  await registry.retire('two', 10);
  expect(textsOf()).toEqual(first);

  http.loopbackAccess = 'none';
  expect(described.text('openapi')).not.toEqual(first[0]);
});

it('what they cost: grows with their length', () => {
  const { operations, offer } = registryWithLog();
  const described = new Descriptions(operations, info, { loopbackAccess: 'read', url: undefined });
  const before = described.cost('openapi');
  const many = Array.from({ length: 200 }, (_, i) => echoing(undefined, named(`test.op-${i}`)));
  offer('many', many);
  expect(described.cost('openapi')).toBeGreaterThan(before + 5);
});
