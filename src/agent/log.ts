/** The agent's log: readable lines on a terminal, JSON lines otherwise. */

import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { printable } from '../printable.js';

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
  return pino(
    {
      level: options.level ?? 'info',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), censor: '(secret)' },
      // JSON leaves C1 and bidi controls as they are.
      hooks: { streamWrite: printable },
    },
    readable ? prettyStream(stream) : stream,
  );
}

/** Never written out, whoever logs an object that holds them. */
const SECRETS = ['password', 'secret', 'token', 'authorization', 'cookie'];

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
