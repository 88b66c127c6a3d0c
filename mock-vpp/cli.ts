/**
 * The commands of `cli_inband`. Words may be shortened while they are unambiguous; texts and refusals have
 * VPP's form (retval -1, `unknown input`, behind the words that were understood).
 */
import type { Interface } from './dataplane/interfaces.js';
import type { Vpp } from './vpp.js';

interface Command {
  readonly run?: (vpp: Vpp) => string;
  /** Its line in the answer to `?`. */
  readonly help?: string;
  readonly words?: Readonly<Record<string, Command>>;
}

const COMMANDS: Command = {
  words: {
    // Makes `s` ambiguous, as in VPP; the mock is set by messages.
    set: { words: {} },
    show: {
      words: {
        clock: { run: showClock, help: 'Show current clock' },
        interface: {
          run: showInterface,
          help: 'Show interfaces',
          words: { address: { run: showAddresses, help: 'Show addresses of interfaces' } },
        },
        version: {
          run: ({ build }) => `vpp v${build.version} built by mock on mock at ${build.date}\n`,
          help: 'Show version information',
        },
      },
    },
  },
};

export function runCommand(line: string, vpp: Vpp): { retval: number; text: string } {
  const words = line.split(/\s+/).filter((word) => word !== '');
  if (words[0] === 'help' || words.at(-1) === '?')
    return helpFor(words.filter((word) => word !== 'help' && word !== '?'));
  const understood: string[] = [];
  let command = COMMANDS;
  while (words.length > 0) {
    const found = Object.keys(command.words ?? {}).filter((word) => word.startsWith(words[0]));
    if (found.length !== 1) break;
    command = command.words![found[0]];
    understood.push(found[0]);
    words.shift();
  }
  if (command.run !== undefined && words.length === 0) return { retval: 0, text: command.run(vpp) };
  // A command without words of its own runs before it finds out that there is something left.
  const before = command.run !== undefined && command.words === undefined ? command.run(vpp) : undefined;
  const where = understood.length > 0 && before === undefined ? `${understood.join(' ')}: ` : '';
  return { retval: -1, text: `${before ?? ''}${where}unknown input \`${words.join(' ')}'\n` };
}

/** Lists the commands that begin with `words`, in VPP's layout: two spaces, the name in 40 columns, its help. */
function helpFor(words: readonly string[]): { retval: number; text: string } {
  const fits = ([path]: readonly [string[], Command]) => words.every((word, at) => path[at]?.startsWith(word));
  const found = commandsBelow([], COMMANDS).filter(fits);
  if (found.length === 0) return { retval: -1, text: `unknown input \`${words.join(' ')}'\n` };
  return { retval: 0, text: found.map(([path, { help }]) => `  ${path.join(' ').padEnd(40)} ${help}\n`).join('') };
}

function commandsBelow(path: string[], { words = {} }: Command): (readonly [string[], Command])[] {
  return Object.entries(words).flatMap(([word, command]) => {
    const own = [...path, word];
    return [...(command.run === undefined ? [] : [[own, command] as const]), ...commandsBelow(own, command)];
  });
}

/** `Time now` counts from VPP's start. */
function showClock({ started }: Vpp): string {
  const now = Date.now();
  const seconds = ((now - started) / 1000).toFixed(6);
  return `Time now ${seconds}, ${new Date(now).toUTCString()}\nTime last barrier release 0.000000000\n`;
}

function showInterface({ dataplane }: Vpp): string {
  const heading = `${center('Name', 32)}${center('Idx', 5)}${center('State', 10)}${center('MTU (L3/IP4/IP6/MPLS)', 21)}${center('Counter', 16)}${center('Count', 16)}`;
  const rows = byName(dataplane.interfaces.values()).map((itf) => {
    const state = itf.adminUp ? 'up' : 'down';
    return `${itf.name.padEnd(32)}${center(`${itf.swIfIndex}`, 5)}${center(state, 10)}${center(itf.mtu.join('/'), 21)}`;
  });
  return [heading, ...rows, ''].join('\n');
}

function showAddresses({ dataplane }: Vpp): string {
  const lines = byName(dataplane.interfaces.values()).flatMap((itf) => {
    const bridge = dataplane.bridges.bridgeOf(itf.swIfIndex);
    const bvi = bridge?.domain.bvi === itf.swIfIndex ? 'bvi' : '';
    return [
      `${itf.name} (${itf.adminUp ? 'up' : 'dn'}):`,
      ...(bridge
        ? [`  L2 bridge bd-id ${bridge.domain.id} idx ${bridge.domain.index} shg ${bridge.shg} ${bvi || ' '}`]
        : []),
      ...[false, true].flatMap((v6) =>
        itf.addresses.filter((each) => each.v6 === v6).map((each) => `  L3 ${each.text}`),
      ),
    ];
  });
  return [...lines, ''].join('\n');
}

function byName(interfaces: Iterable<Interface>): Interface[] {
  return [...interfaces].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** VPP's %=N: the odd space goes left. */
function center(text: string, width: number): string {
  return text.padStart(text.length + Math.ceil((width - text.length) / 2)).padEnd(width);
}
