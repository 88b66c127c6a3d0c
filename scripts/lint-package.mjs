/**
 * `node scripts/lint-package.mjs FILE.tgz`: what publint and are-the-types-wrong find in a packed file, a line each
 * on stdout; exit code 1 when they find anything.
 *
 * The package has ES modules only. So two ways of resolving it are no concern: that of CommonJS programs for
 * TypeScript (Node itself loads ES modules by `require`), and that of Node 10, which knows no `exports`.
 */

import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const NO_CONCERN = ['node10', 'node16-cjs'];

async function publintFindings(bytes) {
  const tarball = new Uint8Array(bytes).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, level: 'suggestion', strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

async function typeFindings(bytes) {
  const { types, problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (!types) return ['are-the-types-wrong: no types are in it'];
  return problems
    .filter(({ resolutionKind }) => !NO_CONCERN.includes(resolutionKind))
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

const bytes = readFileSync(process.argv[2]);
const findings = [...(await publintFindings(bytes)), ...(await typeFindings(bytes))];
for (const finding of findings) console.log(finding);
process.exitCode = findings.length === 0 ? 0 : 1;
