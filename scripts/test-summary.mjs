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
  if (inCi && skipped.length > 0) {
    failed += skipped.length;
    notes.push('with CI=true a skipped test is a failure:');
    for (const test of skipped) notes.push(`  ${test.fullName}`);
  }
  const skips = skipped.length > 0 && !inCi ? `, ${skipped.length} skipped` : '';
  return { line: `${passed} passed, ${failed} failed${skips}`, exitCode: failed === 0 ? 0 : 1, notes };
}
