/** All operations of one agent: who has them, who calls them, and each plugin's own view of that. */

import type { Logger } from 'pino';
import { AgentError, reasonOf } from '../errors.js';
import { Opened } from '../opened.js';
import { Catalogue } from './catalogue.js';
import type { OperationsClient } from './client.js';
import { Fault, faultIn } from './fault.js';
import { isImplementation } from './implement.js';
import { type ClientSurroundings, OpenClient, type OpenRequest } from './open-client.js';
import { isOperation } from './operation.js';
import { type Offer, Provider } from './provider.js';
import type { Operations } from './token.js';

type Translator = (error: unknown) => Fault | undefined;

export class OperationsRegistry implements ClientSurroundings {
  readonly catalogue = new Catalogue();
  closing = false;
  readonly #providers = new Map<string, Provider>();
  readonly #clients = new Set<OpenClient>();
  readonly #translators = new Set<Translator>();
  #lastClient = 0;
  #lastCall = 0;

  constructor(
    readonly log: Logger,
    readonly timeoutMs = 60_000,
  ) {}

  /** The service as `owner` gets it: what it opens ends with it. */
  viewOf(owner: string, ended: AbortSignal = new AbortController().signal): Operations {
    const { catalogue } = this;
    const opened = new Opened(ended);
    ended.addEventListener('abort', () => void this.dismiss(owner, ended.reason), { once: true });
    return {
      get catalogue() {
        return catalogue.list;
      },
      open: (request) => {
        opened.check();
        return this.#open(owner, request);
      },
      translate: (translator) => {
        opened.check();
        this.#translators.add(translator);
        return opened.add('translator', () => this.#translators.delete(translator));
      },
    };
  }

  /** Takes up a plugin's operations. Throws OPERATION_INVALID or OPERATION_CONFLICT. */
  register(offer: Offer): void {
    checkOffer(offer);
    if (offer.implementations.length === 0) return;
    const provider = new Provider(offer);
    this.catalogue.add(provider);
    this.#providers.set(provider.name, provider);
  }

  /** From now on only what calls under way still need is served. */
  stop(): void {
    this.closing = true;
  }

  /** Takes a plugin's operations away, within `ms`: calls under way end or are cancelled, and its handles are closed. */
  async retire(plugin: string, ms: number): Promise<void> {
    const provider = this.#providers.get(plugin);
    if (provider === undefined) return;
    await provider.retire(ms);
    this.catalogue.remove(provider);
    this.#providers.delete(plugin);
  }

  /**
   * Closes the clients that `owner` has left open, which has ended: `reason` is the cause of what their calls fail with. A
   * plugin that does not end a handle of theirs within `ms` is named.
   */
  async dismiss(owner: string, reason: unknown, ms?: number): Promise<void> {
    const left = [...this.#clients].filter((client) => client.owner === owner);
    await Promise.all(left.map((client) => client.end(reason, ms)));
  }

  /** What there is now; all but `operations` is 0 when nobody is there. */
  get counts() {
    const providers = [...this.#providers.values()];
    const sum = (of: (provider: Provider) => number) => providers.reduce((total, provider) => total + of(provider), 0);
    return {
      operations: this.catalogue.names.length,
      clients: this.#clients.size,
      calls: [...this.#clients].reduce((total, client) => total + client.calls.size, 0),
      handles: sum((provider) => provider.handles.size),
      waiting: sum((provider) => provider.waiting),
    };
  }

  translate(error: unknown): Fault | undefined {
    for (const translator of this.#translators) {
      try {
        const fault = faultIn(translator(error));
        if (fault !== undefined) return fault;
      } catch (failure) {
        this.log.error(`what translates errors of operations failed itself: ${reasonOf(failure)}`);
      }
    }
    return undefined;
  }

  nextCall(): number {
    return ++this.#lastCall;
  }

  async closeHandles(client: OpenClient, ms?: number): Promise<void> {
    await Promise.all([...this.#providers.values()].map((provider) => provider.closeHandle(client.info, ms)));
    this.#clients.delete(client);
  }

  #open(owner: string, request: OpenRequest): OperationsClient {
    if (this.closing) throw new Fault('CLOSED', `no client ${request.name} any more: the agent is closing`);
    const client = new OpenClient(++this.#lastClient, owner, request, this);
    this.#clients.add(client);
    return client;
  }
}

/** Every operation made by `operation` and `implement`, and once. */
function checkOffer({ plugin, implementations }: Offer): void {
  const invalid = (problem: string) =>
    new AgentError('OPERATION_INVALID', `plugin ${plugin}: its operations ${problem}`, { plugin });
  if (!Array.isArray(implementations)) throw invalid('are no list');
  const seen = new Set<string>();
  for (const [i, entry] of implementations.entries()) {
    if (!isImplementation(entry) || !isOperation(entry.operation)) {
      throw invalid(`have at [${i}] something that is not made by implement(operation, function)`);
    }
    const { name } = entry.operation;
    if (seen.has(name)) throw invalid(`have ${name} more than once`);
    seen.add(name);
  }
}
