/** `status --watch`: a screen that is redrawn, a line for each change, or JSON lines. */

import type { Host } from '../host.js';
import { clockTime } from '../output/clock-time.js';
import { type Following, type LiveItem, liveStatus } from './live-status.js';
import { type Struct, statusLines } from './shown-status.js';

/** Interval in which the ages on the screen are updated. */
const REDRAW_MS = 1000;

interface View {
  show(item: LiveItem): Promise<void> | undefined;
  end?(): void;
}

/** Shows the status until Ctrl-C, or until nobody reads any more. Throws as `liveStatus` does. */
export async function watchStatus(
  host: Host,
  agent: URL,
  asking: Omit<Following, 'signal'>,
  isReadable: boolean,
): Promise<void> {
  host.endWithReader();
  const view = !isReadable ? jsonLines(host) : host.out.isTerminal ? screen(host, agent) : changes(host, agent);
  try {
    for await (const item of liveStatus(agent, { ...asking, signal: host.signal })) await view.show(item);
  } finally {
    view.end?.();
  }
}

const lostText = (agent: URL, reason: string) => `the agent at ${agent.host} is away, waiting for it: ${reason}`;

const jsonLines = ({ out }: Host): View => ({
  show: (item) => out.json('status' in item ? item.status : item),
});

function screen({ out }: Host, agent: URL): View {
  let lines: (now: number) => string[] = () => [];
  const draw = () => out.screen(lines(Date.now()));
  const timer = setInterval(draw, REDRAW_MS);
  let last: Struct | undefined;
  return {
    show(item) {
      if ('status' in item) last = item.status;
      const head = 'status' in item ? [] : [`${clockTime(new Date())} ${lostText(agent, item.lost)}; before it was:`];
      lines = (now) => [...head, ...(last === undefined ? [] : statusLines(last, now, out.width))];
      return draw();
    },
    end: () => clearInterval(timer),
  };
}

/** Shows the whole status first, then a line for each part whose state or reason has changed. */
function changes({ out }: Host, agent: URL): View {
  let before = new Map<string, string>();
  return {
    async show(item) {
      const time = clockTime(new Date());
      if ('lost' in item) {
        before = new Map();
        await out.line(`${time} ${lostText(agent, item.lost)}`);
        return;
      }
      const now = new Map(statusLines(item.status, Date.now()).map((line, at) => [keyOf(line, at), line]));
      const shown = withoutAges(item.status);
      for (const [key, line] of now) if (shown.get(key) !== before.get(key)) await out.line(`${time} ${line}`);
      before = shown;
    },
  };
}

/** Lines with all ages as of 1970, and without their columns, so that only a change alters them. */
function withoutAges(status: Struct): Map<string, string> {
  return new Map(statusLines(status, 0).map((line, at) => [keyOf(line, at), line.replace(/ +/g, ' ')]));
}

/** The summary is the first line; of the others, the part's name, or what is said of the configuration. */
const keyOf = (line: string, at: number) => (at === 0 ? '' : line.split('  ')[0]);
