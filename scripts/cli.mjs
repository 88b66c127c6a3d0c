/**
 * `node scripts/cli.mjs FOLDER`: bundles the commands of `src/cli/quick-commands.ts` into `FOLDER/vppmux.cjs`, and the licences of what is
 * inside. The build runs it.
 *
 * One file in place of 400 modules, in which a command's part is evaluated when it is loaded. It is CommonJS, because V8's compiled code of
 * such a file can be kept (`bin/vppmux.js`). Names stay as they are, for stacks.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { root } from './tree.mjs';

const folder = process.argv[2] ?? join(root, 'dist', 'cli');
mkdirSync(folder, { recursive: true });

/**
 * The file is a function of what Node gives a CommonJS module, as bin/bundle.js calls it. Modules of Node that many commands never use are loaded
 * when something of them is used: esbuild keeps `createHash` of node:crypto as a member of the module.
 */
const BANNER = `(function (exports, nodeRequire, module, __filename, __dirname) {
const LATE = ['child_process', 'crypto', 'http', 'https', 'os', 'readline', 'zlib'].map((name) => 'node:' + name);
const require = (name) => LATE.includes(name) ? new Proxy({}, { get: (_, member) => nodeRequire(name)[member] }) : nodeRequire(name);
const fileUrl = nodeRequire('node:url').pathToFileURL(__filename).href;`;

const { metafile, outputFiles } = buildSync({
  entryPoints: [join(root, 'src', 'cli', 'quick.ts')],
  outfile: join(folder, 'vppmux.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Loading the few parts that are not inside by require(): import() in a script of node:vm is experimental, and Node 20 says so to the user.
  supported: { 'dynamic-import': false },
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  define: { 'import.meta.url': 'fileUrl' },
  banner: { js: BANNER },
  footer: { js: '})' },
  // Optional; loaded when they are there. YAML is a sixth of the whole, and only `--output yaml` loads it.
  external: ['koffi', 'bufferutil', 'utf-8-validate', 'yaml'],
  // Its regular expression of all emojis takes V8 as long as the rest of a command's start: made when a wide character is measured.
  alias: { 'string-width': join(root, 'scripts', 'cli', 'string-width.cjs') },
  metafile: true,
  write: false,
  legalComments: 'none',
  logLevel: 'warning',
});

// esbuild leaves regular expressions as they are; bin/bundle.js reads ASCII.
const [{ text }] = outputFiles;
if (/\\[^\0-\x7f]/.test(text))
  throw new Error('the bundle has a backslash before a character beyond ASCII: write that character as \\u….');
const source = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
// By the hash, bin/bundle.js tells the compiled code of this build from that of another.
const build = createHash('sha256').update(source).digest('hex');
writeFileSync(join(folder, 'vppmux.cjs'), `/* ${build} */ ${source}`);

const inside = Object.keys(metafile.inputs).flatMap(
  (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
);
writeFileSync(join(folder, 'licences.txt'), [...new Set(inside)].sort().map(licenceOf).join('\n'));

function licenceOf(library) {
  const at = join(root, 'node_modules', library);
  const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
  const file = readdirSync(at).find((name) => /^licen[cs]e/i.test(name));
  return `${library} ${version}\n\n${file === undefined ? '' : readFileSync(join(at, file), 'utf8')}`;
}
