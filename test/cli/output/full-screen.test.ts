import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import type { Io } from '../../../src/cli/io.js';
import type { JobListener } from '../../../src/cli/job-control.js';
import { difference, FullScreen } from '../../../src/cli/output/full-screen.js';

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';

/** A terminal that takes each write when `take` is called. */
function slowTerminal() {
  const writes: string[] = [];
  const waiting: (() => void)[] = [];
  const raw: boolean[] = [];
  const keyboard = Object.assign(new PassThrough(), {
    setRawMode: (isRaw: boolean) => raw.push(isRaw),
  });
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        writes.push(chunk);
        waiting.push(done);
      },
    }),
    { isTTY: true, columns: 20, rows: 3 },
  );
  let job: JobListener | undefined;
  const undone = vi.fn();
  const io = {
    stdin: keyboard,
    stdout,
    onJob: (listener: JobListener) => {
      job = listener;
      return undone;
    },
    writeNow: (text: string) => void writes.push(text),
  } as Partial<Io> as Io;
  const calls = { onKey: vi.fn(), onDraw: vi.fn(), onEnd: vi.fn() };
  const screen = new FullScreen(io, calls);
  const take = () => waiting.splice(0).forEach((done) => void done());
  return { screen, writes, take, raw, keyboard, stdout, calls, undone, job: () => job as JobListener };
}

describe('a difference', () => {
  it('an unknown screen: everything, behind a clearing of it', () => {
    expect(difference(undefined, ['a', '', 'b'], 20)).toBe('\u001b[H\u001b[2J\u001b[1;1Ha\u001b[K\u001b[3;1Hb\u001b[K');
  });

  it('a line that changed, with the rest of it erased; nothing of the others', () => {
    expect(difference(['a', 'bbb'], ['a', 'b'], 20)).toBe('\u001b[2;1Hb\u001b[K');
    expect(difference(['a'], ['a'], 20)).toBe('');
  });

  it('fewer lines: those that were there are erased', () => {
    expect(difference(['a', 'b'], ['a'], 20)).toBe('\u001b[2;1H\u001b[K');
  });

  it('a line as wide as the terminal: its last character stays', () => {
    expect(difference([], ['\u001b[1mab\u001b[0m'], 2)).toBe('\u001b[1;1H\u001b[1mab\u001b[0m');
    expect(difference([], ['接'], 2)).toBe('\u001b[1;1H接');
  });
});

describe('a full screen', () => {
  it('enters with raw keys; leaves everything as it was', async () => {
    const { screen, writes, raw, undone } = slowTerminal();
    screen.open();
    expect([writes, raw]).toEqual([[ENTER], [true]]);
    expect(await screen.close()).toBe(true);
    expect([writes, raw]).toEqual([
      [ENTER, LEAVE],
      [true, false],
    ]);
    expect(undone).toHaveBeenCalledOnce();
  });

  it('a slow terminal: the newest draw is written when the one before has been taken; those in between never', () => {
    const { screen, writes, take } = slowTerminal();
    screen.open();
    for (const text of ['1', '2', '3', '4']) screen.draw([text]);
    expect(writes).toHaveLength(2);
    take();
    expect(writes[2]).toBe('\u001b[1;1H4\u001b[K');
    take();
    expect(writes).toHaveLength(3);
  });

  it('a terminal that takes nothing: is left all the same, and that is said', async () => {
    const { screen, writes } = slowTerminal();
    screen.open();
    screen.draw(['1']);
    expect(await screen.close()).toBe(false);
    expect(writes.at(-1)).toBe(LEAVE);
  });

  it('suspended: gives the terminal back, draws nothing; then enters and draws everything', () => {
    const { screen, writes, take, job, raw, calls } = slowTerminal();
    screen.open();
    screen.draw(['1']);
    take();
    job().suspend();
    screen.draw(['2']);
    expect([writes.at(-1), raw.at(-1)]).toEqual([LEAVE, false]);
    calls.onDraw.mockImplementation(() => screen.draw(['3']));
    job().resume();
    expect(writes.slice(-2)).toEqual([ENTER, '\u001b[H\u001b[2J\u001b[1;1H3\u001b[K']);
    expect(raw.at(-1)).toBe(true);
  });

  it('the end of the process: left once, however often it is said', async () => {
    const { screen, writes, job } = slowTerminal();
    screen.open();
    job().end();
    job().end();
    await screen.close();
    expect(writes.filter((text) => text === LEAVE)).toHaveLength(1);
  });

  it('another size: everything is drawn anew', () => {
    const { screen, stdout, calls, writes, take } = slowTerminal();
    screen.open();
    screen.draw(['1']);
    take();
    calls.onDraw.mockImplementation(() => screen.draw(['1']));
    stdout.emit('resize');
    expect(writes.at(-1)).toBe('\u001b[H\u001b[2J\u001b[1;1H1\u001b[K');
  });

  it('keys: as readline names them; nobody who can press any: said', async () => {
    const { screen, keyboard, calls } = slowTerminal();
    screen.open();
    keyboard.write('a\u0003\u001b[A');
    await vi.waitFor(() => expect(calls.onKey).toHaveBeenCalledTimes(3));
    const keys = calls.onKey.mock.calls.map(([{ name, ctrl }]) => [name, ctrl]);
    expect(keys).toEqual([
      ['a', false],
      ['c', true],
      ['up', false],
    ]);
    keyboard.end();
    await vi.waitFor(() => expect(calls.onEnd).toHaveBeenCalled());
    await screen.close();
  });
});
