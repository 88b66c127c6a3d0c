/** The overview: how VPP does, in few numbers, with its busiest interfaces and its first reasons for drops. */

import { printableLine } from '../../../printable.js';
import { wrapped } from '../../output/wrap.js';
import type { ApiFigures } from '../agent/api-rows.js';
import type { Figures } from '../counters/counters.js';
import { quotient } from '../counters/growth.js';
import { together } from '../counters/interface-rows.js';
import type { Model } from '../model.js';
import { type Line, labelled, type Span } from '../parts/line.js';
import { bytes, count, percent, short } from '../parts/numbers.js';
import { linkLine, waitText } from './api.js';

/** Lines that threads take at most. */
const MOST_LINES = 3;
const LABEL = 12;
/** Share from which buffers or memory are shown as short. */
const SCARCE = 0.9;

export function overviewLines({ figures, api, agent }: Model, width: number): Line[] {
  return [
    ...(figures === undefined ? [] : vppLines(figures, width)),
    ...(api === undefined
      ? [labelled('API', { text: agent.missing ?? `asking the agent at ${agent.host}`, style: 'faint' })]
      : apiLines(api)),
  ];
}

function vppLines(figures: Figures, width: number): Line[] {
  const { system } = figures;
  const all = together(figures.interfaces);
  const per = (value: number | undefined, what: string) => `${short(value)} ${what}`;
  return [
    labelled('received', {
      text: `${per(all.rxPacketsPerSecond, 'packets/s')}, ${per(all.rxBitsPerSecond, 'bits/s')}`,
    }),
    labelled('sent', { text: `${per(all.txPacketsPerSecond, 'packets/s')}, ${per(all.txBitsPerSecond, 'bits/s')}` }),
    labelled(
      'dropped',
      { text: `${short(all.dropsPerSecond)} drops/s`, ...toneOf(all.dropsPerSecond, 'busy') },
      { text: ', ' },
      { text: `${short(all.errorsPerSecond)} errors/s`, ...toneOf(all.errorsPerSecond, 'bad') },
      { text: `, ${short(all.puntsPerSecond)} punts/s` },
    ),
    labelled('load', {
      text: `vector rate ${count(numberOf(system.vectorRate))}, input rate ${short(numberOf(system.inputRate))}`,
    }),
    ...threadLines(figures, width),
    ...figures.buffers.map(({ pool, used, cached, available }) => {
      const known = [used, cached, available].map(numberOf).filter((value) => value !== undefined);
      const total = known.length === 0 ? undefined : known.reduce((a, b) => a + b);
      return labelled('buffers', ...shareSpans(pool, numberOf(used), total, count));
    }),
    labelled(
      'memory',
      ...figures.memory.flatMap(({ heap, used, total }, at) => [
        ...(at === 0 ? [] : [{ text: ', ' }]),
        ...shareSpans(heap, numberOf(used), numberOf(total), bytes),
      ]),
    ),
  ];
}

function threadLines({ system: { loopsPerWorker = [], vectorRatePerWorker = [] } }: Figures, width: number): Line[] {
  const threads = loopsPerWorker.map((loops, thread) => {
    const name = thread === 0 ? 'main' : `worker ${thread}`;
    return `${name} ${short(Number(loops))} loops/s, vectors ${count(numberOf(vectorRatePerWorker[thread]))}`;
  });
  if (threads.length === 0) return [];
  const lines = wrapped(threads.join('; '), Math.max(1, width - LABEL));
  return lines.slice(0, MOST_LINES).map((text, at) => labelled(at === 0 ? 'threads' : '', { text }));
}

function shareSpans(
  name: string,
  used: number | undefined,
  total: number | undefined,
  show: (value: number | undefined) => string,
): Span[] {
  const share = quotient(used, total);
  return [
    { text: `${printableLine(name, 60)} ` },
    { text: percent(share), ...(share !== undefined && share >= SCARCE && { style: 'bad' }) },
    { text: ` of ${show(total)}` },
  ];
}

function apiLines(api: ApiFigures): Line[] {
  return [linkLine(api), labelled('API', { text: `${short(api.requestsPerSecond)} requests/s, ${waitText(api)}` })];
}

const toneOf = (value: number | undefined, style: Span['style']) => (value ? { style } : {});
const numberOf = (value: bigint | undefined) => (value === undefined ? undefined : Number(value));

/** The same for programs. */
export function overviewJson({ figures, api }: Model): object {
  return {
    ...(figures && {
      traffic: together(figures.interfaces),
      system: numbersIn(figures.system),
      buffers: figures.buffers.map(numbersIn),
      memory: figures.memory.map(numbersIn),
    }),
    ...(api && { api: { ...api, rows: undefined } }),
  };
}

const numbersIn = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? Number(value) : Array.isArray(value) ? value.map(Number) : value,
    ]),
  );
