/** Requests that public programs use, as far as the mock serves them: figures that may only grow. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { servedRequests } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import { loadSchema } from '../../src/mux/internal.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

/** Requests served at least. The program's own number is in the list's heading. */
const SERVED = { 'calico-vpp': 136, 'ligato vpp-agent': 199, vppcfg: 18 };

/** Program → the requests that it uses. */
function usedMessages(): Map<string, string[]> {
  const sections = readFileSync(sharedPath('field', 'used-messages.md'), 'utf8').split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading, ...lines] = section.split('\n');
      return [heading.split(':')[0], lines.join(' ').split(/\s+/).filter(Boolean)];
    }),
  );
}

describe('programs', needs(sharedMissing), () => {
  it.each(Object.entries(SERVED))('%s: at least %i of its requests are served', async (program, atLeast) => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    const used = usedMessages().get(program) ?? [];
    const served = new Set(servedRequests(KINDS));
    const isServed = (name: string) => served.has(name) || name.startsWith('want_');
    const missing = used.filter((name) => !isServed(name));
    expect(used.length - missing.length, `missing: ${missing.join(' ')}`).toBeGreaterThanOrEqual(atLeast);
    expect(used.filter((name) => schema.find(name)).length, 'of VPP 26.06').toBeGreaterThan(used.length / 2);
  });
});
