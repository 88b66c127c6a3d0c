import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wrongIdOf, wrongIds, wronglySent } from '../../../src/mux/quirks/wrong-ids.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

/** The place of each message in its API file, which is what VPP's enum counts. */
function places(release: string): Map<string, number> {
  const folder = sharedPath('vpp-api', release);
  const files = readdirSync(folder).filter((name) => name.endsWith('.api.json'));
  return new Map(
    files.flatMap((name) => {
      const { messages } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { messages: [string][] };
      return messages.map(([message], place) => [message, place] as const);
    }),
  );
}

describe('details with a known wrong id', needs(sharedMissing), () => {
  it.each(['22.10', '23.10', '25.10', '26.06'])('%s: each has its place in its file', (release) => {
    const all = places(release);
    const names = [...new Set(wrongIds().map(([details]) => details))];
    expect(names.length).toBe(12);
    for (const name of names) {
      const place = all.get(name) ?? -1;
      expect([name, typeof wronglySent(name, place)]).toEqual([name, 'string']);
    }
  });
});

it('the id of the newest release: of several, its own', () => {
  expect(wrongIdOf('ip6nd_proxy_details')).toBe(10);
  expect(wrongIdOf('pppoe_session_details')).toBe(3);
  expect(wrongIdOf('sw_interface_details')).toBeUndefined();
});
