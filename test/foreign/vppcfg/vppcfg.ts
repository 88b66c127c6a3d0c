/** vppcfg, of its author, as it is: installed, or the checkout that VPPMUX_VPPCFG names. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ownApiDir } from '../../support/mock.js';
import { pythonMissing } from '../../support/tools.js';

const run = promisify(execFile);

const checkout = process.env.VPPMUX_VPPCFG || undefined;
/** A checkout is a package of Python, which writes no compiled files. */
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...(checkout && { PYTHONPATH: checkout }) };
const program = ['-m', 'vppcfg.vppcfg'];

/** Reason why vppcfg cannot be run here. */
export function vppcfgMissing(): string | undefined {
  const missing = pythonMissing('vpp_papi', 'yaml', 'yamale', 'netaddr');
  if (missing !== undefined) return missing;
  const { status } = spawnSync('python3', ['-c', 'import vppcfg.vppcfg'], { env });
  return status === 0 ? undefined : 'vppcfg is not installed, and VPPMUX_VPPCFG names no checkout of it';
}

export class Vppcfg {
  constructor(private readonly socket: string) {}

  /** The state of VPP, in YAML. */
  dump(): Promise<string> {
    return this.run('dump');
  }

  /** The commands that make VPP what a file of YAML says. */
  plan(file: string): Promise<string> {
    return this.run('plan', '-c', file);
  }

  private async run(command: string, ...more: readonly string[]): Promise<string> {
    const words = [...program, '-q', command, '-a', this.socket, '-j', ownApiDir, ...more];
    return (await run('python3', words, { env })).stdout;
  }
}
