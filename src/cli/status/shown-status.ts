/** An agent's `/status` as lines for a person. It is another program's text: every piece is looked at before it is used. */

import { bounded } from '../../printable.js';
import { padEnd, widthOf } from '../output/display-width.js';

export type Struct = Readonly<Record<string, unknown>>;

/** A reason may be of any length; `--json` has all of it. */
const LONGEST_DETAIL = 500;

/** Whether it is an agent's status at all. */
export const isStatus = (value: unknown): value is Struct =>
  typeof structAt({ value }, 'value').overall === 'string' && 'plugins' in structAt({ value }, 'value');

/** As `/readiness` decides it. */
export const isReady = ({ overall }: Struct): boolean => overall === 'ok' || overall === 'degraded';

/** The summary, a line for each part, then what is wrong with the configuration. `now` in milliseconds. */
export function statusLines(status: Struct, now: number): string[] {
  return [
    summary(status, now),
    ...partLines(structAt(status, 'plugins'), now),
    ...configLines(structAt(status, 'config')),
  ];
}

function summary(status: Struct, now: number): string {
  const { overall, reason, since } = status;
  const words = [isReady(status) ? 'ready' : 'not ready', overall === 'ok' ? '' : ` (${textOf(overall)})`];
  const why = overall === 'ok' ? '' : `: ${bounded(textOf(reason), LONGEST_DETAIL)}`;
  return `${words.join('')} for ${age(since, now)}${why}; ${vppText(structAt(status, 'vpp'))}; ${agentText(structAt(status, 'agent'))}`;
}

function vppText({ version, pid, state, socket }: Struct): string {
  if (state === undefined) return 'no connection to VPP (govpp does not run)';
  const named = ['VPP', version, pid === undefined ? undefined : `(pid ${textOf(pid)})`];
  const name = named
    .filter((word) => word !== undefined)
    .map(textOf)
    .join(' ');
  return state === 'ready' ? `${name} at ${textOf(socket)}` : `${name} is ${textOf(state)}, at ${textOf(socket)}`;
}

const agentText = ({ name, version, pid }: Struct) => `agent ${textOf(name)} ${textOf(version)} (pid ${textOf(pid)})`;

function partLines(plugins: Struct, now: number): string[] {
  const rows = Object.keys(plugins).map((name) => {
    const { state, since, reason, optional } = structAt(plugins, name);
    const detail = `${bounded(textOf(reason), LONGEST_DETAIL)}${optional === true ? ' (optional)' : ''}`;
    return [name, textOf(state), age(since, now), detail].map(oneLine);
  });
  const all = [['part', 'state', 'since', 'detail'], ...rows];
  const widths = [0, 1, 2].map((at) => Math.max(...all.map((row) => widthOf(row[at]))));
  return all.map((row) =>
    row
      .map((cell, at) => (at < 3 ? padEnd(cell, widths[at]) : cell))
      .join('  ')
      .trimEnd(),
  );
}

function configLines({ problems, pendingRestart }: Struct): string[] {
  const wrong = listOf(problems).map(
    ({ text }) => `configuration: ${textOf(text)}; what was valid before stays in effect`,
  );
  const waiting = listOf(pendingRestart).map(({ plugin, keys }) => {
    const names = Array.isArray(keys) ? keys.map(textOf).join(', ') : '';
    return `configuration: ${plugin === undefined ? 'agent.yaml' : textOf(plugin)}: ${names}: takes effect after a restart`;
  });
  return [...wrong, ...waiting].map((line) => bounded(oneLine(line), LONGEST_DETAIL));
}

/** `12 s`, `3 min`, `5 h`, `2 d`: since when, for a person. */
function age(since: unknown, now: number): string {
  const ms = now - Date.parse(textOf(since));
  if (!Number.isFinite(ms)) return '?';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

function structAt(from: Struct, key: string): Struct {
  const value = from[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Struct) : {};
}

const listOf = (value: unknown): Struct[] =>
  Array.isArray(value) ? value.filter((item): item is Struct => typeof item === 'object' && item !== null) : [];
const textOf = (value: unknown) => (typeof value === 'object' ? '?' : String(value ?? '?'));
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
