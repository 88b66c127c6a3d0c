/** What is measured, against what, and the bars. */

export interface Case {
  readonly name: string;
  /** Mode, N and window of `client.js`. */
  readonly ours: readonly string[];
  /** Arguments of the yardstick behind its socket; none: an absolute figure. */
  readonly yardstick?: readonly string[];
  /** Least ratio to the yardstick's rate. */
  readonly ratio?: number;
  /** Most seconds. */
  readonly within?: number;
  /** Most heap over the start, MiB. */
  readonly heap?: number;
}

const MILLION = '1000000';

export const CASES: readonly Case[] = [
  { name: 'pings, window 1,024', ours: ['ping', MILLION, '1024'], yardstick: ['ping', MILLION, '1024'], ratio: 0.35 },
  { name: 'pings, window 4,096', ours: ['ping', MILLION, '4096'], yardstick: ['ping', MILLION, '4096'] },
  { name: 'pings one after another', ours: ['ping', '50000', '1'], yardstick: ['ping', '50000', '1'] },
  { name: 'route dump, for await', ours: ['iterate'], yardstick: ['dump'], ratio: 0.35, heap: 64 },
  { name: 'route dump, Observable', ours: ['observe'], yardstick: ['dump'], ratio: 0.35 },
  { name: 'route dump, toArray', ours: ['collect'], yardstick: ['dump'] },
  { name: 'routes added, window 4,096', ours: ['routes', MILLION, '4096'], yardstick: ['ping', MILLION, '4096'] },
  { name: 'import + connect + first reply', ours: ['connect'], within: 0.4 },
];
