/**
 * What a test run comes to: its closing line, its exit code, and notes on what needs explaining.
 *
 * report: vitest's JSON report with vitest's exit code as `code`; undefined when there is none.
 * ran: whether the tests were started at all. failedSteps: names of what failed before them.
 */
export function summarize(report, { ran, failedSteps, inCi }) {
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
  // Such as a test that installs packages, on a machine that has what it needs and no network.
  const excused = skipped.filter((test) => test.meta?.excuse);
  for (const excuse of new Set(excused.map((test) => test.meta.excuse))) {
    notes.push(`skipped, because ${excuse}:`);
    for (const test of excused) if (test.meta.excuse === excuse) notes.push(`  ${test.fullName}`);
  }
  const unexcused = skipped.filter((test) => !test.meta?.excuse);
  if (inCi && unexcused.length > 0) {
    failed += unexcused.length;
    notes.push('with CI=true a skipped test is a failure:');
    for (const test of unexcused) notes.push(`  ${test.fullName}`);
  }
  const skips = skipped.length > 0 && !inCi ? `, ${skipped.length} skipped` : '';
  return { line: `${passed} passed, ${failed} failed${skips}`, exitCode: failed === 0 ? 0 : 1, notes };
}
