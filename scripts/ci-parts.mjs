/**
 * Runs the parts of CI one after the other, each to its end, and counts over all of them. A part is a command that writes its
 * counts to the file in VPPMUX_SUMMARY (test.mjs), or, with `counts: false`, one whose exit code says all.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** parts: `{ name, command: [program, ...arguments], counts? }`. say: gets each line that explains something. */
export function runParts(parts, say) {
  const results = parts.map((part) => {
    say(`${part.name}: ${part.command.join(' ')}`);
    const started = performance.now();
    return { name: part.name, ...runPart(part), seconds: Math.round((performance.now() - started) / 1000) };
  });
  for (const { name, passed, failed, notes, seconds } of results) {
    say(`${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
    for (const note of notes) say(`${name}: ${note}`);
  }
  const sum = (count) => results.reduce((total, result) => total + result[count], 0);
  const failed = sum('failed');
  return { line: `${sum('passed')} passed, ${failed} failed`, exitCode: failed === 0 ? 0 : 1 };
}

function runPart({ command: [program, ...args], counts = true }) {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-ci-'));
  const file = join(folder, 'summary.json');
  try {
    const env = { ...process.env, VPPMUX_SUMMARY: file };
    const { status, signal, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    const ending = error ? `could not be run: ${error.message}` : signal ? `was ended by ${signal}` : exited(status);
    if (!counts) return status === 0 ? { passed: 1, failed: 0, notes: [] } : { passed: 0, failed: 1, notes: [ending] };
    const summary = summaryIn(file);
    if (!summary) return { passed: 0, failed: 1, notes: [`${ending} before it had counted its tests`] };
    const { passed, failed, notes } = summary;
    if (status === 0 || failed > 0) return { passed, failed, notes };
    return { passed, failed: failed + 1, notes: [...notes, `${ending} although no test failed`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const exited = (status) => `ended with exit code ${status}`;

function summaryIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
