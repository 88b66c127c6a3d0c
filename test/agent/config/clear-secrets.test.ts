/** A secret in a configuration file: warned of where others can come by it. */

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../../src/agent/config/read.js';
import { directoryWith } from '../support.js';

const SECRET = 'ab1234567890123456789';
const schema = z.object({
  name: z.string().default(''),
  password: z.string().meta({ secret: true }).default(''),
  pin: z.string().default('').meta({ secret: true }).describe('A number'),
});

function warningsOf(text: string, { mode = 0o600, git = false } = {}) {
  const dir = directoryWith({ 'conf/a.conf': text });
  const file = join(dir, 'conf', 'a.conf');
  chmodSync(file, mode);
  if (git) mkdirSync(join(dir, '.git'));
  const { warnings } = readConfig(file, schema);
  return warnings.map(({ line, message }) => `${line}: ${message.replaceAll(file, 'FILE')}`);
}

describe('a secret in a configuration file', () => {
  it('that everybody can read: is warned of with its line, and not repeated', () => {
    const warnings = warningsOf(`name: x\npassword: ${SECRET}\npin: ${SECRET}\n`, { mode: 0o644 });
    const why = 'a secret stands here, and every user of this machine can read this file (chmod 640 FILE)';
    expect(warnings).toEqual([
      `2: password: ${why}; write password: file:PATH`,
      `3: pin: ${why}; write pin: file:PATH`,
    ]);
  });

  it('in a git working tree: is warned of, whoever can read the file', () => {
    expect(warningsOf(`password: ${SECRET}\n`, { git: true })).toEqual([
      '1: password: a secret stands here, and this file lies in a git working tree, where a commit would publish it; write password: file:PATH',
    ]);
  });

  it('that only its owner can read: is no matter', () => {
    expect(warningsOf(`password: ${SECRET}\n`)).toEqual([]);
  });

  it.each(['file:/etc/secret', 'credential:secret', 'env:SECRET', '""'])('%s: is none', (value) => {
    expect(warningsOf(`password: ${value}\n`, { mode: 0o644, git: true })).toEqual([]);
  });

  it('what is no secret may stand anywhere', () => {
    expect(warningsOf('name: x\n', { mode: 0o644, git: true })).toEqual([]);
  });
});
