/** Programs that a document's commands or a test call, and that a machine with only Node may lack. */

import { spawnSync } from 'node:child_process';

const DOCUMENTED = ['curl', 'jq', 'openssl', 'python3'];

const found = new Map<string, boolean>();

function isThere(tool: string): boolean {
  const known = found.get(tool);
  if (known !== undefined) return known;
  const [program, option] = tool.split(' ');
  const there =
    option === undefined
      ? spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
      : `${spawnSync(program, ['--help', 'all']).stdout}`.includes(option);
  found.set(tool, there);
  return there;
}

/** Reason why commands with these tools cannot run on this machine; undefined where they can. */
export function toolsMissing(...tools: readonly string[]): string | undefined {
  const missing = tools.filter((tool) => !isThere(tool));
  if (missing.length === 0) return undefined;
  return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed`;
}

/** Reason why Python programs with these modules, of PyPI, cannot run on this machine. */
export function pythonMissing(...modules: readonly string[]): string | undefined {
  const missing = toolsMissing('python3');
  if (missing !== undefined) return missing;
  const absent = modules.filter((name) => spawnSync('python3', ['-c', `import ${name}`]).status !== 0);
  return absent.length === 0
    ? undefined
    : `${absent.join(' and ')}, of PyPI, ${absent.length === 1 ? 'is' : 'are'} not installed`;
}

/** Lists what bash needs to run these commands of a document. */
export function toolsOf(commands: string): string[] {
  const isNamed = (tool: string) => new RegExp(`\\b${tool}\\b`).test(commands);
  // The mock calls python3 for its stats socket.
  const named = DOCUMENTED.filter(
    (tool) => isNamed(tool) || (tool === 'python3' && /--stats-socket|vppmux top/.test(commands)),
  );
  // Some builds of curl lack it.
  return ['bash', ...named, ...(/\bcurl\b.* --json\b/.test(commands) && isThere('curl') ? ['curl --json'] : [])];
}
