/** The version stands in package.json, and everything that repeats it agrees; the changelog has its form. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENT_API } from '../src/agent/plugin/plugin.js';
import { root } from './support/built.js';

const text = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');
const { version } = JSON.parse(text('package.json'));

describe('the version of package.json', () => {
  it('is a semantic version', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/);
  });

  it('is that of the lock file', () => {
    const lock = JSON.parse(text('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });

  it('is that of the images in deploy/', () => {
    const files = readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' });
    const images = files
      .filter((file) => /\.ya?ml$/.test(file))
      .flatMap((file) => [...text('deploy', file).matchAll(/image: vppmux:(\S+)/g)].map(([, tag]) => tag));
    expect(new Set(images)).toEqual(new Set([version]));
  });

  it('is the first of the changelog', () => {
    expect(/^## (\S+)/m.exec(text('CHANGELOG.md'))?.[1]).toBe(version);
  });
});

it('agentApi: what README, docs, template and examples show is what this agent takes', () => {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const shown = ['README.md', ...docs.map((name) => join('docs', name)), 'templates/plugin/src/my-plugin.ts'];
  const apis = shown.flatMap((file) => [...text(file).matchAll(/\bagentApi: (\d+)/g)].map(([, api]) => Number(api)));
  expect(apis.length).toBeGreaterThan(3);
  expect(new Set(apis)).toEqual(new Set([AGENT_API]));
});

describe('CHANGELOG.md', () => {
  const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
  const PARTS = ['Mux', 'Counters', 'Remote', 'Agent', 'Plugins', 'CLI', 'Fleet', 'Mock', 'Project'];
  const [preamble, ...versions] = text('CHANGELOG.md').split(/^(?=## )/m);

  const headings = (block: string, level: string) =>
    [...block.matchAll(new RegExp(`^${level} (.*)$`, 'gm'))].map(([, heading]) => heading);
  const inOrderOf = (all: readonly string[], some: readonly string[]) => all.filter((each) => some.includes(each));

  it('begins with a title, and then has versions, the newest first', () => {
    expect(preamble).toMatch(/^# Changelog\n/);
    const titles = versions.map((block) => headings(block, '##')[0]);
    expect(titles.filter((title) => !/^\d+\.\d+\.\d+ - (?:unreleased|\d{4}-\d\d-\d\d)$/.test(title))).toEqual([]);
    const newestFirst = titles.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    expect(titles).toEqual(newestFirst);
    expect(titles.slice(1).filter((title) => title.endsWith('unreleased'))).toEqual([]);
  });

  it('has kinds of changes in their order, each once', () => {
    for (const block of versions) expect(headings(block, '###')).toEqual(inOrderOf(KINDS, headings(block, '###')));
  });

  it('has parts below each kind in their order, each once and with entries', () => {
    for (const kind of versions.flatMap((block) => block.split(/^(?=### )/m).slice(1))) {
      expect(headings(kind, '####')).toEqual(inOrderOf(PARTS, headings(kind, '####')));
      for (const part of kind.split(/^(?=#### )/m).slice(1)) expect(part).toMatch(/^#### .*\n- /);
    }
  });

  it('has entries that are sentences: a capital or code first, a full stop last', () => {
    const entries = versions.flatMap((block) =>
      [...block.matchAll(/^- (.*(?:\n {2}.*)*)/gm)].map(([, entry]) => entry),
    );
    expect(entries.length).toBeGreaterThan(50);
    expect(entries.filter((entry) => !/^[A-Z`[\]'"].*[.)]$/s.test(entry))).toEqual([]);
  });
});
