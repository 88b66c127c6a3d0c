/**
 * A running agent's entry in its user's private folder: which VPP it has, and where its HTTP server listens. Commands of the
 * same user find both by it, wherever the agent's configuration puts them; nobody else can write there, so it can be believed.
 */

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ConfigPlaces, implicitFilesOf, namedFileOf } from '../../agent/config/locate.js';
import type { Agent } from '../../agent/index.js';
import { type Env, privateFolder } from '../private-folder.js';
import { processStart } from './process-start.js';
import { AGENTS, type AgentRecord, forgetDeadAgents, textAt } from './running-agents.js';

/** Keeps the entry of `agent` while it runs; gives what ends that. Without a private folder there is none. */
export function keepRecord(agent: Agent, env: Env, traceFile?: string): () => void {
  const folder = privateFolder(env);
  if (folder === undefined) return () => {};
  const file = join(folder, AGENTS, `${process.pid}.json`);
  const own = { pid: process.pid, started: processStart(process.pid), traceFile };
  let kept = '';
  const keep = () => {
    const text = JSON.stringify({ ...own, ...placesIn(agent.status.status.details) });
    if (text === kept) return;
    kept = text;
    write(file, text);
  };
  const forget = () => rmSync(file, { force: true });
  try {
    mkdirSync(join(folder, AGENTS), { recursive: true, mode: 0o700 });
    forgetDeadAgents(folder);
    keep();
  } catch (error) {
    agent.log.debug(`commands will not find this agent by themselves: ${String(error)}`);
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

/** The file that switches the trace on, there or not: where `vppmux trace` is told to write. */
export function traceFileOf(places: ConfigPlaces): string | undefined {
  const [usual] = implicitFilesOf('trace', places);
  const file = namedFileOf('trace', places)?.file ?? implicitFilesOf('trace', places).find(existsSync) ?? usual;
  return file === undefined ? undefined : resolve(file);
}

function placesIn(details: Readonly<Record<string, unknown>>): Pick<AgentRecord, 'socket' | 'url'> {
  return { socket: textAt(details.vpp, 'socket'), url: textAt(details.http, 'url') };
}

/** Whoever reads it finds the whole of the old one or of the new one. */
function write(file: string, text: string): void {
  const next = `${file}.new`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, file);
}
