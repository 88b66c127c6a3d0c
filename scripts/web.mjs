/**
 * `node scripts/web.mjs FOLDER`: bundles the page of the dashboard, `web/`, into FOLDER: a script, a style and an icon with names that
 * change with their contents, the page that names them, the licences of what is inside, and all of it compressed. The build runs it.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { root } from './tree.mjs';

const web = join(root, 'web');
/** Libraries in the bundle, whose licences go with it. */
const INSIDE = ['preact', 'uplot'];

const folder = process.argv[2] ?? join(root, 'dist', 'ui');
mkdirSync(folder, { recursive: true });

const { outputFiles } = buildSync({
  entryPoints: { main: join(web, 'main.tsx') },
  outdir: folder,
  write: false,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  tsconfig: join(web, 'tsconfig.json'),
  legalComments: 'none',
  logLevel: 'warning',
});

/** Name of each part in the page → its contents. */
const parts = new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
parts.set('icon.svg', readFileSync(join(web, 'icon.svg')));

let page = readFileSync(join(web, 'index.html'), 'utf8');
for (const [name, contents] of parts) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  page = page.replaceAll(`{${name}}`, hashed);
  write(hashed, contents);
}
write('index.html', Buffer.from(page));
write('licences.txt', Buffer.from(INSIDE.map(licenceOf).join('\n')));

/** Writes a file, and next to it what browsers take instead. */
function write(name, contents) {
  const brotli = brotliCompressSync(contents, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
  });
  writeFileSync(join(folder, name), contents);
  writeFileSync(join(folder, `${name}.br`), brotli);
  writeFileSync(join(folder, `${name}.gz`), gzipSync(contents, { level: 9 }));
}

function licenceOf(library) {
  const at = join(root, 'node_modules', library);
  const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  const file = readdirSync(at).find((name) => /^licen[cs]e/i.test(name));
  return `${library} ${version}\n\n${readFileSync(join(at, file), 'utf8')}`;
}
