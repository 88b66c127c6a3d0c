/** The agent that `vppmux proxy` runs: the built-in plugins for VPP's clients, and their settings, without any file. */

import { resolve } from 'node:path';
import type { Plugin } from '../../agent/index.js';
import { handedOverNames } from '../../plugins/for-cli.js';
import { builtIns } from '../../plugins/index.js';
import type { Env } from '../files/private-folder.js';

export interface ProxySettings {
  readonly upstream: string;
  readonly listen: string;
  readonly apiDir?: string;
  readonly role: string;
  readonly name: string;
  readonly access: string;
  readonly mode: string;
  readonly owner?: string;
  readonly group?: string;
  readonly drainTimeout: string;
  /** Address of the HTTP server; undefined: there is none. */
  readonly http?: string;
  /** File with the token of callers that may end clients and pause them. */
  readonly httpToken?: string;
}

export interface ProxyAgent {
  readonly plugins: readonly Plugin[];
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function proxyAgent(given: ProxySettings, env: Env): ProxyAgent {
  const { govpp, policy, http, health, stats, metrics, gateway } = builtIns;
  const hasHttp = given.http !== undefined;
  return {
    plugins: [govpp, policy, builtIns['api-socket'], ...(hasHttp ? [http, health, stats, metrics, gateway] : [])],
    settings: {
      govpp: {
        'binapi-socket-path': resolve(given.upstream),
        'client-name': given.name,
        ...(given.apiDir !== undefined && { 'api-dir': given.apiDir }),
      },
      'api-socket': { sockets: socketsOf(given, env), 'drain-timeout': given.drainTimeout },
      ...(hasHttp && {
        http: { endpoint: given.http, ...(given.httpToken && { 'write-token': `file:${resolve(given.httpToken)}` }) },
      }),
    },
  };
}

/** The sockets that systemd has handed over, else the one at the path. */
function socketsOf(given: ProxySettings, env: Env): readonly object[] {
  const { role, access, mode, owner, group } = given;
  const names = handedOverNames(env, process.pid);
  if (names.length > 0) return names.map((systemd) => ({ systemd, role, access }));
  return [{ path: resolve(given.listen), role, access, mode, owner, group }];
}
