/** The client as a bundler for browsers takes it: nothing of Node, and small. */

import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/remote/index.ts', import.meta.url));

/** Bytes that all of it may take, compressed as servers send it. */
const MOST_BYTES = 25_000;

describe('the client, bundled for browsers', () => {
  it('needs nothing of Node, and takes 25 kB compressed at the most', async () => {
    // An import of a module of Node is an error here.
    const { outputFiles, metafile, errors } = await build({
      stdin: {
        contents: `export { connectRemote } from ${JSON.stringify(entry)};`,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      ...{
        bundle: true,
        minify: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
      },
    });
    expect(errors).toEqual([]);
    const inputs = Object.keys(metafile.inputs);
    // All of ws that is in it: its word for browsers, that there is none.
    expect(inputs.filter((path) => path.includes('node_modules/ws/'))).toEqual(['node_modules/ws/browser.js']);
    const [{ contents }] = outputFiles;
    expect(gzipSync(contents, { level: 9 }).length).toBeLessThanOrEqual(MOST_BYTES);
    expect(brotliCompressSync(contents).length).toBeLessThanOrEqual(MOST_BYTES);
  });
});
