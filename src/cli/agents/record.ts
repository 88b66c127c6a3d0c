/**
 * A running agent's entry in its user's private folder: which VPP it has, and where its HTTP server listens. Commands of the
 * same user find both by it, wherever the agent's configuration puts them; nobody else can write there, so it can be believed.
 */

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ConfigPlaces, implicitFilesOf, namedFileOf } from '../../agent/for-cli.js';
import type { Agent } from '../../agent/index.js';
import { processStart } from '../../process-identity.js';
import { propertyOf, reasonOf } from '../../thrown.js';
import { type Env, privateFolder, privateFoldersThere, whyNoPrivateFolder } from '../files/private-folder.js';
import { fileOf, forgetDeadAgents, textAt } from './running-agents.js';

/** Keeps the entry of `agent` while it runs; returns the function that removes it. Without a private folder there is none. */
export function keepRecord(agent: Agent, env: Env, places: ConfigPlaces = {}): () => void {
  const configDir = places.dir === undefined ? undefined : resolve(places.dir);
  const own = { pid: process.pid, started: processStart(process.pid), traceFile: traceFileOf(places), configDir };
  let kept = '';
  const keep = () => {
    const text = JSON.stringify({ ...own, ...placesIn(agent.status.status.details) });
    if (text === kept) return;
    // Looked up each time: a cleaner of /tmp may have removed it, and another user may have made one of that name.
    const folder = privateFolder(env);
    if (folder === undefined) throw new Error(whyNoPrivateFolder(env));
    write(fileOf(folder, process.pid), text);
    kept = text;
  };
  const forget = () => {
    for (const folder of privateFoldersThere(env)) rmSync(fileOf(folder, process.pid), { force: true });
  };
  try {
    keep();
    forgetDeadAgents(env);
  } catch (error) {
    agent.log.info(`commands of this user do not find this agent by themselves: ${reasonOf(error)}`);
    return () => {};
  }
  process.once('exit', forget);
  const end = agent.status.subscribe(keep);
  return () => {
    end();
    process.off('exit', forget);
    forget();
  };
}

/** The file that switches the trace on, existing or not: `vppmux trace` names it. */
function traceFileOf(places: ConfigPlaces): string | undefined {
  const [usual] = implicitFilesOf('trace', places);
  const file = namedFileOf('trace', places)?.file ?? implicitFilesOf('trace', places).find(existsSync) ?? usual;
  return file === undefined ? undefined : resolve(file);
}

function placesIn(details: Readonly<Record<string, unknown>>) {
  const socket = textAt(details.vpp, 'socket');
  const statsSocket = textAt(details.vpp, 'statsSocket');
  const others = (key: string) =>
    Object.entries(Object(details.dataplanes)).flatMap(([name, sections]) => {
      const path = textAt(propertyOf(sections, 'vpp'), key);
      return path === undefined ? [] : [[name, resolve(path)]];
    });
  const [dataplanes, statsSockets] = [others('socket'), others('statsSocket')];
  return {
    // Commands run in another working directory than the agent.
    socket: socket === undefined ? undefined : resolve(socket),
    statsSocket: statsSocket === undefined ? undefined : resolve(statsSocket),
    ...(dataplanes.length > 0 && { dataplanes: Object.fromEntries(dataplanes) }),
    ...(statsSockets.length > 0 && { statsSockets: Object.fromEntries(statsSockets) }),
    url: textAt(details.http, 'url'),
  };
}

/** Replaces the file as a whole: a reader finds the old one or the new one. */
function write(file: string, text: string): void {
  const next = `${file}.new`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  rmSync(next, { force: true });
  writeFileSync(next, text, { mode: 0o600, flag: 'wx' });
  renameSync(next, file);
}
