/** The declarations of releases that the package has. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script has no types
import { declarationsOf, RELEASES } from '../../scripts/messages.mjs';
import { generate } from '../../src/generate/index.js';
import { loadSchema } from '../../src/mux/index.js';
import { root } from '../support/built.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

const releases: readonly string[] = RELEASES;
const textOf = (release: string) => readFileSync(join(root, 'messages', `vpp-${release}.d.ts`), 'utf8');

it('entries of package.json: one for each release, with types only', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entries = Object.keys(exports).filter((name) => name.startsWith('./vpp-'));
  expect(entries).toEqual(releases.map((release) => `./vpp-${release}`));
  for (const release of releases) {
    expect(exports[`./vpp-${release}`]).toEqual({ types: `./dist/messages/vpp-${release}.d.ts` });
  }
  expect(readdirSync(join(root, 'messages')).sort()).toEqual(releases.map((each) => `vpp-${each}.d.ts`).sort());
});

it.each(releases)(
  'VPP %s: takes at most 60 kB when it is compressed, and has no comment of the definitions',
  (release) => {
    const text = textOf(release);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(60_000);
    const comments = [...text.matchAll(/\/\*\* (.*) \*\/|^ +\* (.*)$/gm)].map(([, short, line]) => short ?? line);
    const facts =
      /^(?:At most \d+ (?:bytes|elements)\.|@default \S+|@see \w+|@deprecated.*|In progress: .*|Every message that is declared, by its name\.)$/;
    expect(comments.filter((each) => !facts.test(each))).toEqual([]);
  },
);

describe('definitions', needs(sharedMissing), () => {
  it.each(releases)('VPP %s: its entry is what `npm run messages` makes of them', async (release) => {
    const made: string = await declarationsOf(release, sharedPath('vpp-api', release), { generate, loadSchema });
    expect(made === textOf(release), 'npm run messages').toBe(true);
  });

  it.each(releases)('VPP %s: every request and event is in the map', async (release) => {
    const { model } = await loadSchema(sharedPath('vpp-api', release));
    const wanted = [...model.messages.values()].filter(({ role, service }) => service || role === 'event');
    const declared = new Set(
      textOf(release)
        .match(/^ {2}\w+(?=: (?:Request|Dump|Oneway|Event)Message<)/gm)
        ?.map((name) => name.trim()),
    );
    expect(wanted.filter(({ name }) => !declared.has(name)).map(({ name }) => name)).toEqual([]);
    expect(declared.size).toBe(wanted.length);
  });
});
