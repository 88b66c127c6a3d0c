/**
 * The key `dataplanes` of govpp.conf. It has two meanings: `primary` and `backup` are two VPPs of which one serves, in place of the one
 * at the top level; every other key is a further dataplane by its name.
 */

import { resolve } from 'node:path';
import { z } from 'zod';
import { CONNECT_OPTIONS } from '../../mux/index.js';
import { MAIN, PLUGIN_NAME } from '../../sdk/index.js';
import { socketPathProblem } from '../../socket-path.js';
import { choiceKey, durationKey } from './option-keys.js';

const { options } = CONNECT_OPTIONS.backup;

/** The path of a Unix socket; empty for the connection's default. */
export const socketPath = z.string().superRefine((path, { addIssue }) => {
  const problem = path === '' ? undefined : socketPathProblem(path);
  if (problem !== undefined) addIssue({ code: 'custom', message: problem });
});

export const statsSocket = socketPath
  .default('')
  .describe("VPP's stats socket; empty: stats.sock in the directory of the API socket");

/** Two VPPs in place of the one at `binapi-socket-path`. */
const pair = {
  primary: socketPath.min(1).optional().describe('Socket of the VPP that serves when it can'),
  backup: socketPath.min(1).optional().describe('Socket of the VPP that serves while the primary does not respond'),
  'fail-back': choiceKey(options.failBack),
  'fail-back-after': durationKey(options.failBackAfterMs),
};

interface Pair {
  readonly primary?: string | undefined;
  readonly backup?: string | undefined;
}

interface SomeSocket {
  readonly 'binapi-socket-path'?: string | undefined;
}

function checkPair({ primary, backup }: Pair, { addIssue }: z.RefinementCtx): void {
  const one = primary === undefined ? 'backup' : 'primary';
  const text = `both primary and backup must be named; for one VPP leave ${one} out and take binapi-socket-path`;
  if ((primary === undefined) !== (backup === undefined)) addIssue({ code: 'custom', path: [one], message: text });
  else if (primary !== undefined && primary === backup) {
    addIssue({ code: 'custom', path: ['backup'], message: 'must be another VPP than the primary' });
  }
}

/** One of several dataplanes: where its VPP is. All other keys of the file apply to each of them. */
const namedDataplane = z
  .strictObject(
    { 'binapi-socket-path': socketPath.min(1).optional(), 'stats-socket-path': statsSocket, ...pair },
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'must be a dataplane of this name, with "binapi-socket-path: PATH" below it'
          : undefined,
    },
  )
  .superRefine((given, context) => {
    checkPair(given, context);
    const { 'binapi-socket-path': one, primary, backup } = given;
    if ((one === undefined) !== (primary === undefined && backup === undefined)) return;
    const text =
      one === undefined
        ? 'has no VPP: write "binapi-socket-path: PATH" below it, or "primary" and "backup"'
        : 'names one VPP, and primary and backup name two; leave one of them out';
    context.addIssue({ code: 'custom', path: one === undefined ? [] : ['binapi-socket-path'], message: text });
  });

export type NamedDataplane = z.output<typeof namedDataplane>;

export const dataplanes = z
  .object(pair)
  .catchall(namedDataplane)
  .superRefine((given, context) => {
    checkPair(given, context);
    const { addIssue } = context;
    /** Dataplanes by the sockets of their VPPs. */
    const owners = new Map(socketsOf(given).map((socket) => [socket, MAIN]));
    for (const name of namesIn(given)) {
      if (name === MAIN) {
        const text = 'is the one at the top level of this file ("binapi-socket-path"); give this one another name';
        addIssue({ code: 'custom', path: [name], message: text });
      } else if (!PLUGIN_NAME.test(name) || name.length > LONGEST_NAME) {
        const text = `the name of a dataplane must be lower-case words joined by dashes, ${LONGEST_NAME} characters at most`;
        addIssue({ code: 'custom', path: [name], message: text });
      }
      for (const socket of socketsOf(given[name])) {
        const other = owners.get(socket);
        if (other !== undefined && other !== name) addIssue({ code: 'custom', path: [name], message: sameVpp(other) });
        owners.set(socket, name);
      }
    }
  });

/** The sockets of a dataplane's VPPs, as absolute paths. */
export function socketsOf({ 'binapi-socket-path': one, primary, backup }: Pair & SomeSocket): string[] {
  return [one, primary, backup].filter((path) => path !== undefined && path !== '').map((path) => resolve(path ?? ''));
}

export const sameVpp = (other: string) => `has the same VPP as dataplane ${other}: each needs its own`;

/** Names of plugins are made of them, and folders and labels of metrics. */
const LONGEST_NAME = 40;

/** The dataplanes that `dataplanes` names besides the pair of the default one, in the order of the file. */
export function namesIn(given: object): string[] {
  return Object.keys(given).filter((key) => !Object.hasOwn(pair, key));
}
