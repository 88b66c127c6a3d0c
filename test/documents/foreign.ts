/** Blocks in the languages of VPP's other clients, run with those clients as they are, where this machine has them. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolsMissing } from '../support/tools.js';
import type { World } from './world.js';

const run = promisify(execFile);

/** Nothing is fetched by a test: what is there is used, as it is. */
const OFFLINE = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOSUMDB: 'off' };
const GO_MOD = 'module mocktest\n\ngo 1.24\n\nrequire go.fd.io/govpp v0.13.0\n';

/** Reason why Go's client cannot be used here. */
export function govppMissing(): string | undefined {
  const missing = toolsMissing('go');
  if (missing !== undefined) return missing;
  const { status } = spawnSync('go', ['mod', 'download', '-json', 'go.fd.io/govpp@v0.13.0'], { env: OFFLINE });
  return status === 0 ? undefined : 'the module go.fd.io/govpp v0.13.0 is not in the cache of go';
}

/** Runs a whole program. */
export async function runPython(text: string, { folder }: World): Promise<void> {
  const file = join(folder, 'test.py');
  writeFileSync(file, text);
  await run('python3', [file], { cwd: folder });
}

/** Runs the body of a test. */
export async function runGo(body: string, { folder }: World): Promise<void> {
  const module = join(folder, 'go');
  mkdirSync(module, { recursive: true });
  writeFileSync(join(module, 'go.mod'), GO_MOD);
  const imports = 'import (\n"testing"\n"go.fd.io/govpp"\ninterfaces "go.fd.io/govpp/binapi/interface"\n)';
  writeFileSync(
    join(module, 'mock_test.go'),
    `package mocktest\n${imports}\nfunc TestMock(t *testing.T) {\n${body}\n}\n`,
  );
  await run('go', ['test', './...'], { cwd: module, env: OFFLINE });
}
