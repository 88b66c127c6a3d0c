/**
 * A mock in a process of its own, which dies, stops and goes on like a dataplane. Its parent (dataplane.ts)
 * orders over IPC; it listens only when told to, so that the next one stands ready while one dies.
 */
import { loadDefinitions } from '../../mock-vpp/definitions.js';
import { type ClientInfo, kinds, type Misbehaviour, MockVpp } from '../../mock-vpp/index.js';
import { handlersOf } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';

export interface DataplaneOptions {
  readonly socket: string;
  readonly apiDir?: string;
  readonly version?: string;
  readonly routes?: number;
  readonly loopbacks?: number;
  /** Entries of the paged dump, eight to a page. */
  readonly pathMtus?: number;
  /** Every single request that the mock has no handler for is answered with zeros. */
  readonly acknowledgeAll?: boolean;
}

/** A sw_interface_event each; their sw_if_index counts on from `from`. */
export interface Flood {
  readonly from: number;
  readonly count: number;
}

export type Order =
  | { readonly do: 'listen' }
  | { readonly do: 'misbehave'; readonly how: Misbehaviour }
  | { readonly do: 'behave' }
  | { readonly do: 'flood'; readonly flood: Flood }
  /** One event every `everyMs`, numbered from `from` on. */
  | { readonly do: 'trickle'; readonly from: number; readonly everyMs: number }
  | { readonly do: 'tell'; readonly received?: string };

/** The answer to every order. */
export interface Told {
  readonly clients: readonly ClientInfo[];
  /** Messages that came, of the name asked for or in all. */
  readonly received: number;
  /** `process.hrtime` (one clock for all processes) when the order was carried out. */
  readonly at: bigint;
}

const options = JSON.parse(process.argv[2]) as DataplaneOptions;
const definitions = await loadDefinitions(options.apiDir);
const mock = new MockVpp(
  {
    socket: options.socket,
    version: options.version,
    routes: options.routes,
    pageSize: 8,
    setup: (dataplane) => {
      for (let i = 0; i < (options.loopbacks ?? 0); i++) dataplane.addLoopback({ up: true });
      for (let i = 0; i < (options.pathMtus ?? 0); i++)
        dataplane.of(kinds.pathMtus).update(0, `10.1.${i >> 8}.${i & 255}`, 1400);
    },
  },
  definitions,
);
if (options.acknowledgeAll) {
  const own = handlersOf(KINDS);
  for (const { name, service } of definitions.schema.model.messages.values()) {
    if (service?.kind === 'unary' && !(name in own) && !name.startsWith('want_')) mock.handle(name, () => ({}));
  }
}
let trickle: NodeJS.Timeout | undefined;

function emit({ from, count }: Flood): void {
  for (let i = 0; i < count; i++) mock.emit('sw_interface_event', { sw_if_index: from + i });
}

async function obey(order: Order): Promise<void> {
  if (order.do === 'misbehave') mock.misbehave(order.how);
  else if (order.do === 'behave') mock.behave();
  else if (order.do === 'flood') emit(order.flood);
  else if (order.do === 'trickle') {
    let { from } = order;
    clearInterval(trickle);
    trickle = setInterval(() => emit({ from: from++, count: 1 }), order.everyMs);
  } else if (order.do === 'listen') await mock.restart({ renumber: process.pid % 2 === 0 });
}

function told(name: string | undefined): Told {
  return { clients: mock.clients, received: mock.received(name), at: process.hrtime.bigint() };
}

process.on('message', async ({ number, order }: { number: number; order: Order }) => {
  await obey(order);
  process.send?.({ number, told: told(order.do === 'tell' ? order.received : undefined) });
});
process.on('disconnect', () => process.exit());
process.send?.({ number: 0 });
