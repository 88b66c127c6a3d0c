/** Advice for a taken address of the agent's HTTP server: the process that has it, and the file to change. */

import { resolve } from 'node:path';
import { type ConfigPlaces, configFileOf, implicitFilesOf } from '../../agent/for-cli.js';
import { propertyOf } from '../../thrown.js';
import { runningAgents } from './running-agents.js';

/** Causes that are looked at; an error may be its own. */
const DEEPEST = 5;

/** Undefined for any other error. */
export function portTaken(error: unknown, places: ConfigPlaces): string | undefined {
  const taken = refusedPort(error);
  if (taken === undefined) return undefined;
  const holder = runningAgents(places.env ?? {}).find(({ url }) => url !== undefined && portOf(url) === taken);
  const who = holder && `the agent with pid ${holder.pid} listens at ${holder.url}: end it (kill ${holder.pid}), or `;
  return `${who ?? ''}run this one elsewhere: ${whereToSay(places, taken)}`;
}

function whereToSay(places: ConfigPlaces, taken: number): string {
  const line = `"endpoint: 127.0.0.1:${taken + (taken < 65535 ? 1 : -1)}"`;
  const file = configFileOf('http', places);
  if (file !== undefined) return `write ${line} in ${resolve(file)}`;
  const [usual] = implicitFilesOf('http', places);
  if (usual !== undefined) return `write ${line} in ${resolve(usual)} (there is none yet)`;
  return `write ${line} in a file, and name it with --http-config FILE`;
}

/** The port that another program has, if `error` came of that. */
function refusedPort(error: unknown): number | undefined {
  for (let [at, depth] = [error, 0]; at !== undefined && depth < DEEPEST; at = propertyOf(at, 'cause'), depth++) {
    const port = propertyOf(at, 'port');
    if (propertyOf(at, 'code') === 'EADDRINUSE' && typeof port === 'number') return port;
  }
  return undefined;
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
