/** An agent's `/status` as lines for a person. It is another program's text: every piece is looked at before it is used. */

import { bounded } from '../../printable.js';
import { hanging } from '../output/hanging.js';
import { wrapped } from '../output/wrap.js';

export type Struct = Readonly<Record<string, unknown>>;

const HANG = 4;
/** A reason may be of any length; `--json` has all of it. */
const LONGEST_DETAIL = 500;

/** Whether it is an agent's status at all. */
export const isStatus = (value: unknown): value is Struct =>
  typeof structAt({ value }, 'value').overall === 'string' && 'plugins' in structAt({ value }, 'value');

/** Readiness as `/readiness` decides it. */
export const isReady = ({ overall }: Struct): boolean => overall === 'ok' || overall === 'degraded';

/** The summary, a line for each part, then what is wrong with the configuration. `now` in milliseconds. */
export function statusLines(status: Struct, now: number, width = Number.POSITIVE_INFINITY): string[] {
  return [
    ...wrapped(oneLine(summary(status, now)), width, HANG),
    ...hanging(partRows(structAt(status, 'plugins'), now), width),
    ...configLines(structAt(status, 'config')).flatMap((line) => wrapped(line, width, HANG)),
  ];
}

function summary(status: Struct, now: number): string {
  const { overall, since } = status;
  const words = [isReady(status) ? 'ready' : 'not ready', overall === 'ok' ? '' : ` (${textOf(overall)})`];
  const why = overall === 'ok' ? '' : whyNot(status);
  return `${words.join('')} for ${age(since, now)}${why}; ${vppTexts(status)}; ${agentText(structAt(status, 'agent'))}`;
}

/** The parts that are not well, whose reasons stand below; the agent's own words where it names none of them. */
function whyNot(status: Struct): string {
  const plugins = structAt(status, 'plugins');
  const reason = textOf(status.reason);
  const named = Object.keys(plugins).filter((name) => {
    const { state, reason: own } = structAt(plugins, name);
    return state !== 'ok' && reason.includes(`${name}: ${textOf(own)}`);
  });
  return named.length > 0 ? `, because of ${named.join(', ')}` : `: ${bounded(reason, LONGEST_DETAIL)}`;
}

/** The VPP, and those of further dataplanes with their names. */
function vppTexts(status: Struct): string {
  const others = structAt(status, 'dataplanes');
  const texts = Object.keys(others).map((name) => `${name}: ${vppText(structAt(structAt(others, name), 'vpp'))}`);
  return [vppText(structAt(status, 'vpp')), ...texts].join('; ');
}

function vppText({ version, pid, state, socket }: Struct): string {
  if (state === undefined) return 'no connection to VPP (govpp does not run)';
  const named = ['VPP', version, pid === undefined ? undefined : `(pid ${textOf(pid)})`];
  const name = named
    .filter((word) => word !== undefined)
    .map(textOf)
    .join(' ');
  return `${name}${stateText(state, version !== undefined)} at ${textOf(socket)}`;
}

/** `isKnown`: it was there before. */
function stateText(state: unknown, isKnown: boolean): string {
  switch (state) {
    case 'ready':
      return '';
    case 'connecting':
    case 'backoff':
      return isKnown ? ' is gone; trying again' : ' is not there yet; trying again';
    case 'not-responding':
      return ' does not answer,';
    default:
      return ` is ${textOf(state)},`;
  }
}

const agentText = ({ name, version, pid }: Struct) => `agent ${textOf(name)} ${textOf(version)} (pid ${textOf(pid)})`;

function partRows(plugins: Struct, now: number): string[][] {
  const rows = Object.keys(plugins).map((name) => {
    const { state, since, reason, optional } = structAt(plugins, name);
    const detail = `${bounded(textOf(reason), LONGEST_DETAIL)}${optional === true ? ' (optional)' : ''}`;
    return [name, textOf(state), age(since, now), detail].map(oneLine);
  });
  return [['part', 'state', 'since', 'detail'], ...rows];
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
