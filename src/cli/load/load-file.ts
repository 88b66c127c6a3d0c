/**
 * A file of requests, a line each:
 *
 *   add PREFIX [table N] PATH…       also without `add`
 *   del PREFIX [table N] [PATH…]
 *   {"message": "NAME", "fields": {…}}
 *
 * Empty lines, and those that begin with #, do not count. All lines are checked first; each is read again when it is sent, so that
 * hundreds of thousands of requests do not have to be kept.
 */

import { type Channel, type Fields, fromJson, type Schema, type Untyped } from '../../mux/index.js';
import { reasonOf } from '../../thrown.js';
import { RouteRequests } from '../../vpp/for-cli.js';

export interface LoadRequest {
  readonly name: string;
  readonly fields: Fields;
}

/** A line that is none of these. */
export interface BadLine {
  readonly line: number;
  readonly text: string;
  readonly problem: string;
}

/** Lines with mistakes that are kept. */
const KEPT = 20;

export class LoadFile {
  /** Places where the lines with requests begin. */
  readonly starts: number[] = [];
  /** The first of the lines with mistakes; `badCount` are all. */
  readonly bad: BadLine[] = [];
  badCount = 0;
  private readonly routes = new RouteRequests();
  private routeMessage = '';
  /** The reasons why messages cannot be sent, by name; undefined for one that can. */
  private readonly reasons = new Map<string, string | undefined>();

  /** `whyNot` gives the error with which every request of a name would fail; undefined where there is none. */
  constructor(
    private readonly text: string,
    private readonly schema: Schema,
    private readonly whyNot: (name: string) => unknown = () => undefined,
  ) {
    let line = 0;
    for (let start = 0; start < text.length; start = this.endOf(start) + 1) {
      line++;
      const own = this.lineAt(start);
      if (own === '' || own[0] === '#') continue;
      const problem = this.problem(own);
      if (problem === undefined) this.starts.push(start);
      else if (++this.badCount <= KEPT) this.bad.push({ line, text: own, problem });
    }
  }

  /** Looks up what the requests need of VPP: interfaces by their names. Throws NOT_FOUND. */
  async resolve(channel: Channel<Untyped>): Promise<void> {
    this.routeMessage = this.routes.messageOf(channel);
    await this.routes.resolve(channel, {});
  }

  /** The request that begins at `start`. */
  request(start: number): LoadRequest {
    const text = this.lineAt(start);
    if (text[0] === '{') return this.message(text);
    const { isAdd, route } = routeIn(text);
    return { name: this.routeMessage, fields: { ...this.routes.read(route, isAdd) } };
  }

  /** The line that begins at `start`, without what is blank around it. */
  lineAt(start: number): string {
    const line = this.text.slice(start, this.endOf(start)).trim();
    return line.includes('\t') && line[0] !== '{' ? line.replaceAll('\t', ' ') : line;
  }

  /** Number of the line that begins at `start`, from 1. */
  numberOf(start: number): number {
    let line = 1;
    for (let end = this.text.indexOf('\n'); end >= 0 && end < start; end = this.text.indexOf('\n', end + 1)) line++;
    return line;
  }

  private endOf(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end < 0 ? this.text.length : end;
  }

  private problem(text: string): string | undefined {
    if (text[0] !== '{') {
      const { isAdd, route } = routeIn(text);
      return this.routes.problem(route, isAdd);
    }
    try {
      return this.reasonAgainst(this.message(text).name);
    } catch (error) {
      return reasonOf(error);
    }
  }

  private reasonAgainst(name: string): string | undefined {
    if (!this.reasons.has(name)) {
      const error = this.whyNot(name);
      this.reasons.set(name, error === undefined ? undefined : reasonOf(error));
    }
    return this.reasons.get(name);
  }

  /** Throws what is wrong with it. */
  private message(text: string): LoadRequest {
    const { message: name, fields = {}, ...others } = JSON.parse(text) as Record<string, unknown>;
    const [other] = Object.keys(others);
    if (other !== undefined) throw new Error(`"${other}" makes no sense there: {"message": NAME, "fields": {…}}`);
    if (typeof name !== 'string') throw new Error('it names no message: {"message": NAME, "fields": {…}}');
    const message = this.schema.message(name);
    if (message.def.service?.kind !== 'unary') throw new Error(`${name} is no request with one reply`);
    return { name, fields: fromJson(message, fields) };
  }
}

function routeIn(text: string): { readonly isAdd: boolean; readonly route: string } {
  if (text.startsWith('add ')) return { isAdd: true, route: text.slice(4).trimStart() };
  if (text.startsWith('del ')) return { isAdd: false, route: text.slice(4).trimStart() };
  return { isAdd: true, route: text };
}
