/** How the fleet is, and one page of its agents: asked once in two seconds while the view can be seen. The agent reads both at once. */

import { useEffect, useReducer, useState } from 'preact/hooks';
import { connection } from '../../feed/index.js';
import { AgentError } from '../../feed/rest.js';
import { useValue } from '../../feed/use-value.js';
import type { AgentsPage, FleetStatus } from './types.js';

/** Input of `fleet.agents`. */
export type AgentsQuestion = Readonly<Record<string, string | number | boolean>>;

interface Answers {
  readonly status?: FleetStatus;
  /** The page, and the question that it answers. */
  readonly page?: AgentsPage;
  readonly pageOf?: AgentsQuestion;
  /** The newest status that has the whole fleet, and when it came, in milliseconds. */
  readonly known?: { readonly status: FleetStatus; readonly at: number };
  readonly failed?: string;
}

export interface FleetAnswers extends Answers {
  /** Asks now. */
  refresh(): void;
}

/** Milliseconds between two questions. */
const EACH_MS = 2000;
/** Codes of an operation that no plugin has. */
const MISSING = ['UNKNOWN_OPERATION', 'NOT_SUPPORTED'];

/** `question` must be the same object as long as it is the same question. */
export function useFleet(question: AgentsQuestion | undefined): FleetAnswers {
  const [answers, setAnswers] = useState<Answers>({});
  const [asked, refresh] = useReducer<number, void>((count) => count + 1, 0);
  const isLive = useValue(connection.link).phase === 'live';
  const isVisible = useVisible();
  useEffect(() => {
    if (!isLive || !isVisible) return;
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      try {
        const found = await read(question, ending.signal);
        if (!ending.signal.aborted) setAnswers((before) => ({ ...before, failed: undefined, ...found }));
      } catch (error) {
        const failed = error instanceof AgentError ? error.message : 'the agent does not answer';
        if (!ending.signal.aborted) setAnswers((before) => ({ ...before, failed }));
      }
      if (!ending.signal.aborted) timer = setTimeout(() => void turn(), EACH_MS);
    };
    void turn();
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [isLive, isVisible, question, asked]);
  return { ...answers, refresh: () => refresh() };
}

async function read(question: AgentsQuestion | undefined, signal: AbortSignal): Promise<Answers> {
  const status = await connection.call<FleetStatus>('fleet.status', {}, signal).catch(withoutPlugin);
  if (status.counts === undefined) return { status };
  const known = { status, at: Date.now() };
  if (question === undefined) return { status, known };
  const page = await connection.call<AgentsPage>('fleet.agents', question, signal);
  return { status, known, page, pageOf: question };
}

function withoutPlugin(error: unknown): FleetStatus {
  if (!(error instanceof AgentError) || !MISSING.includes(error.code)) throw error;
  return {
    on: false,
    reason: 'off: the plugin etcd does not run here; list it in agent.yaml, and set endpoints in etcd.conf',
  };
}

/** Whether the tab is one that somebody can see. */
function useVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    look();
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}
