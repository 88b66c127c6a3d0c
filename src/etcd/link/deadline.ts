import { onAbort } from '../../abort.js';
import { EFFECT, EtcdError, type EtcdErrorFields, etcdError, type Outcome } from '../errors.js';
import { Silence } from './silence.js';

/** The time of one request, and its caller's signal. */
export class Deadline {
  /** Rejects what waits for a connection. */
  readonly over = new Error('the time is over');
  private readonly from = performance.now();
  private readonly listeners = new Set<() => void>();
  private readonly silence: Silence;
  private readonly forget: () => void;
  private isOver = false;

  constructor(
    private readonly ms: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    const stop = () => {
      this.isOver = true;
      for (const listener of this.listeners) listener();
    };
    this.silence = new Silence(ms, stop);
    this.forget = signal && !signal.aborted ? onAbort(signal, stop) : () => {};
    if (signal?.aborted) this.isOver = true;
  }

  get left(): number {
    return this.ms - (performance.now() - this.from);
  }

  /**
   * The error of a request whose time is over, or whose caller gave up. `cause`: why it was not sent, or how the attempt before this one
   * failed.
   */
  error(request: string, fields: EtcdErrorFields, outcome: Outcome, cause?: EtcdError): EtcdError {
    const all = { ...fields, request, outcome, afterMs: this.ms };
    const effect = EFFECT[outcome];
    const { signal } = this;
    if (signal?.aborted) {
      const { afterMs: _, ...rest } = all;
      return new EtcdError('ABORTED', `${request} was given up by the caller; ${effect}`, rest, signal.reason);
    }
    const what = fields.key === undefined ? request : `${request} of ${fields.key}`;
    if (cause && outcome === 'not-sent') {
      const code = cause.code === 'ETCD_LOST' ? 'ETCD_AWAY' : cause.code;
      return etcdError(code, `${what} was not sent within ${this.ms} ms: ${cause.message}`, all, cause);
    }
    const before = cause === undefined ? '' : `; the attempt before it: ${cause.message}`;
    const text = `${fields.endpoint ?? 'etcd'} did not answer ${what} within ${this.ms} ms; ${effect}${before}`;
    return etcdError('ETCD_TIMEOUT', text, all, cause);
  }

  /** Calls `listener` when the time is over; gives what takes it back. */
  whenOver(listener: () => void): () => void {
    if (this.isOver) queueMicrotask(listener);
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Rejects with `over` when the time is over first. */
  wait<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const forget = this.whenOver(() => reject(this.over));
      work.then(resolve, reject).finally(forget);
    });
  }

  /** True after `ms`; false where the time is over before. */
  async pause(ms: number): Promise<boolean> {
    if (this.isOver || ms >= this.left) return false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const slept = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    return this.wait(slept).then(
      () => true,
      () => {
        clearTimeout(timer);
        return false;
      },
    );
  }

  end(): void {
    this.silence.end();
    this.forget();
  }
}
