/** Addresses of the page for a dataplane. */

import { describe, expect, it } from 'vitest';
import { isName, prefixOf, servedFor } from '../../web/feed/dataplane-paths.js';

describe('paths of a dataplane', () => {
  it.each([
    ['/ui/', 'main'],
    ['/proxy/agent-7/ui/', 'main'],
    ['/dataplanes/edge/ui/', 'edge'],
    ['/proxy/agent-7/dataplanes/edge-2/ui/', 'edge-2'],
    ['/dataplanes/ui/', 'main'],
    ['/dataplanes/..%2f/ui/', 'main'],
  ])('the page at %s is served for %s', (path, name) => {
    expect(servedFor(path)).toBe(name);
  });

  it('main has none, others stand below /dataplanes', () => {
    expect([prefixOf('main'), prefixOf('edge')]).toEqual(['', '/dataplanes/edge']);
  });

  it.each(['', '..', 'a/b', 'Edge', '7th', '-a', 'a-', 'a'.repeat(41), 'a?b', 'a#b', '../../x'])(
    'no name: %j',
    (text) => {
      expect(isName(text)).toBe(false);
      expect(prefixOf(text)).toBe('/dataplanes/-');
    },
  );
});
