import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { OBJECT_ERRORS, type ObjectErrorCode } from '../../src/vpp/errors.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = readdirSync(`${root}/src/vpp`).map((name) => readFileSync(`${root}/src/vpp/${name}`, 'utf8'));
const documented = readFileSync(`${root}/docs/errors.md`, 'utf8');

it.each(Object.keys(OBJECT_ERRORS) as ObjectErrorCode[])(
  '%s: is thrown somewhere, and documented in the words of the table',
  (code) => {
    expect(sources.join('\n')).toContain(`'${code}'`);
    expect(documented).toContain(`| \`${code}\` | ${OBJECT_ERRORS[code]} |`);
  },
);
