/** docs/how-to.md: its commands work, one after the other, in a folder of their own; all pages are in the index. */

import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { readConfig } from '../../src/agent/config/read.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { builtTree, root } from '../support/built.js';
import { excuse } from '../support/excused.js';
import { ownAgents } from '../support/own-agents.js';
import { toolsMissing, toolsOf } from '../support/tools.js';

const docs = join(root, 'docs');
const page = readFileSync(join(docs, 'how-to.md'), 'utf8');

/** Schemas of the files that the page shows. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  govpp: builtIns.govpp.config,
  policy: builtIns.policy.config,
  trace: builtIns.trace.config,
};

interface Block {
  readonly language: string;
  readonly text: string;
  /** The question that it answers. */
  readonly title: string;
}

const blocks = page.split(/^###? /m).flatMap((section) => {
  const [title] = section.split('\n', 1);
  const found = section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, language, text]): Block => ({ language, text, title }));
});

let dir: string;
let port: number;
const services = new Map<string, ChildProcess>();
const exported: string[] = [];

beforeAll(async () => {
  builtTree();
  port = await freePort();
  dir = mkdtempSync(join(tmpdir(), 'vppmux-how-to-'));
  mkdirSync(join(dir, 'bin'));
  symlinkSync(join(root, 'bin', 'vppmux.js'), join(dir, 'bin', 'vppmux'));
}, 120_000);

afterAll(() => {
  for (const child of services.values()) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** Output of the programs that go on. */
const heard = new Map<string, () => string>();
const TRACE_CHANGED = /"plugin":"trace","msg":"its configuration has changed/;
const PATIENCE = { timeout: 50_000, interval: 50 };

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as { port: number };
      server.close(() => resolve(free));
    }),
  );
}

const env = () => ({
  PATH: `${join(dir, 'bin')}:${process.env.PATH}`,
  HOME: dir,
  ...ownAgents(dir),
  NO_PROXY: '*',
});

/** The page names the usual port, which may be taken here, and the reader's clone, which npm links. */
const here = (text: string) =>
  text
    .replace('npm install PATH/TO/vppmux', `mkdir node_modules && ln -s '${root}' node_modules/vppmux`)
    .replace(/(localhost|127\.0\.0\.1):9191/g, `$1:${port}`)
    .replace(/^vppmux init .*/m, `vppmux init etc --endpoint 127.0.0.1:${port}`);

/** A line that goes on until it is stopped: what runs under its name is stopped first, and it is waited for. */
async function startService(line: string): Promise<void> {
  const [, name = ''] = /vppmux (run|mock .*--socket \S+)/.exec(line) ?? [];
  const before = services.get(name);
  if (before) {
    const gone = new Promise((resolve) => before.once('close', resolve));
    before.kill('SIGTERM');
    await gone;
  }
  const child = spawn('bash', ['-c', `exec env ${line}`], { cwd: dir, env: env() });
  services.set(name, child);
  let said = '';
  heard.set(name, () => said);
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      said += chunk;
      if (/connected to VPP|the mock listens on/.test(said)) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('close', (code) => reject(new Error(`${line} ended with ${code}:\n${said}`)));
  });
}

