/** The agent's log: readable lines on a terminal, JSON lines otherwise. */

import { type DestinationStream, destination, type LogFn, type Logger, pino, stdTimeFunctions } from 'pino';
import { prettyFactory } from 'pino-pretty';

import { printable } from '../../printable.js';
import { RepeatedLines } from '../../repeated-lines.js';
import { isError, reasonOf } from '../../thrown.js';
import { redacted } from './redact.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Destination of the lines. Default: standard output. */
  readonly stream?: DestinationStream;
  /** Readable lines instead of JSON. Default: whether standard output is a terminal. */
  readonly pretty?: boolean;
  /** Lays out a readable line (or several, with line breaks and colours) for the terminal. Default: unchanged. */
  readonly layOut?: LayOut;
}

export type LayOut = (text: string) => string;

/** A log that writes synchronously: the last line before an exit matters most. */
export function createLog(options: LogOptions = {}): Logger {
  const stream = options.stream ?? destination({ fd: 1, sync: true });
  const readable = options.pretty ?? process.stdout.isTTY === true;
  const counting = new Set<RepeatedLines>();
  const log: FoldedLog = pino(
    {
      level: options.level ?? 'info',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // JSON leaves C1 and bidi controls as they are.
      hooks: { logMethod: folded(counting), streamWrite: printable },
    },
    readable ? prettyStream(stream, options.layOut) : stream,
  );
  log[COUNTING] = counting; // Children inherit it.
  // pino applies no formatter to a child's bindings. Children of children inherit this function.
  const { child } = log;
  log.child = function (this: Logger, bindings, ...more) {
    return child.call(this, redacted(bindings), ...more) as never;
  } as Logger['child'];
  return log;
}

/**
 * Folds repeated lines: plugins log what VPP does, and a VPP in a crash loop does it many times a second. Only lines
 * without fields are folded, and only identical ones: somebody may look for fields and numbers later.
 */
const FOLDING = { burst: 5, everyMs: 10_000, exact: true } as const;
/** Longer lines are not kept for comparison. */
const LONGEST_FOLDED = 1000;
const repeated = new WeakMap<Logger, RepeatedLines>();
/** Repeated lines of a log and of its children that have been counted, but not written yet. */
const COUNTING = Symbol('counting');
type FoldedLog = Logger & { [COUNTING]?: Set<RepeatedLines> };

/** Writes the counts of folded lines of a log and its children now: for the end of the program. */
export function writeFolded(log: FoldedLog): void {
  for (const lines of [...(log[COUNTING] ?? [])]) lines.flush();
}

/** `level` is pino's number, 20 for debug. Lines at debug and below are never folded. */
function folded(counting: Set<RepeatedLines>) {
  return function (this: Logger, values: unknown[], log: LogFn, level: number): void {
    const [text] = values;
    const isText = values.length === 1 && typeof text === 'string' && text.length <= LONGEST_FOLDED;
    if (!isText || level <= pino.levels.values.debug) withoutSecrets.call(this, values, log);
    else linesOf(this, counting).line(String(level), text, (line) => log.call(this, line));
  };
}

function linesOf(log: Logger, counting: Set<RepeatedLines>): RepeatedLines {
  const known = repeated.get(log);
  if (known) return known;
  const lines = new RepeatedLines(FOLDING, counting);
  repeated.set(log, lines);
  return lines;
}

/** Masks secrets. Not in pino's formatters, which do not see the values in the message (`%o`). */
function withoutSecrets(this: Logger, values: unknown[], log: LogFn): void {
  const shown = values.map((value) => (typeof value === 'object' && value !== null ? redacted(value) : value));
  // An error alone gives the message as well.
  const message = values.length === 1 && isError(values[0]) ? [reasonOf(values[0])] : [];
  log.apply(this, [...shown, ...message] as Parameters<LogFn>);
}

function prettyStream(out: DestinationStream, layOut: LayOut = (text) => text): DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY === true && !process.env.NO_COLOR,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,plugin',
    messageFormat: '{if plugin}{plugin}: {end}{msg}',
    singleLine: true,
  });
  // Names and errors may hold text of VPP: only the colours of pino-pretty may reach the terminal as control codes.
  const safe = (_key: string, value: unknown) => (typeof value === 'string' ? printable(value) : value);
  return { write: (line) => out.write(layOut(format(JSON.parse(line, safe)))) };
}
