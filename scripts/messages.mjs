/**
 * `npm run messages`: writes `messages/vpp-VERSION.d.ts`, the declarations that the package has of some releases of VPP, from
 * directories of their `.api.json` files: those below `vpp-api` of VPPMUX_SHARED, or `-- DIR`, with a directory for each release.
 */

import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, ensureBuilt, ensureInstalled, orExplain, root, StepFailed, say } from './tree.mjs';

/** Each is an entry of package.json. */
export const RELEASES = ['26.06', '25.10', '23.10', '22.10'];

/** The text for a release; `generate` and `loadSchema` are the project's own. */
export async function declarationsOf(release, directory, { generate, loadSchema }) {
  const { model } = await loadSchema(directory);
  const [sign, ...lines] = generate(model, { comments: false, library: '../src/mux/index.js' }).oneFile.split('\n');
  const about = [
    `// The messages of VPP ${release}: names, types, values, defaults and limits as its API definitions have them, which are`,
    '// licensed under the Apache License 2.0; their comments are left out.',
  ];
  return [sign, ...about, ...lines].join('\n');
}

async function main([given]) {
  const directory = given ?? resolve(root, process.env.VPPMUX_SHARED || '../shared', 'vpp-api');
  orExplain(() => {
    const missing = RELEASES.filter((release) => !existsSync(join(directory, release)));
    const where = '`-- DIR` names another directory, with one for each release; VPPMUX_SHARED the shared material';
    if (missing.length > 0)
      throw new StepFailed(`no definitions of VPP ${missing.join(', ')} in ${directory}. ${where}`);
    checkNode();
    ensureInstalled();
    ensureBuilt();
  });
  const { generate } = await import('../dist/src/generate/index.js');
  const { loadSchema } = await import('../dist/src/mux/index.js');
  for (const release of RELEASES) {
    const text = await declarationsOf(release, join(directory, release), { generate, loadSchema });
    writeFileSync(join(root, 'messages', `vpp-${release}.d.ts`), text);
  }
  say(`messages/ has ${RELEASES.length} releases`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}
