/** Feeds a mock with bodies of any content for every request that it serves, and tells what became of them. */
import type { Death } from '../../mock-vpp/index.js';
import { servedRequests } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import { type Message, type Schema, slowRequest } from '../../src/mux/internal.js';
import { anyBody } from './any-body.js';
import { ownSchema, rawClient, testMock } from './mock.js';
import { frameOf, type RawClient } from './raw-client.js';
import { randomFrom } from './scale.js';
import { UNANSWERED } from './unanswered.js';

/** The connection's own, and one whose answer is megabytes. */
const EXCEPT: ReadonlySet<string> = new Set(['sockclnt_create', 'sockclnt_delete', 'get_api_json']);
/** Bodies for a request in one round. */
const BODIES = 8;
/** Rounds with one run of the mock: what they have made goes with it. */
const ROUNDS = 4;
/** A context that no request has. */
const LAST = 0x7abcdef0;
const NO_PLUGINS = { has: () => false };

export interface FeedOptions {
  readonly rounds: number;
  readonly seed: number;
  /** The mock has VPP's bugs: it is started again when it dies or hangs. Requests that hold it up are not sent. */
  readonly vppBugs?: true;
}

export interface Fed {
  requests: number;
  /** Handlers that threw, or gave what cannot be encoded, in the mock's words. */
  readonly failures: Set<string>;
  /** Requests without an answer that should have had one, or with another's: `create_loopback: 00ab…`. */
  readonly unanswered: string[];
  readonly deaths: Death[];
  hangs: number;
}

/** A request that was sent, and the test of its answer's id; undefined: it need not have one. */
interface Sent {
  readonly body: Buffer;
  isReply?(id: number): boolean;
}

export async function feed({ rounds, seed, vppBugs }: FeedOptions): Promise<Fed> {
  const fed: Fed = { requests: 0, failures: new Set(), unanswered: [], deaths: [], hangs: 0 };
  const random = randomFrom(seed);
  const schema = await ownSchema();
  const messages = requestsOf(schema, vppBugs === true);
  let hung: (() => void) | undefined;
  const mock = await testMock({
    ...(vppBugs && { misbehave: { vppBugs } }),
    interfaces: ['GigabitEthernet3/0/0'],
    setup(dataplane) {
      for (let i = 1; i < 5; i++) dataplane.addLoopback({ up: true, addresses: [`192.0.2.${i * 16}/28`] });
    },
    onDeath: (death) => fed.deaths.push(death),
    log(_, text) {
      if (/^the handler of .* failed/.test(text)) fed.failures.add(text);
      if (/answers nobody any more$/.test(text)) hung?.();
    },
  });
  let client = await rawClient(mock);
  let context = 0;
  const { ids } = client;
  // A few replies have the client's index before it.
  const offsets = new Map([...schema.model.messages.values()].map((def) => [ids.get(def.name), def.contextOffset]));
  const contextAt = (id: number) => Math.max(2, offsets.get(id) ?? 2);

  /** Sends some bodies for a message, and waits for what comes of them; false: the mock has died or hangs. */
  async function pass(message: Message): Promise<boolean> {
    const sent = new Map<number, Sent>();
    for (let i = 0; i < BODIES; i++) {
      const head = { id: client.ids.get(message.name)!, clientIndex: client.index, context: ++context };
      const { bytes, isWhole } = anyBody(message.def, head, random);
      const { reply, kind } = message.def.service ?? {};
      const isAnswered = isWhole && kind !== 'dump' && reply !== undefined && !UNANSWERED.has(message.name);
      // The bugs give answers other names.
      const isReply = (id: number) => vppBugs === true || id === client.ids.get(reply ?? '');
      sent.set(context, { body: bytes, ...(isAnswered && { isReply }) });
    }
    fed.requests += BODIES;
    const ping = client.body('control_ping', { context: LAST });
    const hangs = new Promise<false>((resolve) => {
      hung = () => resolve(false);
    });
    client.send(Buffer.concat([...[...sent.values()].map(({ body }) => frameOf(body)), frameOf(ping.body)]));
    if (!(await Promise.race([answersOf(client, sent, contextAt), hangs]))) return false;
    const left = [...sent.values()].filter(({ isReply }) => isReply !== undefined);
    fed.unanswered.push(...left.map(({ body }) => `${message.name}: ${body.toString('hex')}`));
    return true;
  }

  async function startAnew(): Promise<void> {
    mock.kill();
    await mock.start();
    client = await rawClient(mock);
  }

  for (let round = 0; round < rounds; round++) {
    if (round % ROUNDS === 0 && round > 0) await startAnew();
    for (const message of messages) {
      if (await pass(message)) continue;
      if (mock.running) fed.hangs++;
      await startAnew();
    }
  }
  return fed;
}

/** Takes what has been answered out of `sent`, up to the last ping; false: the connection has ended. */
async function answersOf(
  client: RawClient,
  sent: Map<number, Sent>,
  contextAt: (id: number) => number,
): Promise<boolean> {
  for (;;) {
    const body = await client.next().catch(() => undefined);
    if (body === undefined) return false;
    const id = body.readUInt16BE(0);
    const context = body.readUInt32BE(contextAt(id));
    if (context === LAST) return true;
    if (sent.get(context)?.isReply?.(id)) sent.delete(context);
  }
}

/** All that the mock serves, event requests included. */
function requestsOf(schema: Schema, vppBugs: boolean): Message[] {
  const wants = [...schema.model.services.keys()].filter((name) => name.startsWith('want_'));
  const names = new Set([...servedRequests(KINDS), ...wants]);
  const isFed = (name: string) => !EXCEPT.has(name) && !(vppBugs && slowRequest(name, NO_PLUGINS, []) !== undefined);
  return [...names].filter(isFed).flatMap((name) => schema.find(name) ?? []);
}
