/** Sections that comments cite by WIRE and a number are in docs/wire.md. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sections = [...readFileSync(`${root}/docs/wire.md`, 'utf8').matchAll(/^### (3\.\d+) /gm)].map(
  ([, number]) => number,
);

const cited = ['src', 'mock-vpp', 'test'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(`${root}/${folder}/${file}`, 'utf8').matchAll(/WIRE ([\d.,\s]*\d)/g)].flatMap(([, numbers]) =>
        numbers.split(/,\s*/).map((section) => ({ file: `${folder}/${file}`, section })),
      ),
    ),
);

it('citations of the wire: lead to a section', () => {
  expect(cited.length).toBeGreaterThan(30);
  expect(cited.filter(({ section }) => !sections.includes(section))).toEqual([]);
});

it('sections of the wire: numbered without a gap', () => {
  expect(sections).toEqual(sections.map((_, i) => `3.${i + 1}`));
});

it('sections of the wire: each says how it is known', () => {
  const text = readFileSync(`${root}/docs/wire.md`, 'utf8');
  const parts = text.split(/^### (3\.\d+) .*$/m).slice(1);
  const silent = parts.flatMap((part, at) =>
    at % 2 === 1 && !/^\n\n\*(Seen|Read|The table)/.test(part) ? [parts[at - 1]] : [],
  );
  expect(silent).toEqual([]);
});
