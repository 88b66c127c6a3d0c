#!/usr/bin/env node
import { builtin, bundled, loadBundle } from './bundle.js';

const { existsSync } = builtin('node:fs');
const { fileURLToPath } = builtin('node:url');

const folder = fileURLToPath(new URL('..', import.meta.url));
const main = new URL('../dist/src/cli/main.js', import.meta.url);

if (!existsSync(main)) {
  console.error(
    `vppmux: not built yet: run \`npm start\` (it installs, builds and runs the agent) or \`npm run build\` in ${folder}`,
  );
  process.exit(2);
}
try {
  const bundle = bundled(process.argv[2]) ? loadBundle(folder, process.argv[2]) : undefined;
  const { runProcess } = bundle ?? (await import(main.href));
  await runProcess(process.argv.slice(2));
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(`vppmux: a dependency is missing: run \`npm install\` in ${folder} (${error.message})`);
  process.exit(2);
}
