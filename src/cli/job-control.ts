/** Tells a program that owns the whole terminal what becomes of its process: it is suspended, goes on, and ends. */

export interface JobListener {
  /** Gives the terminal back; the program stops right after it. Not called for SIGSTOP. */
  suspend(): void;
  /** Takes the terminal again, in whatever state it is. */
  resume(): void;
  /** Gives the terminal back at the end of the process: at `process.exit`, at an error that nothing caught, and at a signal. */
  end(): void;
}

/** Signals that end a process, and that commands do not handle otherwise. */
const ENDING = { SIGHUP: 129, SIGQUIT: 131 } as const;

/** Returns the function that undoes it. */
export function watchJob(listener: JobListener): () => void {
  const stop = () => {
    listener.suspend();
    // With a listener the signal stops nothing; without one, the process stops here until it is brought back. In a session that
    // has no shell to do so, the kernel ignores the signal.
    process.off('SIGTSTP', stop);
    process.kill(process.pid, 'SIGTSTP');
    process.on('SIGTSTP', stop);
    listener.resume();
  };
  const handlers: readonly (readonly [string, () => void])[] = [
    ['SIGTSTP', stop],
    ['SIGCONT', () => listener.resume()],
    ['exit', () => listener.end()],
    ...Object.entries(ENDING).map(([signal, code]) => [signal, () => process.exit(code)] as const),
  ];
  for (const [event, handler] of handlers) process.on(event, handler);
  return () => {
    for (const [event, handler] of handlers) process.off(event, handler);
  };
}

/** Suspends the job as Ctrl-Z does where the terminal is in its usual state: all of its processes, such as npx. */
export function suspendJob(): void {
  process.kill(0, 'SIGTSTP');
}
