/** A question to the agent, asked when somebody wants it; the answer stays until the next one. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { connection } from './index.js';
import { AgentError } from './rest.js';

export interface Question<T> {
  readonly answer?: T;
  readonly isAsking: boolean;
  readonly failed?: { readonly message: string; readonly path?: string };
  ask(input: object): void;
}

export function useQuestion<T>(operation: string): Question<T> {
  const [state, setState] = useState<Omit<Question<T>, 'ask'>>({ isAsking: false });
  const abort = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const ask = async (input: object) => {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setState(({ answer }) => ({ answer, isAsking: true }));
    try {
      const answer = await connection.call<T>(operation, input, mine.signal);
      if (!mine.signal.aborted) setState({ answer, isAsking: false });
    } catch (error) {
      if (mine.signal.aborted) return;
      const message = error instanceof AgentError ? error.message : 'the agent does not answer';
      const path = error instanceof AgentError ? error.path : undefined;
      setState({ isAsking: false, failed: { message, ...(path !== undefined && { path }) } });
    }
  };
  return { ...state, ask: (input) => void ask(input) };
}
