/**
 * One stream of a watch, from its creation to its loss. It knows revisions, and whether etcd is still there: after `idleMs` without a
 * word it asks for one, and without an answer it ends.
 *
 *   opened ─▶ created ─▶ events, progress ─▶ over: lost, compacted, refused, or stopped by the watch
 *
 * Two kinds of progress: etcd's own, for this watch, holds for all events up to its revision. The answer to our question (id -1) is a
 * sign of life only: older releases (3.4.23) send it whether or not all events have gone out.
 */

import { type EtcdError, etcdError } from '../errors.js';
import type { KeyRange } from '../kv/ranges.js';
import { decodeAnswer, type OpenCall, type Rpc } from '../link/rpc.js';
import { Silence } from '../link/silence.js';
import { encode } from '../wire/encode.js';
import type { WATCH_RESPONSE } from '../wire/messages.js';
import { WATCH } from '../wire/methods.js';
import type { Decoded } from '../wire/protobuf.js';
import { STATUS, statusError } from '../wire/status-errors.js';

export type WatchResponse = Decoded<typeof WATCH_RESPONSE>;

export interface WatchRequest extends KeyRange {
  /** The first revision to hear of; 0: the next one. */
  readonly startRevision: number;
  readonly prevKv: boolean;
}

export interface WatchCallHandlers {
  /** etcd has the watch, and was at `revision` then. */
  created(revision: number, clusterId: bigint): void;
  /** False: no more of them. */
  events(response: WatchResponse, bytes: number): boolean;
  /** All events up to `revision` have come. */
  progress(revision: number): void;
}

/** How a stream ended: `compactRevision` where the history that it needs is gone; nothing where the watch itself stopped it. */
export type WatchEnd =
  | { readonly why: 'lost' | 'refused'; readonly error: EtcdError }
  | { readonly why: 'compacted'; readonly compactRevision: number }
  | { readonly why: 'stopped' };

/** Id in answers to our questions for a word. */
const ANY_WATCH = 0xffff_ffff_ffff_ffffn;
/** Milliseconds for the answer. */
const ANSWER_MS = 2000;
/** Milliseconds for the answer to a ping of the connection. */
const PING_MS = 1000;

export class WatchCall {
  /** The end of it. */
  readonly over: Promise<WatchEnd>;
  private end!: (end: WatchEnd) => void;
  private opened: OpenCall | undefined;
  private silence: Silence | undefined;

  constructor(
    private readonly rpc: Rpc,
    private readonly request: WatchRequest,
    private readonly key: string,
    private readonly handlers: WatchCallHandlers,
  ) {
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** @throws EtcdError where there is no connection. */
  async open(signal: AbortSignal): Promise<void> {
    const handlers = {
      message: (bytes: Buffer) => this.take(decodeAnswer(WATCH, bytes), bytes.length),
      end: (error?: EtcdError) => this.closed(error),
    };
    this.opened = await this.rpc.open(WATCH.name, handlers, { key: this.key }, signal);
    this.opened.call.send(encode(WATCH.request, { create: { ...this.request, progressNotify: true } }));
    this.rest();
  }

  stop(): void {
    this.finish({ why: 'stopped' });
  }

  private take(response: WatchResponse, bytes: number): void {
    const { header, created, canceled, compactRevision, cancelReason, events, watchId } = response;
    this.rest();
    const isOver = compactRevision > 0 || canceled;
    if (isOver) this.finish(compactRevision > 0 ? { why: 'compacted', compactRevision } : this.canceled(cancelReason));
    else if (created) this.handlers.created(header?.revision ?? 0, header?.clusterId ?? 0n);
    if (isOver) return;
    if (events.length > 0) {
      if (!this.handlers.events(response, bytes)) this.stop();
    } else if (!created && watchId !== ANY_WATCH) this.handlers.progress(header?.revision ?? 0);
  }

  /** etcd gives a text in place of a status here, and calls a token that has run out a lack of permission (3.4). */
  private canceled(text: string): WatchEnd {
    const status = text.includes('permission denied') ? STATUS.permissionDenied : STATUS.unavailable;
    const fields = { request: WATCH.name, key: this.key, endpoint: this.opened?.session.endpoint };
    const error = statusError({ status, text: text || 'the watch was canceled', fields });
    const isToken = status === STATUS.permissionDenied || text.includes('auth');
    return { why: isToken ? 'refused' : 'lost', error };
  }

  private closed(error: EtcdError | undefined): void {
    const { opened } = this;
    if (opened && error?.code === 'ETCD_NO_LEADER') this.rpc.link.leave(opened.session, error);
    this.finish({ why: 'lost', error: error ?? etcdError('ETCD_LOST', `etcd ended the watch of ${this.key}`) });
  }

  /** Waits for the next word. */
  private rest(): void {
    this.silence?.end();
    this.silence = new Silence(this.rpc.settings.idleMs, () => this.ask());
  }

  private ask(): void {
    this.opened?.call.send(encode(WATCH.request, { progress: {} }));
    this.silence = new Silence(ANSWER_MS, () => this.silent());
  }

  private silent(): void {
    const { opened, key } = this;
    opened?.session.check(PING_MS);
    const text = `${opened?.session.endpoint} is silent on the watch of ${key}, and gave no answer within ${ANSWER_MS} ms`;
    this.finish({ why: 'lost', error: etcdError('ETCD_LOST', text, { key, afterMs: ANSWER_MS }) });
  }

  private finish(end: WatchEnd): void {
    this.silence?.end();
    this.silence = undefined;
    this.end(end);
    this.opened?.call.fail();
  }

  /** The token that it was opened with. */
  get token(): string | undefined {
    return this.opened?.token;
  }
}
