/** The requests that a replayed trace has no answer for: kept, and each logged once. */
import { type Fields, jsonLine } from '../../src/mux/internal.js';
import type { Log } from '../options.js';

export interface Unanswered {
  readonly name: string;
  /** Decoded fields, without the header's. */
  readonly fields: Fields;
  readonly why: string;
}

/** Number of them that are kept and logged. */
const KEEP = 1000;
const MAX_CHARACTERS = 300;

export class UnansweredRequests {
  readonly list: Unanswered[] = [];
  private readonly logged = new Set<string>();

  constructor(private readonly log: Log) {}

  add(name: string, fields: Fields, why: string): void {
    if (this.list.length < KEEP) this.list.push({ name, fields, why });
    const text = jsonLine(fields);
    const line = `${name} ${text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text}`;
    if (this.logged.size >= KEEP || this.logged.has(line)) return;
    this.logged.add(line);
    this.log('warn', `the trace has no answer to ${line}: ${why}`, { messageName: name });
  }
}
