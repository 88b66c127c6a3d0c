/**
 * Gives each plugin its services: one inversify container for the services that plugins provide to each other, and one
 * child of it per plugin for its own services (its log, its status entry). Nothing else in the agent knows inversify.
 */

import { Container, ContainerModule } from 'inversify';
import { AgentError, reasonOf } from '../errors.js';
import { Operations } from '../operations/operations.js';
import type { OperationsRegistry } from '../operations/registry.js';
import { isCollection } from '../plugin/collection.js';
import { perPlugin, serviceFor } from '../plugin/per-plugin.js';
import type { Plugin } from '../plugin/plugin.js';
import { AgentInfo, Board, Closing, Control, Log, Status } from '../plugin/services.js';
import { MAIN, type Token, tokenName } from '../token.js';
import { Contributed } from './contributed.js';
import { boardUntil, controlUntil } from './plugin-views.js';

/** Services that are one plugin's own. */
export interface OwnServices {
  readonly log: Log;
  readonly status: Status;
  readonly closing: Closing;
  /** Aborted when everything of it must have ended. */
  readonly ended: AbortSignal;
}

export class ServiceContainer {
  private readonly root = new Container();
  private readonly contributed = new Contributed();

  constructor(
    board: Board,
    private readonly info: Omit<AgentInfo, 'dataplane'>,
    control: Control,
    operations: OperationsRegistry,
  ) {
    const own = <T extends object>(service: Token<T>, view: (plugin: string, ended: AbortSignal) => T) =>
      this.root.bind<T>(service).toConstantValue(perPlugin(view));
    own(Board, (_, ended) => boardUntil(ended, board));
    own(Control, (_, ended) => controlUntil(ended, control));
    own(Operations, (plugin, ended) => operations.viewOf(plugin, ended));
  }

  /** The services that `plugin` requires, under the names of its definition. */
  async servicesFor(plugin: Plugin, own: OwnServices): Promise<Record<string, unknown>> {
    const child = new Container({ parent: this.root });
    await child.load(ownModule(own, { ...this.info, dataplane: plugin.dataplane ?? MAIN }));
    const services = Object.entries(plugin.requires).map(([name, token]) => {
      if (isCollection(token)) return [name, this.contributed.of(token)];
      if (!child.isBound(token)) throw providerFailed(plugin, token);
      try {
        return [name, serviceFor(plugin.name, own.ended, child.get<unknown>(token))];
      } catch (cause) {
        throw notMade(plugin, token, cause);
      }
    });
    return Object.fromEntries(services);
  }

  /** Makes the services that `plugin` provides available to the plugins after it. */
  publish(plugin: Plugin, provided: Readonly<Record<string, unknown>> | undefined): void {
    for (const [name, token] of Object.entries(plugin.provides)) {
      const service = provided?.[name];
      if (service === undefined) {
        const text = `plugin ${plugin.name} promises to provide "${tokenName(token)}", but its create returned no provide.${name}`;
        throw new AgentError('PLUGIN_INVALID', text, { plugin: plugin.name });
      }
      this.root.bind<unknown>(token).toConstantValue(service);
    }
  }

  /** Adds the contributions of `plugin` to its collections, until it has ended. */
  contribute(plugin: Plugin, contributed: Readonly<Record<string, unknown>> | undefined, ended: AbortSignal): void {
    this.contributed.add(plugin, contributed, ended);
  }

  /** Removes the services of a plugin that failed. */
  withdraw(plugin: Plugin): void {
    for (const token of Object.values(plugin.provides)) {
      if (this.root.isBound(token)) this.root.unbind(token);
    }
  }
}

function ownModule({ log, status, closing }: OwnServices, info: AgentInfo): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind<Log>(Log).toConstantValue(log);
    bind<Status>(Status).toConstantValue(status);
    bind<Closing>(Closing).toConstantValue(closing);
    bind<AgentInfo>(AgentInfo).toConstantValue(info);
  });
}

/** The error when the provider's view for this plugin (`perPlugin`) could not be made. */
function notMade(plugin: Plugin, token: Token<unknown>, cause: unknown): AgentError {
  const text = `plugin ${plugin.name} requires "${tokenName(token)}", which could not be made for it: ${reasonOf(cause)}`;
  return new AgentError('PLUGIN_FAILED', text, { plugin: plugin.name, cause });
}

/** The error for a service whose optional provider failed. The order ensures that there was a provider. */
export function providerFailed(plugin: Plugin, token: Token<unknown>): AgentError {
  const text = `plugin ${plugin.name} requires "${tokenName(token)}", whose provider failed to start`;
  return new AgentError('MISSING_PROVIDER', text, { plugin: plugin.name });
}
