/** A line of a trace for people: when, which way, what, and its fields in one line. */

import { membersText } from '../../mux/for-cli.js';
import { TRACE_FORMAT, type TraceGap, type TraceHeader, type TraceLine } from '../../mux/index.js';
import { printable } from '../../printable.js';
import { clockTime } from '../output/clock-time.js';

/** A line is no longer than this; `--json` shows everything. */
const MAX_CHARACTERS = 2000;

export type TraceItem = TraceHeader | TraceLine | TraceGap;

export const isHeader = (item: TraceItem): item is TraceHeader => 'format' in item && item.format === TRACE_FORMAT;
export const isGap = (item: TraceItem): item is TraceGap => 'dropped' in item;

/** Shows one item after the other. The times of messages count from the last header. */
export class TraceText {
  private startedAt = 0;

  line(item: TraceItem): string {
    if (isHeader(item)) {
      this.startedAt = Date.parse(item.startedAt);
      const { vpp, socket, schema } = item;
      const table = schema === undefined ? 'not connected yet' : `message table ${schema.slice(0, 12)}`;
      return `-- VPP ${vpp === undefined ? '' : `${vpp} `}at ${socket}, ${table} --`;
    }
    if (isGap(item)) return `-- dropped, because they came faster than they were read: ${item.dropped} --`;
    const { t, dir, name = 'id not in the table', context, channel, client = channel, size, hex, fields } = item;
    const time = clockTime(new Date(this.startedAt + t));
    const of = context === undefined ? '' : ` #${context}${client === undefined ? '' : ` (${client})`}`;
    const text = `${time} ${dir === 'out' ? '→' : '←'} ${name}${of} ${fields ? membersText(fields) : bytesText(hex, size)}`;
    return shortened(printable(text).replace(/\s+/g, ' ').trimEnd());
  }
}

function bytesText(hex: string, size?: number): string {
  return size === undefined ? `bytes ${hex}` : `${size} bytes, which begin with ${hex}`;
}

function shortened(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, MAX_CHARACTERS)}… (${text.length - MAX_CHARACTERS} more characters)`;
}
