/**
 * A shell in a folder of its own, as the reader of a document has it: `npx vppmux` and `vppmux` are this tree's build,
 * variables and the current folder last from command to command. Standard output plays a terminal.
 */

import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { root } from '../support/built.js';

const TERMINAL = fileURLToPath(new URL('./terminal.mjs', import.meta.url));

/** Exit code of what a document's shell must not do: reach a registry, install or build something. */
const REFUSED = 97;

const PROGRAMS = {
  vppmux: 'exec "$NODE" "$TREE/bin/vppmux.js" "$@"',
  npx: `[ "$1" = vppmux ] && shift && exec vppmux "$@"; echo "npx $1: not in a test" >&2; exit ${REFUSED}`,
  // `start`: as scripts/start.mjs does, once everything is installed and built. `install`: what it comes to, without a registry.
  npm: `case "$1" in
start) shift; [ "$1" = -- ] && shift; exec vppmux run --config-dir conf --mock auto "$@";;
install) mkdir -p node_modules; for each in @types .bin; do ln -sfn "$TREE/node_modules/$each" "node_modules/$each"; done
  exec ln -sfn "$TREE" node_modules/vppmux;;
test|run) exec "$(PATH=$REST command -v npm)" "$@";;
esac
echo "npm $1: not in a test" >&2; exit ${REFUSED}`,
  sudo: 'exec "$@"',
  // To a file it would print at its end only.
  jq: 'exec "$(PATH=$REST command -v jq)" --unbuffered "$@"',
};

export interface Ending {
  readonly code: number;
  /** The text that the terminal showed: standard output and standard error. */
  readonly output: string;
}

/** A command that does not end by itself gets Ctrl-C when `seen` holds for what it has printed. */
export interface Endless {
  readonly seen: (output: string) => boolean;
  /** Acts once the command runs, before `seen` is waited for. */
  readonly meanwhile?: (output: string) => Promise<unknown>;
  /** The command is waited for until it has printed this, before `meanwhile`. */
  readonly ready?: string;
}

export class Shell {
  private readonly state: string;
  private readonly terminal: string;
  private readonly env: NodeJS.ProcessEnv;
  private last = 0;

  constructor(
    readonly folder: string,
    private readonly given: NodeJS.ProcessEnv,
    name = '.shell',
  ) {
    const own = join(folder, name);
    mkdirSync(join(own, 'bin'), { recursive: true });
    for (const [name, script] of Object.entries(PROGRAMS)) {
      writeFileSync(join(own, 'bin', name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(own, 'bin', name), 0o755);
    }
    this.state = join(own, 'state');
    this.terminal = join(own, 'terminal');
    this.env = {
      PATH: [join(own, 'bin'), process.env.PATH].join(delimiter),
      REST: process.env.PATH,
      HOME: own,
      XDG_CACHE_HOME: join(own, 'cache'),
      NO_COLOR: '1',
      NODE: process.execPath,
      TREE: root,
      NODE_OPTIONS: `--import=${TERMINAL}`,
      DOCUMENT_TERMINAL: this.terminal,
      ...given,
    };
    writeFileSync(this.state, `cd '${folder}'\n`);
  }

  /** The other terminal that documents speak of, in the same folder. */
  another(): Shell {
    const other = new Shell(this.folder, this.given, '.other-shell');
    copyFileSync(this.state, other.state);
    appendFileSync(other.state, `DOCUMENT_TERMINAL='${other.terminal}'\n`);
    return other;
  }

  /** Runs one command line to its end, or until `endless` has seen enough. */
  async run(command: string, endless?: Endless): Promise<Ending> {
    const fd = openSync(this.terminal, 'w');
    const child = spawn('bash', ['-c', this.script(command, endless !== undefined)], {
      cwd: this.folder,
      env: this.env,
      detached: true,
      stdio: ['ignore', fd, fd],
    });
    closeSync(fd);
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? (signal ? 128 : -1)));
    });
    const output = () => readFileSync(this.terminal, 'utf8');
    const { pid } = child;
    if (endless && pid !== undefined) {
      const until = (seen: (text: string) => boolean) =>
        vi.waitFor(
          () => {
            if (!seen(output()) && child.exitCode === null)
              throw new Error(`${command} has printed only:\n${output()}`);
          },
          { timeout: 120_000, interval: 20 },
        );
      try {
        const { ready } = endless;
        if (ready !== undefined) await until((text) => text.includes(ready));
        await endless.meanwhile?.(output());
        await until(endless.seen);
      } finally {
        if (child.exitCode === null) process.kill(-pid, 'SIGINT');
      }
    }
    this.last = await ended;
    return { code: this.last, output: output() };
  }

  /**
   * The exit code is that of the first part of a pipeline that failed (whose reader went away, as `head` does, has not: 141);
   * of an endless one, that of its first part.
   */
  private script(command: string, endless: boolean): string {
    return `. '${this.state}'
trap : INT
(exit ${this.last})
${command}
codes=("\${PIPESTATUS[@]}")
{ export -p; printf 'cd %q\\n' "$PWD"; } > '${this.state}'
[ -z "${endless ? 'endless' : ''}" ] || exit "\${codes[0]}"
for code in "\${codes[@]}"; do [ "$code" = 0 ] || [ "$code" = 141 ] || exit "$code"; done
`;
  }
}

/** The command lines of a script: what a shell would run one after the other. */
export function commandsOf(script: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of script.split('\n')) {
    open = open === '' ? line : `${open}\n${line}`;
    const { status, stderr } = spawnSync('bash', ['-n', '-c', open], { encoding: 'utf8' });
    if (line.endsWith('\\') || status !== 0 || stderr.includes('here-document')) continue;
    if (open.replace(/^\s*#.*$/, '').trim() !== '') commands.push(open);
    open = '';
  }
  if (open.trim() !== '') throw new Error(`no shell understands this:\n${open}`);
  return commands;
}

/** A console block: each command behind `$ ` with what is shown below it. */
export function dialogueOf(text: string): { command: string; shown: string }[] {
  const steps: { command: string; shown: string }[] = [];
  for (const part of text.split(/^\$ /m).slice(1)) {
    const lines = part.split('\n');
    let taken = 1;
    while (!isWhole(lines.slice(0, taken).join('\n')) && taken < lines.length) taken++;
    steps.push({ command: lines.slice(0, taken).join('\n'), shown: lines.slice(taken).join('\n') });
  }
  return steps;
}

function isWhole(command: string): boolean {
  return !command.endsWith('\\') && spawnSync('bash', ['-n', '-c', command]).status === 0;
}
