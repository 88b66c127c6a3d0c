/** `npm audit`: no package in the lock file has a known vulnerability. Skipped, with the reason, where no registry says. */

import { expect, it } from 'vitest';
import { root } from '../support/built.js';
import { excuse } from '../support/excused.js';
import { run } from './packed-file.js';

interface Audit {
  /** Set when the registry gave no answer. */
  readonly message?: string;
  readonly statusCode?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

it('npm audit: finds nothing', async (context) => {
  const args = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];
  const { stdout } = await run('npm', args, root);
  const { message, statusCode, vulnerabilities } = JSON.parse(stdout) as Audit;
  if (vulnerabilities === undefined) {
    // The rest of the message has the registry's address.
    const [reason] = /\bE[A-Z]{5,}\b/.exec(message ?? '') ?? [`status ${statusCode ?? 'unknown'}`];
    excuse(context, `the registry of npm does not answer npm audit (${reason})`);
  }
  expect(Object.entries(vulnerabilities).map(([name, { severity, range }]) => `${name} ${range}: ${severity}`)).toEqual(
    [],
  );
});
