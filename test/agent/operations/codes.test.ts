/** The table of an operation's codes: each is given by something, documented, and fit for HTTP and for a command. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CALL_CODES, FAULT_CODES, type FaultCode, OPERATION_CODES } from '../../../src/agent/operations/codes.js';
import { fault } from '../../../src/agent/operations/fault.js';
import { echo, echoing, registryWithLog } from './support.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = readdirSync(`${root}src/agent/operations`)
  .filter((file) => file !== 'codes.ts')
  .map((file) => readFileSync(`${root}src/agent/operations/${file}`, 'utf8'))
  .join('\n');
const documented = readFileSync(`${root}docs/errors.md`, 'utf8');

describe('the codes of operations', () => {
  it.each(Object.entries(OPERATION_CODES))('%s: is documented in the words of the table', (code, entry) => {
    expect(documented).toContain(`| \`${code}\` | ${entry.text} | ${entry.status} | ${entry.exit} |`);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
  });

  it.each(Object.keys(CALL_CODES))('%s: is given by the agent', (code) => {
    expect(source).toContain(`'${code}'`);
  });

  it.each(Object.keys(FAULT_CODES) as FaultCode[])(
    '%s: reaches the caller when an operation throws it',
    async (code) => {
      const { offer, client } = registryWithLog();
      offer('strict', [
        echoing(() => {
          throw fault(code, 'why');
        }),
      ]);
      const { status, exit } = FAULT_CODES[code];
      const error: unknown = await client()
        .call(echo, {})
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, message: 'why', operation: 'test.echo' });
      expect(error).toHaveProperty('status', status);
      expect(error).toHaveProperty('exitCode', exit);
    },
  );
});
