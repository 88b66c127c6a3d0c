/**
 * `npm run generated-clients`: has generators of others make clients in Python and Go of VPP's OpenAPI document, and compiles them: with
 * `openapi-python-client` (of PyPI) and `oapi-codegen` (Go), those of the two that are installed. `-- DIR` names a directory of API
 * definitions; by default those of VPP 26.06 from the shared material, else the mock's own.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, orExplain, root, StepFailed, say } from './tree.mjs';

const IMPORT_ALL = `
import importlib, pkgutil, client
names = [each.name for each in pkgutil.walk_packages(client.__path__, 'client.')]
for name in names: importlib.import_module(name)
print(f'{len(names)} modules')
`;

const CLIENTS = {
  'openapi-python-client': (folder) => {
    const made = ['generate', '--path', 'openapi.json', '--output-path', 'client', '--meta', 'none', '--overwrite'];
    run(folder, 'openapi-python-client', made);
    // Its interpreter has the modules that a client needs.
    const python = run(folder, 'sh', ['-c', 'head -1 "$(command -v openapi-python-client)"']).slice(2).trim();
    return run(folder, python, ['-c', IMPORT_ALL]);
  },
  'oapi-codegen': (folder) => {
    mkdirSync(join(folder, 'go'));
    writeFileSync(join(folder, 'go', 'go.mod'), 'module client\n\ngo 1.24\n');
    const code = run(folder, 'oapi-codegen', ['-generate', 'types,client', '-package', 'client', 'openapi.json']);
    writeFileSync(join(folder, 'go', 'client.go'), code);
    run(join(folder, 'go'), 'go', ['mod', 'tidy']);
    run(join(folder, 'go'), 'go', ['build', './...']);
    return `${code.split('\n').length} lines`;
  },
};

function run(cwd, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, maxBuffer: 2 ** 30, encoding: 'utf8' });
  if (status !== 0) throw new StepFailed(`${command} ${args[0]}: ${error?.message ?? (stderr || stdout).slice(-2000)}`);
  return stdout;
}

async function main([given]) {
  ensureInstalled();
  ensureBuilt();
  const shared = join(process.env.VPPMUX_SHARED ?? join(root, '..', 'shared'), 'vpp-api', '26.06');
  const directory = given ?? (existsSync(shared) ? shared : join(root, 'mock-vpp', 'api'));
  const { loadSchema } = await import(join(root, 'dist', 'src', 'mux', 'index.js'));
  const { openApi } = await import(join(root, 'dist', 'src', 'plugins', 'remote', 'rest', 'openapi.js'));
  const schema = await loadSchema(directory);
  const table = new Map([...schema.model.messages.values()].map(({ name, crc }, id) => [name, { name, crc, id }]));
  const installed = Object.keys(CLIENTS).filter((tool) => spawnSync('which', [tool]).status === 0);
  if (installed.length === 0) throw new StepFailed(`none of ${Object.keys(CLIENTS).join(', ')} is installed`);
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-clients-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), [...openApi({ schema, table, loopbackAccess: 'read' })].join(''));
    for (const tool of installed) say(`${tool}: ${CLIENTS[tool](folder).trim()}, compiled`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await orExplain(() => main(process.argv.slice(2)));
