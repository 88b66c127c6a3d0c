/** Errors that nobody caught: in an agent they end it. */

export interface EscapeSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  off(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

export interface Escapes {
  readonly errors: readonly unknown[];
  stop(): void;
}

/** Collects them from now on; the process goes on meanwhile. */
export function collectEscapes(source: EscapeSource = process): Escapes {
  const errors: unknown[] = [];
  const add = (error: unknown) => void errors.push(error);
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  for (const event of events) source.on(event, add);
  return {
    errors,
    stop() {
      for (const event of events) source.off(event, add);
    },
  };
}
