/** From a socket path to a session: connect, shake hands, find the definitions. */

import { ConnectionError } from '../errors.js';
import type { Link } from '../link/link.js';
import { openUnixLink } from '../link/unix-link.js';
import { builtin, completed } from '../session/builtin.js';
import { Catalogue } from '../session/catalogue.js';
import { Counters } from '../session/counters.js';
import { Deadlines } from '../session/deadlines.js';
import { handshake, type Welcome } from '../session/handshake.js';
import { Session } from '../session/session.js';
import { SingleExchange } from '../session/single-exchange.js';
import type { SchemaSource } from './schema-source.js';

export interface DialOptions {
  readonly socket: string;
  readonly name: string;
  readonly timeoutMs: number;
  readonly maxFrameBytes: number;
  readonly unsafe: boolean;
  readonly signal: AbortSignal;
}

export interface Dialled {
  readonly link: Link;
  readonly clientIndex: number;
  readonly catalogue: Catalogue;
  readonly schemaSource: string;
}

/** VPP builds megabytes of JSON on its main thread before it answers. */
const API_JSON_TIMEOUT = 15_000;

/** Rejects with a ConnectionError or SchemaError; the link is closed by then. */
export async function dial(options: DialOptions, schemas: SchemaSource): Promise<Dialled> {
  const { socket: path, timeoutMs, signal } = options;
  schemas.prepare();
  const link = await openUnixLink({ path, timeoutMs, maxFrameBytes: options.maxFrameBytes, signal });
  const abort = () => {
    link.close();
    link.onClose(new ConnectionError('CLOSED', 'closed by this program while connecting', { outcome: 'not-sent' }));
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const welcome = await handshake(link, options.name, timeoutMs);
    let lost: Error | undefined;
    const noteLoss = (cause: Error) => {
      lost = cause;
    };
    link.onClose = noteLoss;
    const { schema, source } = await schemas.find(welcome.table, () =>
      askForApiJson(link, welcome).finally(() => {
        link.onClose = noteLoss;
      }),
    );
    if (lost) throw lost;
    return {
      link,
      clientIndex: welcome.clientIndex,
      catalogue: new Catalogue(welcome.table, completed(schema), options.unsafe),
      schemaSource: source,
    };
  } catch (error) {
    link.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A session of its own, with the built-in definitions, for the one request that fetches the others. */
async function askForApiJson(link: Link, { clientIndex, table }: Welcome): Promise<string> {
  const deadlines = new Deadlines();
  let session: Session | undefined;
  try {
    const reply = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const catalogue = new Catalogue(table, builtin);
      session = new Session(
        { link, clientIndex, generation: 0, catalogue, counters: new Counters(), deadlines, maxInFlight: 1 },
        { onEvent() {}, onLate() {}, onEnd() {} },
      );
      const owner = { id: 0, progress: 0, settled() {}, silent() {} };
      const plan = catalogue.plan('get_api_json');
      const exchange = new SingleExchange(session, plan, owner, API_JSON_TIMEOUT, false, resolve, reject);
      session.send(exchange, { write: plan.message.write, fields: {} });
    });
    return reply.json as string;
  } finally {
    deadlines.clear();
  }
}
