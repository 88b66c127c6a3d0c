/** All operations of one agent, their providers and clients, and each plugin's own view of them. */

import type { Logger } from 'pino';
import { AgentError, reasonOf } from '../errors.js';
import { PluginResources } from '../lifetime/plugin-resources.js';
import { MAIN } from '../token.js';
import type { OperationsClient } from './client.js';
import { Fault, faultIn } from './fault.js';
import { isImplementation } from './implement.js';
import { type ClientEnvironment, OpenClient, type OpenRequest } from './open-client.js';
import { isOperation } from './operation.js';
import { OperationCatalogue } from './operation-catalogue.js';
import type { EndedCall, Operations } from './operations.js';
import { type Offer, Provider } from './provider.js';

type Translator = (error: unknown) => Fault | undefined;

export class OperationsRegistry implements ClientEnvironment {
  readonly catalogue = new OperationCatalogue();
  closing = false;
  private readonly providers = new Map<string, Provider>();
  private readonly clients = new Set<OpenClient>();
  private readonly translators = new Set<Translator>();
  private readonly listeners = new Set<(call: EndedCall) => void>();
  private lastClient = 0;
  private lastCall = 0;

  constructor(
    readonly log: Logger,
    readonly timeoutMs = 60_000,
    readonly dataplanes: readonly string[] = [MAIN],
  ) {}

  /** The service as `owner` gets it: clients and translators end with their owner. */
  viewOf(owner: string, ended: AbortSignal = new AbortController().signal): Operations {
    const { catalogue } = this;
    const opened = new PluginResources(ended);
    ended.addEventListener('abort', () => void this.dismiss(owner, ended.reason), { once: true });
    return {
      get catalogue() {
        return catalogue.list;
      },
      open: (request) => {
        opened.check();
        return this.open(owner, request);
      },
      translate: (translator) => {
        opened.check();
        this.translators.add(translator);
        return opened.add('translator', () => this.translators.delete(translator));
      },
      ended: (listener) => {
        opened.check();
        this.listeners.add(listener);
        return opened.add('listener', () => this.listeners.delete(listener));
      },
    };
  }

  /** Registers a plugin's operations. Throws OPERATION_INVALID or OPERATION_CONFLICT. */
  register(offer: Offer): void {
    checkOffer(offer);
    if (offer.implementations.length === 0) return;
    const provider = new Provider(offer);
    this.catalogue.add(provider);
    this.providers.set(provider.name, provider);
  }

  /** Refuses new calls, except from within running ones. */
  stop(): void {
    this.closing = true;
  }

  /** Removes a plugin's operations within `ms`: running calls end or are cancelled, and its handles are closed. */
  async retire(plugin: string, ms: number): Promise<void> {
    const provider = this.providers.get(plugin);
    if (provider === undefined) return;
    await provider.retire(ms);
    this.catalogue.remove(provider);
    this.providers.delete(plugin);
  }

  /**
   * Closes the clients that `owner`, which has ended, has left open. Their calls fail with `reason` as cause. A plugin that
   * does not close a handle of theirs within `ms` is logged.
   */
  async dismiss(owner: string, reason: unknown, ms?: number): Promise<void> {
    const left = [...this.clients].filter((client) => client.owner === owner);
    await Promise.all(left.map((client) => client.end(reason, ms)));
  }

  /** Numbers of what exists now; all but `operations` are 0 without clients. */
  get counts() {
    const providers = [...this.providers.values()];
    const sum = (of: (provider: Provider) => number) => providers.reduce((total, provider) => total + of(provider), 0);
    return {
      operations: this.catalogue.names.length,
      clients: this.clients.size,
      calls: [...this.clients].reduce((total, client) => total + client.calls.size, 0),
      handles: sum((provider) => provider.handles.size),
      waiting: sum((provider) => provider.waiting),
    };
  }

  translate(error: unknown): Fault | undefined {
    for (const translator of this.translators) {
      try {
        const fault = faultIn(translator(error));
        if (fault !== undefined) return fault;
      } catch (failure) {
        this.log.error(`what translates errors of operations failed itself: ${reasonOf(failure)}`);
      }
    }
    return undefined;
  }

  tellEnded(call: EndedCall): void {
    for (const listener of this.listeners) {
      try {
        listener(call);
      } catch (failure) {
        this.log.error(`what listens to the ends of operations failed itself: ${reasonOf(failure)}`);
      }
    }
  }

  nextCall(): number {
    return ++this.lastCall;
  }

  async closeHandles(client: OpenClient, ms?: number): Promise<void> {
    await Promise.all([...this.providers.values()].map((provider) => provider.closeHandle(client.info, ms)));
    this.clients.delete(client);
  }

  private open(owner: string, request: OpenRequest): OperationsClient {
    if (this.closing) throw new Fault('CLOSED', `no client ${request.name} any more: the agent is closing`);
    const client = new OpenClient(++this.lastClient, owner, request, this);
    this.clients.add(client);
    return client;
  }
}

/** Throws unless every entry was made by `implement`, and no operation is there twice. */
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
