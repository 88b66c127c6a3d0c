/**
 * Programs of vpp_papi as VPP's documentation has its users write them: what they see on the mock, or on the VPP that VPP_API_SOCKET
 * names, is what they saw on VPP 26.06. That VPP has no configuration; a script leaves none behind. `--update` writes the transcripts
 * anew: from a VPP, never from the mock.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownApiDir } from '../support/mock.js';
import { excused, needs } from '../support/needs.js';
import { pythonMissing } from '../support/tools.js';
import { anyVpp, realSocket } from '../support/vpp.js';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('papi/', import.meta.url));
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.py') && name !== 'transcript.py')
  .map((name) => name.slice(0, -'.py'.length));

/** A VPP connects to an interface of the host: `ip link add vppmux0 type veth peer name vppmux1`. */
const noHost = realSocket !== undefined && !existsSync('/sys/class/net/vppmux0') && 'the interface vppmux0 of the host';

describe('vpp_papi', excused(pythonMissing('vpp_papi')), () => {
  for (const name of scripts) {
    it(`${name}: sees what it saw on VPP`, needs(name === 'host-interface' && noHost), async () => {
      const vpp = await anyVpp();
      onTestFinished(() => vpp.stop());
      // Python leaves no compiled files in the repository.
      const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
      const { stdout } = await run('python3', [`${folder}${name}.py`, vpp.socket, ownApiDir], { env });
      await expect(stdout).toMatchFileSnapshot(`${folder}transcripts/${name}.txt`);
    });
  }
});
