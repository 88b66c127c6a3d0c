/** The page's files: complete, small, and in the encodings that browsers take. */

import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Asset, encodingFor, readAssets } from '../../../src/plugins/dashboard/assets.js';
import { builtTree, root } from '../../support/built.js';

builtTree();
const assets = readAssets() ?? [];

describe('the page', () => {
  it('its files: what index.html names is there, and what others made has its licence', () => {
    const names = assets.map(({ name }) => name.replace(/-[A-Z0-9]{8}\./, '-HASH.')).sort();
    expect(names).toEqual(['icon-HASH.svg', 'index.html', 'licences.txt', 'main-HASH.css', 'main-HASH.js']);
    const page = String(assets.find(({ name }) => name === 'index.html')?.encodings.get('identity'));
    const named = [...page.matchAll(/(?:href|src)="([^"/]+\.\w+)"/g)].map(([, name]) => name);
    expect(named).toHaveLength(3);
    for (const name of named) expect(assets.map((asset) => asset.name)).toContain(name);
    const licences = String(assets.find(({ name }) => name === 'licences.txt')?.encodings.get('identity'));
    expect(licences).toMatch(/^preact \d[\s\S]*MIT[\s\S]*^uplot \d/m);
  });

  it('its size: 200 kB compressed at most, all files together', () => {
    const sum = (encoding: 'br' | 'gzip') =>
      assets.reduce((all, { encodings }) => all + (encodings.get(encoding)?.length ?? Number.POSITIVE_INFINITY), 0);
    console.log(`the dashboard: ${sum('br')} bytes with brotli, ${sum('gzip')} with gzip`);
    expect(sum('gzip')).toBeLessThanOrEqual(200_000);
    expect(sum('br')).toBeLessThanOrEqual(200_000);
  });

  it('compressed: is the same', () => {
    for (const { encodings } of assets) {
      expect(gunzipSync(encodings.get('gzip') ?? '').equals(encodings.get('identity') ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('it asks nobody else, and has no script or style in the page', () => {
    const page = String(assets.find(({ name }) => name === 'index.html')?.encodings.get('identity'));
    expect(page).not.toMatch(/https?:|style=|<style|<script(?! type="module" src=)/);
    const styles = String(assets.find(({ name }) => name.endsWith('.css'))?.encodings.get('identity'));
    expect(styles).not.toMatch(/@import|url\(/);
  });

  it('a folder without it: undefined', () => {
    expect(readAssets(undefined)).toBeDefined();
    expect(() => readAssets(`${root}/src`)).not.toThrow();
  });
});

describe('the encoding', () => {
  const asset = { encodings: new Map([['br'], ['gzip'], ['identity']] as never) } as unknown as Asset;

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
  ])('for %j: %s', (accepted, encoding) => {
    expect(encodingFor(asset, accepted)).toBe(encoding);
  });
});
