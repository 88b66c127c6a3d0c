/** The question for a page of agents: what it is filtered by, and the pages that were seen. */

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AgentsQuestion } from './use-fleet.js';

export interface AgentsFilter {
  readonly text: string;
  /** `''`, `standing:lost`, `health:error`, `drifted:true`. */
  readonly choice: string;
  readonly question: AgentsQuestion;
  /** Agents on the pages before. */
  readonly before: number;
  /** Whether it leaves any out. */
  readonly isOn: boolean;
  type(text: string): void;
  choose(choice: string): void;
  forward(after: string): void;
  back(): void;
}

/** Agents of a page. */
const LIMIT = 50;
/** Milliseconds after the last key until it is asked. */
const SETTLED_MS = 250;

export function useAgentsFilter(): AgentsFilter {
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  const [choice, setChoice] = useState('');
  /** The `after` of the pages that were gone to. */
  const [pages, setPages] = useState<readonly string[]>([]);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => {
      setSettled(text);
      setPages([]);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text, settled]);
  const after = pages.at(-1);
  const question = useMemo(() => questionOf(settled, choice, after), [settled, choice, after]);
  return {
    ...{ text, choice, question, before: LIMIT * pages.length, isOn: settled.trim() !== '' || choice !== '' },
    type: setText,
    choose(next) {
      setChoice(next);
      setPages([]);
    },
    forward: (next) => setPages([...pages, next]),
    back: () => setPages(pages.slice(0, -1)),
  };
}

function questionOf(text: string, choice: string, after: string | undefined): AgentsQuestion {
  const wanted = text.trim();
  const isPattern = wanted.includes('*') || wanted.includes('?');
  const [field, value] = choice.split(':');
  return {
    limit: LIMIT,
    ...(wanted !== '' && { match: isPattern ? wanted : `*${wanted}*` }),
    ...(choice !== '' && { [field]: field === 'drifted' ? true : value }),
    ...(after !== undefined && { after }),
  };
}
