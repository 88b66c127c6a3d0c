/** The page's connection to the agent: gets a ticket, opens the feed, and comes back by itself when it is lost. */

import {
  type DataplaneEntry,
  FEED_PATH,
  FEED_PROTOCOL,
  type FeedMessage,
  LOST_MS,
  TICKET_PATH,
  type TicketAnswer,
} from '../../src/plugins/dashboard/protocol/index.js';
import { Backoff } from './backoff.js';
import { dataplane, HOME, urlOf } from './dataplane.js';
import { isName } from './dataplane-paths.js';
import { AgentError, get, type Progress, post, postWithProgress } from './rest.js';
import { keepToken, keptToken } from './session.js';
import type { TopicStore } from './topics.js';
import { Value } from './value.js';

/**
 * `login`: a token is needed. `live`: messages come. `lost`: the next attempt is at `retryAt`. `absent`: the agent has no dashboard for
 * the dataplane that is to be shown.
 */
export type Link =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'login'; readonly reason: string; readonly wrong: boolean }
  | { readonly phase: 'live'; readonly access: 'read' | 'write'; readonly caller: string }
  | { readonly phase: 'absent' }
  | { readonly phase: 'lost'; readonly reason: string; readonly since: number; readonly retryAt: number };

const pathOf = (operation: string) => `/api/${operation.replaceAll('.', '/')}`;

export class Connection {
  readonly link = new Value<Link>({ phase: 'connecting' });
  /** All dataplanes of the agent as they were at the last login; undefined where there is one only. */
  readonly dataplanes = new Value<readonly DataplaneEntry[] | undefined>(undefined);
  private token = keptToken();
  private socket: WebSocket | undefined;
  private readonly backoff = new Backoff();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private lostSince: number | undefined;
  /** Counts the attempts: what belongs to an earlier one is ignored. */
  private attempt = 0;

  constructor(private readonly topics: TopicStore) {
    topics.onWanted = () => this.subscribe();
  }

  /** Whether a token is known, which can be forgotten. */
  get hasToken(): boolean {
    return this.token !== undefined;
  }

  start(): void {
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.link.current.phase === 'lost') this.retryNow();
    });
    dataplane.subscribe(() => this.startAnew());
    void this.connect();
  }

  login(token: string): void {
    this.token = token;
    void this.connect();
  }

  logout(): void {
    this.token = undefined;
    keepToken(undefined);
    this.end();
    this.link.set({ phase: 'login', reason: 'You have logged out of this tab.', wrong: false });
  }

  /** Tries now, instead of after the wait. */
  retryNow(): void {
    const { phase } = this.link.current;
    if (phase !== 'lost' && phase !== 'absent') return;
    this.backoff.reset();
    void this.connect();
  }

  /** Calls an operation of the agent. Rejects with AgentError. */
  call<T>(operation: string, input: unknown, signal?: AbortSignal): Promise<T> {
    return post<T>(urlOf(pathOf(operation)), input, this.token, signal);
  }

  /** The same, and tells how far the agent is. */
  callWithProgress<T>(
    operation: string,
    input: unknown,
    onProgress: (progress: Progress) => void,
    signal?: AbortSignal,
  ): Promise<T> {
    return postWithProgress<T>(urlOf(pathOf(operation)), input, this.token, onProgress, signal);
  }

  /** Reads a document of the agent. Rejects with AgentError. */
  get<T>(path: string): Promise<T> {
    return get<T>(urlOf(path), this.token);
  }

  /** A ticket for a WebSocket, with the access that it gives. Rejects with AgentError. */
  ticket(name = dataplane.current): Promise<TicketAnswer> {
    return post<TicketAnswer>(urlOf(TICKET_PATH, name), {}, this.token);
  }

  /** Connects to the dataplane that is to be shown; nothing of the one before is shown any more. */
  private startAnew(): void {
    this.topics.clear();
    this.lostSince = undefined;
    this.backoff.reset();
    this.link.set({ phase: 'connecting' });
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.end();
    const { attempt } = this;
    try {
      const answer = await this.loggedIn(dataplane.current);
      if (attempt !== this.attempt) return;
      keepToken(this.token);
      if (answer === undefined) this.link.set({ phase: 'absent' });
      else this.open(answer);
    } catch (error) {
      if (attempt === this.attempt) this.refused(error);
    }
  }

  /** The ticket for the feed of a dataplane; undefined where the agent has none. */
  private async loggedIn(name: string): Promise<TicketAnswer | undefined> {
    const isServed = name === HOME || isName(name);
    const answer = isServed ? await this.ticket(name).catch((error) => unlessMissing(error, name)) : undefined;
    // The dashboard that the page is from knows which dataplanes there are.
    const { dataplanes } = answer ?? (await this.ticket(HOME));
    this.dataplanes.set(dataplanes);
    return answer;
  }

  private refused(error: unknown): void {
    if (error instanceof AgentError && (error.status === 401 || error.status === 403)) {
      const wrong = this.token !== undefined;
      this.token = undefined;
      keepToken(undefined);
      this.link.set({ phase: 'login', reason: error.message, wrong });
    } else {
      this.lost(error instanceof AgentError ? error.message : 'the agent does not answer');
    }
  }

  private open({ ticket, access, caller }: TicketAnswer): void {
    const url = urlOf(FEED_PATH);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, [FEED_PROTOCOL, ticket]);
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      this.listen();
      const message = JSON.parse(data) as FeedMessage;
      if ('hello' in message) {
        this.backoff.reset();
        this.lostSince = undefined;
        this.link.set({ phase: 'live', access, caller });
        this.subscribe();
      } else this.topics.receive(message);
    };
    socket.onclose = ({ code, reason }) => this.lost(reason || `the connection was closed (${code})`);
    this.listen();
  }

  /** Waits for the next message. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(`the agent was silent for ${LOST_MS / 1000} seconds`), LOST_MS);
  }

  private subscribe(): void {
    if (this.link.current.phase !== 'live') return;
    this.socket?.send(JSON.stringify({ topics: this.topics.wanted }));
  }

  private lost(reason: string): void {
    this.end();
    const wait = this.backoff.next();
    this.lostSince ??= Date.now();
    this.link.set({ phase: 'lost', reason, since: this.lostSince, retryAt: Date.now() + wait });
    this.retry = setTimeout(() => void this.connect(), wait);
  }

  private end(): void {
    this.attempt += 1;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    const { socket } = this;
    this.socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}

/** Without the dashboard that the page is from, the agent is taken to be away. */
function unlessMissing(error: unknown, name: string): undefined {
  if (name !== HOME && error instanceof AgentError && error.status === 404) return undefined;
  throw error;
}
