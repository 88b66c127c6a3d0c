/** Makes a link ready for a session: connects, shakes hands, finds the definitions. */

import { ConnectionError } from '../errors.js';
import type { Link, OpenLink } from '../link/link.js';
import { ApiJsonExchange } from '../session/api-json-exchange.js';
import { builtin, completed } from '../session/builtin.js';
import { Counters } from '../session/counters.js';
import { Deadlines } from '../session/deadlines.js';
import { type HandshakeResult, handshake } from '../session/handshake.js';
import { MessageCatalogue } from '../session/message-catalogue.js';
import { withWholeNames } from '../session/message-table.js';
import { Session } from '../session/session.js';
import { handshakeLookup, lookupOf } from '../trace/message-lookup.js';
import { TracedLink } from '../trace/traced-link.js';
import type { TraceEntry } from '../types.js';
import type { SchemaSource } from './schema-source.js';

export interface DialOptions {
  readonly openLink: OpenLink;
  readonly socket: string;
  readonly name: string;
  readonly timeoutMs: number;
  readonly maxFrameBytes: number;
  readonly unsafe: boolean;
  readonly exclusive: readonly string[];
  readonly trace: ((entry: TraceEntry) => void) | undefined;
  /** Generation of the session to come. */
  readonly generation: number;
  readonly signal: AbortSignal;
}

export interface Dialled {
  readonly link: Link;
  readonly clientIndex: number;
  readonly catalogue: MessageCatalogue;
  readonly schemaSource: string;
}

function closed(): ConnectionError {
  return new ConnectionError('CLOSED', 'closed by this program while connecting', { outcome: 'not-sent' });
}

/** Deadline of get_api_json, milliseconds: VPP builds megabytes of JSON on its main thread before it answers. */
export const API_JSON_TIMEOUT = 15_000;

/** Rejects with a ConnectionError or SchemaError; the link is closed by then. */
export async function dial(options: DialOptions, schemas: SchemaSource): Promise<Dialled> {
  const { openLink, timeoutMs, signal } = options;
  schemas.prepare();
  const plain = await openLink(options);
  const traced = options.trace && new TracedLink(plain, options.trace, options.generation, handshakeLookup);
  const link = traced ?? plain;
  const abort = () => {
    link.close();
    link.onClose(closed());
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) throw closed();
    const result = await handshake(link, options.name, timeoutMs);
    if (traced) traced.lookup = lookupOf(new MessageCatalogue(result.table, builtin));
    let lost: Error | undefined;
    const noteLoss = (cause: Error) => {
      lost = cause;
    };
    link.onClose = noteLoss;
    const { schema, source, elsewhere } = await schemas.find(result.table, () =>
      askForApiJson(link, result).finally(() => {
        link.onClose = noteLoss;
      }),
    );
    if (lost) throw lost;
    const seen = { table: withWholeNames(result.table, schema.model), source, elsewhere };
    const catalogue = new MessageCatalogue(
      seen.table,
      completed(schema, seen),
      options.unsafe,
      seen,
      options.exclusive,
    );
    if (traced) traced.lookup = lookupOf(catalogue);
    return { link, clientIndex: result.clientIndex, catalogue, schemaSource: source };
  } catch (error) {
    link.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Makes a session of its own, with the built-in definitions, for the one request that fetches the others. */
async function askForApiJson(link: Link, { clientIndex, table }: HandshakeResult): Promise<Uint8Array> {
  const deadlines = new Deadlines();
  let session: Session | undefined;
  try {
    const reply = await new Promise<Record<string, unknown>>((resolve) => {
      const catalogue = new MessageCatalogue(table, builtin);
      session = new Session(
        { link, clientIndex, generation: 0, catalogue, counters: new Counters(), deadlines, maxInFlight: 1, log() {} },
        { receiver: { onEvent() {} }, onLate() {}, onEnd() {} },
      );
      const owner = { id: 0, completed: 0, isFull: false, settled() {}, parked() {}, resume() {} };
      const plan = catalogue.plan('get_api_json');
      const exchange = new ApiJsonExchange(session, plan, owner, API_JSON_TIMEOUT, false, resolve);
      session.send(exchange, plan.write, {});
    });
    return reply.json as Uint8Array;
  } finally {
    deadlines.clear();
  }
}
