import { describe, expect, it } from 'vitest';
import { testMock } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

const fast = ['--interval', '0'];

describe('ping', () => {
  it('piped: a line for each, and a summary', async () => {
    const mock = await testMock();
    const { code, lines, stderr } = await cli(['ping', '--count', '5', ...fast, '--socket', mock.socket]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [summary, ...answers] = lines.map((line) => JSON.parse(line)).reverse();
    expect(answers.reverse().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(summary.summary).toMatchObject({ sent: 5, answered: 5, lost: 0 });
    const { min, median, p99, max } = summary.summary;
    expect([min, median, p99, max]).toEqual([min, median, p99, max].sort((a, b) => a - b));
  });

  it('on a terminal: as ping(8) does', async () => {
    const mock = await testMock();
    const { stdout } = await cli(['ping', '-n', '2', ...fast, '--socket', mock.socket], { terminal: 80 });
    expect(stdout.replaceAll(/\d+\.\d{3}/g, '#').replace(mock.socket, 'SOCKET')).toBe(
      'PING SOCKET\nseq=1 time=# ms\nseq=2 time=# ms\n' +
        '--- 2 sent, 2 answered, 0 lost ---\nmin # ms, median # ms, p99 # ms, max # ms\n',
    );
  });

  it('-c: the count, as ping(8) has it', async () => {
    const mock = await testMock();
    const { lines } = await cli(['ping', '-c', '3', ...fast, '--socket', mock.socket]);
    expect(JSON.parse(lines.at(-1) ?? '').summary).toMatchObject({ sent: 3 });
    expect(await cli(['ping', '-c', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/must be a number/),
    });
  });

  it('Ctrl-C: the summary, and exit code 0', async () => {
    const mock = await testMock();
    const run = startCli(['ping', '--count', '0', '--interval', '1h', '--socket', mock.socket]);
    await run.seen('"seq":1');
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '').summary).toMatchObject({ sent: 1, answered: 1 });
  });

  it('a reader that goes away in a long pause: ends with 0', async () => {
    const mock = await testMock();
    const run = startCli(['ping', '--count', '0', '--interval', '1h', '--socket', mock.socket]);
    await run.seen('"seq":1');
    run.closePipe();
    expect({ code: await run.exit, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('answers that stay out: counted, and the exit code says so', async () => {
    const mock = await testMock();
    const run = startCli(['ping', '-n', '0', '-i', '1ms', '-t', '50ms', '--socket', mock.socket]);
    await run.seen('"seq":1');
    mock.misbehave({ silent: { messages: 'control_ping' } });
    await run.seen('REPLY_TIMEOUT');
    run.signal('SIGINT');
    expect(await run.exit).toBe(4);
    const { summary } = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
    expect(summary.lost).toBeGreaterThan(0);
    expect(summary.sent).toBe(summary.answered + summary.lost);
  });

  it('a restart of VPP: goes on', async () => {
    const mock = await testMock();
    const run = startCli(['ping', '-n', '0', '-i', '1ms', '--socket', mock.socket]);
    await run.seen('"seq":1');
    mock.kill();
    await run.seen('NOT_CONNECTED');
    const before = run.stdout.length;
    await mock.start();
    await run.seen(() => /"ms":/.test(run.stdout.slice(before)));
    run.signal('SIGINT');
    expect(await run.exit).toBe(5);
  });
});