function shell(script: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', [...exported, script].join('\n')], {
    cwd: dir,
    env: env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

async function runShell(text: string): Promise<void> {
  let pending: string[] = [];
  const flush = async () => {
    const script = pending.join('\n');
    pending = [];
    if (script.trim() === '') return;
    const { code, said } = await shell(script);
    expect(code, `${script}\nsaid:\n${said}`).toBe(0);
    // The answer of jq for a key that is not there.
    expect(said, script).not.toMatch(/^null$/m);
  };
  for (const line of here(text).replaceAll('\\\n', ' ').trimEnd().split('\n')) {
    if (/^([A-Z_]+=\S+ )*vppmux (run|mock) /.test(line)) {
      await flush();
      await startService(line.replace(/ +#.*$/, ''));
    } else {
      pending.push(line);
      if (line.startsWith('export ')) exported.push(line);
    }
  }
  await flush();
}

/** Writes a program of the page under the name in its first line. */
function write(text: string): string {
  const [, name] = /^(?:\/\/|#) (\S+)$/m.exec(text.split('\n', 1)[0]) ?? [];
  expect(name, text).toBeDefined();
  writeFileSync(join(dir, name), here(text));
  return name;
}

/** Runs a command that follows events until it has printed a whole line, while an interface goes up and down. */
async function sees(command: string): Promise<void> {
  const toggled = 'vppmux call sw_interface_set_flags sw_if_index=1 flags=ADMIN_UP --socket vpp.sock >/dev/null';
  const back = toggled.replace('ADMIN_UP', '0');
  const isSilent = '[ "$(wc -l < seen.txt)" -eq 0 ]';
  const script = `: > seen.txt; ${command} > seen.txt & while ${isSilent}; do ${toggled}; ${back}; done; kill %1`;
  expect(await shell(script)).toMatchObject({ code: 0 });
  expect(readFileSync(join(dir, 'seen.txt'), 'utf8')).toMatch(/^1 \d+\n/);
}

// In the order of the document: a block goes on from the one before.
describe('docs/how-to.md', { shuffle: false }, () => {
  it.for(blocks)('$title ($language)', { timeout: 60_000 }, async ({ language, text }, context) => {
    const missing = toolsMissing(...toolsOf(`${language}3 ${text}`));
    if (missing !== undefined) excuse(context, missing);
    switch (language) {
      case 'sh':
        return runShell(text);
      case 'yaml': {
        const [, file] = /^# (\S+)\n/.exec(text) ?? [];
        const name = file.split('.')[0];
        writeFileSync(join(dir, file), text);
        const { value } = readConfig(join(dir, file), SCHEMAS[name]);
        expect(value).toBeDefined();
        // The two VPPs of the page are not here.
        if (name !== 'govpp') writeFileSync(join(dir, 'etc', file), text);
        // The agent takes it while it runs; a reader types slower than that.
        if (name === 'trace') await vi.waitFor(() => expect(heard.get('run')?.()).toMatch(TRACE_CHANGED), PATIENCE);
        return;
      }
      case 'python': {
        const name = write(text);
        if (name === 'follow.py') return sees('python3 -u follow.py');
        expect(await shell(`python3 ${name}`)).toMatchObject({ code: 0, said: expect.stringContaining('local0 ') });
        return;
      }
      default: {
        expect(language).toBe('js');
        if (write(text) === 'events.mjs') return sees('node events.mjs');
      }
    }
  });

  it('answers what is asked', () => {
    const questions = [...page.matchAll(/^### (\d+)\. … /gm)].map(([, number]) => Number(number));
    expect(questions).toEqual(questions.map((_, i) => i + 1));
    expect(questions.length).toBeGreaterThanOrEqual(20);
  });
});

describe('docs/README.md', () => {
  const pages = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.md'));

  it.each(['docs', 'docs/decisions'])('the index of %s: has every page', (folder) => {
    const index = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const others = pages(join(root, folder)).filter((name) => name !== 'README.md');
    for (const file of others) expect(index).toContain(`(${file})`);
  });

  it.each([
    ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'],
    ...['docs', 'docs/decisions'].flatMap((folder) => pages(join(root, folder)).map((name) => `${folder}/${name}`)),
  ])('%s: its links to other files lead somewhere', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const links = [...text.matchAll(/\]\(((?!https?:|#)[^)#\s]+)(#[^)]*)?\)/g)].map(([, path]) => path);
    const broken = links.filter((path) => !existsSync(join(root, dirname(file), path)));
    expect(broken).toEqual([]);
  });

  it.each(['how-to.md', 'deploy.md'])('%s: its links to sections of pages lead there', (file) => {
    const text = readFileSync(join(docs, file), 'utf8');
    for (const [, path, anchor] of text.matchAll(/\]\(([\w.-]+\.md)#([^)]+)\)/g)) {
      const titles = [...readFileSync(join(docs, path), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) => title);
      const anchors = titles.map((title) =>
        title
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors, `${path}#${anchor}`).toContain(anchor);
    }
  });
});
