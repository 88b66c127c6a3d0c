/** The reason to shut down an agent: a signal, an uncaught error, or its own program. SIGHUP only makes it reload. */

import type { EventEmitter } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Logger } from 'pino';
import { config as rxjs } from 'rxjs';
import { errorCopy } from '../../thrown.js';
import { reasonOf } from '../errors.js';
import { endedPluginIn } from '../lifetime/plugin-end.js';
import { writeFolded } from '../log/log.js';
import { blame } from './blame.js';

/** The part of `process` that is used; tests bring their own. */
export interface ProcessLike extends Pick<EventEmitter, 'on' | 'off'> {
  exit(code: number): unknown;
  /** Whether the terminal that it was started on is gone. Default: looked up. */
  terminalGone?(): boolean;
}

/** Signal → the exit code of a process that it killed (128 + its number). */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof SIGNALS;

/**
 * npm passes on a Ctrl-C that the terminal has already sent to every process; a signal so soon is the same key press.
 */
const ECHO_MS = 100;

/** Waits for a reason to shut down, from its construction until `dispose()`. */
export class ShutdownReason {
  /** Resolves when the agent is to shut down. */
  readonly reached: Promise<void>;
  /** 1 as soon as anything went wrong, else 0. */
  exitCode: 0 | 1 = 0;
  /** Plugins to which an uncaught error may be attributed. */
  plugins: readonly { readonly name: string; readonly file?: string }[] = [];
  /** Called on SIGHUP. */
  reload: () => void = () => {};
  private left = false;
  private reach: () => void = () => {};
  private signalledAt: number | undefined;
  private readonly handlers = {
    SIGINT: () => this.onSignal('SIGINT'),
    SIGTERM: () => this.onSignal('SIGTERM'),
    SIGHUP: () => this.onHangUp(),
    exit: (code: number) => this.onExit(code),
    uncaughtException: (error: unknown) => this.onUncaught('uncaught error', error),
    unhandledRejection: (error: unknown) => this.onUncaught('unhandled rejection', error),
  };

  constructor(
    readonly process: ProcessLike,
    /** Replaced by the agent's own log once there is one. */
    public log: Logger,
    readonly signal: AbortSignal | undefined,
  ) {
    this.reached = new Promise((resolve) => {
      this.reach = resolve;
    });
    for (const [event, handler] of Object.entries(this.handlers)) process.on(event, handler);
    rxjs.onUnhandledError = this.onObserverFailed;
    signal?.addEventListener('abort', this.onAbort);
    if (signal?.aborted) this.request(0);
  }

  /** Shuts the agent down. An exit code of 1 is never taken back. */
  request(code: 0 | 1): void {
    if (code === 1) this.exitCode = 1;
    this.left = true;
    this.reach();
  }

  dispose(): void {
    for (const [event, handler] of Object.entries(this.handlers)) this.process.off(event, handler);
    // rxjs tells of what has failed so far in a timer, which would end the process if nobody took it.
    setTimeout(() => {
      if (rxjs.onUnhandledError === this.onObserverFailed) rxjs.onUnhandledError = null;
    });
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  /**
   * Logs that an observer of the status, of VPP's state or of events failed at one value: rxjs goes on with the others.
   */
  private readonly onObserverFailed = (error: unknown) => {
    const what = 'an observer has failed';
    if (this.isOfEnded(what, error)) return;
    const plugin = blame(error, this.plugins);
    const whose = plugin ? `in plugin ${plugin.name}` : '(in no known plugin)';
    this.log.error(withStack(error), `${what} ${whose}: ${reasonOf(error)}`);
  };

  private readonly onAbort = () => this.request(0);

  private onSignal(name: Signal): void {
    const now = performance.now();
    if (this.signalledAt === undefined) {
      this.signalledAt = now;
      this.log.info(`${name}: closing (again to exit immediately)`);
      this.request(0);
    } else if (now - this.signalledAt >= ECHO_MS) {
      this.log.warn(`${name} again: exiting immediately`);
      this.process.exit(SIGNALS[name]);
    }
  }

  /** Reloads a daemon; ends a program whose terminal window was closed. */
  private onHangUp(): void {
    if ((this.process.terminalGone ?? terminalGone)()) {
      this.log.info('SIGHUP: the terminal is gone: closing');
      this.request(0);
      return;
    }
    this.log.info('SIGHUP: reading the configuration again');
    this.reload();
  }

  /** Logs the plugin that ended the process, since nothing can be closed any more. */
  private onExit(code: number): void {
    writeFolded(this.log);
    if (this.left) return;
    const plugin = blame(new Error('exit'), this.plugins);
    const who = plugin ? `plugin ${plugin.name} has` : 'process.exit() was called, or nothing kept it running; it has';
    this.log.fatal(`${who} ended the whole agent with exit code ${code}; nothing could be closed`);
  }

  private onUncaught(what: string, error: unknown): void {
    if (this.isOfEnded(what, error)) return;
    const plugin = blame(error, this.plugins);
    const whose = plugin ? `in plugin ${plugin.name}` : '(in no known plugin)';
    this.log.fatal(withStack(error), `${what} ${whose}: ${reasonOf(error)}; closing`);
    this.request(1);
  }

  /**
   * Whether an error is a consequence of a plugin's end. It must not end the agent, which runs on without that plugin.
   */
  private isOfEnded(what: string, error: unknown): boolean {
    const ended = endedPluginIn(error);
    if (ended === undefined) return false;
    this.log.warn(`${what} in plugin ${ended}, which has ended: ${reasonOf(error)}`);
    return true;
  }
}

/** The error with its stack, also where it has a code, because nothing caught it. */
function withStack(error: unknown): { err?: Error } {
  const err = errorCopy(error);
  return err === undefined ? {} : { err };
}

function terminalGone(): boolean {
  if (process.stdout.isTTY !== true) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}
