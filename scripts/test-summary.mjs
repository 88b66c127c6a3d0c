import { relative } from 'node:path';

/**
 * Sums up a test run: the closing line with the counts in it, the exit code, and notes on what needs explaining.
 *
 * report: vitest's JSON report with vitest's exit code as `code`; undefined when there is none.
 * ran: whether the tests were started at all. selected: only some were asked for, by their names. failedSteps: names of what failed before them.
 */
export function summarize(report, { ran, failedSteps, inCi, selected = false }) {
  const tests = (report?.testResults ?? []).flatMap((file) => file.assertionResults);
  const count = (...statuses) => tests.filter((test) => statuses.includes(test.status)).length;
  const passed = count('passed');
  const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status));
  // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
  const brokenFiles = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const notes = [];
  let failed = count('failed') + brokenFiles.length + failedSteps.length;
  if (ran && !report) {
    failed += 1;
    notes.push('the tests ended without a report: vitest itself failed, as it says above');
  } else if (report && report.code !== 0 && failed === 0) {
    failed += 1;
    notes.push('vitest reports an error outside of any test: see above');
  }
  for (const file of brokenFiles) notes.push(`${file.name}: failed as a whole`);
  notes.push(...failures(report?.testResults ?? []));
  // `excuse`: such as a test that installs packages, on a machine that has what it needs and no network.
  const reasonOf = ({ meta }) => meta?.excuse ?? (meta?.needs && `this machine lacks what they need: ${meta.needs}`);
  const reasons = skipped.map((test) => reasonOf(test) ?? (selected ? 'they were not asked for' : undefined));
  for (const reason of new Set(reasons)) {
    const count = reasons.filter((each) => each === reason).length;
    if (reason !== undefined) notes.push(`${count} skipped, which is no failure: ${reason}`);
  }
  const unexplained = skipped.filter((_, at) => reasons[at] === undefined);
  if (unexplained.length > 0 && !inCi) {
    failed += unexplained.length;
    notes.push('skipped without a reason (test/support/needs.ts), which is a failure:');
    for (const test of unexplained) notes.push(`  ${test.fullName}`);
  }
  const unexcused = skipped.filter((test) => !test.meta?.excuse);
  if (inCi && unexcused.length > 0) {
    failed += unexcused.length;
    notes.push('with CI=true a skipped test is a failure:');
    for (const test of unexcused) notes.push(`  ${test.fullName}`);
  }
  const skips = skipped.length > 0 && !inCi ? `, ${skipped.length} skipped` : '';
  return { passed, failed, line: `${passed} passed, ${failed} failed${skips}`, exitCode: failed === 0 ? 0 : 1, notes };
}

/** Tests that are named at the end when they failed: a long output is often seen by its last lines alone. */
const NAMED = 20;

/** A line for each test that failed: its file, its name, the first line of its error. */
function failures(files) {
  const failed = files.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map((test) => ({ file: name, ...test })),
  );
  const lines = failed.slice(0, NAMED).map(({ file, fullName, failureMessages }) => {
    const [why = ''] = (failureMessages?.[0] ?? '').split('\n');
    return `FAILED: ${relative(process.cwd(), file ?? '')}: ${fullName}${why === '' ? '' : `: ${why.slice(0, 300)}`}`;
  });
  const more = failed.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
