/** A configuration of vppcfg without its taps and its pairs with Linux's interfaces: for a VPP that can make none. */

import { parseDocument, visit } from 'yaml';

export function withoutTaps(text: string): string {
  const config = parseDocument(text);
  const isLeftOut = (word: unknown) => /^(lcp$|tap)/.test(String(word));
  visit(config, {
    Pair: (_, { key, value }) => (isLeftOut(key) || isLeftOut(value) ? visit.REMOVE : undefined),
    Scalar: (at, { value }) => (typeof at === 'number' && isLeftOut(value) ? visit.REMOVE : undefined),
  });
  return String(config);
}
