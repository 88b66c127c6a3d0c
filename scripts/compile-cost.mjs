/**
 * `npm run compile-cost`: prints how much longer the compiler takes for a program of 200 typed calls than for one that only imports
 * vppmux, the median of five runs each. `-- PATH` names another compiler than the project's, such as the `tsc` of TypeScript 5.9.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, orExplain, root, StepFailed, say } from './tree.mjs';

const CALLS = 200;
const RUNS = 5;
const RELEASE = '26.06';

/** Requests whose fields may all be left out, and dumps of the same kind. */
function calls() {
  const text = readFileSync(join(root, 'messages', `vpp-${RELEASE}.d.ts`), 'utf8');
  const optional = new Set(
    [
      ...text.matchAll(
        /^export type (\w+) = (?:Record<string, never>|\{\n((?: {2}\w+\?: .*\n| {2}\/\*\*.*\n)+)\});$/gm,
      ),
    ].map(([, name]) => name),
  );
  const entries = [...text.matchAll(/^ {2}(\w+): (Request|Dump)Message<(\w+)/gm)].filter(([, , , type]) =>
    optional.has(type),
  );
  const lines = entries.map(([, name, kind]) =>
    kind === 'Request'
      ? `console.log(await ch.request('${name}'));`
      : `for await (const each of ch.dump('${name}')) console.log(each);`,
  );
  return Array.from({ length: CALLS }, (_, at) => lines[at % lines.length]);
}

function main([compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')]) {
  ensureInstalled();
  ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-compile-'));
  try {
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(root, join(folder, 'node_modules', 'vppmux'));
    for (const name of ['@types/node', 'rxjs'])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    const head = `import { connect } from 'vppmux';\nimport type { Messages } from 'vppmux/vpp-${RELEASE}';\n`;
    const programs = {
      empty: "import { connect } from 'vppmux';\nawait connect();\n",
      calls: `${head}const ch = (await connect<Messages>()).channel();\n${calls().join('\n')}\n`,
    };
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, `${name}.ts`), text);
    const [empty, typed] = Object.keys(programs).map((name) =>
      median(Array.from({ length: RUNS }, () => timed(compiler, folder, name))),
    );
    say(`empty ${empty.toFixed(2)} s, ${CALLS} calls ${typed.toFixed(2)} s: ${(typed - empty).toFixed(2)} s more`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(compiler, folder, name) {
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--strict',
    '--skipLibCheck',
    '--noEmit',
    '--types',
    'node',
  ];
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, `${name}.ts`], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new StepFailed(`${name}.ts does not compile:\n${stdout}`);
  return (performance.now() - started) / 1000;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

orExplain(() => main(process.argv.slice(2)));
