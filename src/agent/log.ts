/** The agent's log: readable lines on a terminal, JSON lines otherwise. */

import { type DestinationStream, destination, type LogFn, type Logger, pino, stdTimeFunctions } from 'pino';
import { prettyFactory } from 'pino-pretty';

import { printable } from '../printable.js';
import { isError, reasonOf } from '../thrown.js';
import { redacted } from './redact.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Where lines go. Default: standard output. */
  readonly stream?: DestinationStream;
  /** Readable lines instead of JSON. Default: whether standard output is a terminal. */
  readonly pretty?: boolean;
}

/** Both kinds write synchronously: the last line before an exit is the one that matters most. */
export function createLog(options: LogOptions = {}): Logger {
  const stream = options.stream ?? destination({ fd: 1, sync: true });
  const readable = options.pretty ?? process.stdout.isTTY === true;
  const log: Logger = pino(
    {
      level: options.level ?? 'info',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // JSON leaves C1 and bidi controls as they are.
      hooks: { logMethod: withoutSecrets, streamWrite: printable },
    },
    readable ? prettyStream(stream) : stream,
  );
  // pino gives what a child is bound to none of the formatters; children of children inherit this one.
  const { child } = log;
  log.child = function (this: Logger, bindings, ...more) {
    return child.call(this, redacted(bindings), ...more) as never;
  } as Logger['child'];
  return log;
}

/** Here and not in pino's formatters: those do not see what goes into the message (`%o`), and pino looks at the fields before. */
function withoutSecrets(this: Logger, values: unknown[], log: LogFn): void {
  const shown = values.map((value) => (typeof value === 'object' && value !== null ? redacted(value) : value));
  // An error alone is its message as well.
  const message = values.length === 1 && isError(values[0]) ? [reasonOf(values[0])] : [];
  log.apply(this, [...shown, ...message] as Parameters<LogFn>);
}

function prettyStream(out: DestinationStream): DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY === true && !process.env.NO_COLOR,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,plugin',
    messageFormat: '{if plugin}{plugin}: {end}{msg}',
    singleLine: true,
  });
  // Names and errors may hold VPP's text: nothing but the colours of pino-pretty acts on the terminal.
  const safe = (_key: string, value: unknown) => (typeof value === 'string' ? printable(value) : value);
  return { write: (line) => out.write(format(JSON.parse(line, safe))) };
}
