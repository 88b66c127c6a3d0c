import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { compatibility } from '../../mux/for-cli.js';
import { reasonOf } from '../../thrown.js';
import { findVpp } from '../agents/find-vpp.js';
import { jsonReport, readableReport } from '../compat/report.js';
import { loadSide, type NamedSide, ofOneFile } from '../compat/sides.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { readInput } from '../files/input.js';
import type { Host } from '../host.js';
import { parseTimeout } from '../option-values.js';
import { addOutputOptions, type ConnectionFlags, connectOptions, isReadable, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux compat /usr/share/vpp/api --against /run/vpp/api.sock show_version
  vppmux compat old/api --against new/api --uses messages.txt && echo 'go ahead'
  vppmux compat /run/vpp/api.sock --save before.json        (then, after the upgrade:)
  vppmux compat before.json --against /run/vpp/api.sock
  vppmux compat before.json --dataplane edge                (the VPP of one of the agent's dataplanes)
  vppmux compat old/ip.api.json --against new/ip.api.json

Each side is VPP's socket, a directory of .api.json files, one such file, a saved table, or VPP's answer to get_api_json.
What a request is answered with is compared along with it. Without names everything is.`;

interface CompatFlags extends Omit<ConnectionFlags, 'socket'>, OutputFlags {
  readonly against?: string;
  readonly uses?: string;
  readonly save?: string;
}

export function compatCommand(host: Host): Command {
  const command = new Command('compat')
    .summary('compare two VPPs: which messages changed, or are gone')
    .description(
      'Tells which messages another VPP has as they are, changed (field by field), not any more, or not loaded.',
    )
    .argument('[side]', 'what your program was built for: a file, a directory, or a socket')
    .argument('[names...]', 'only these messages, and what they are answered with')
    .option('-a, --against <side>', 'the other VPP: a file, a directory, or a socket')
    .option('--dataplane <name>', 'one of the sides: the VPP that the running agent has at this dataplane')
    .option('-u, --uses <file>', 'more names, one in a line; # begins a comment')
    .option('--save <file>', 'write what the VPP at the first socket has, to compare with later')
    .option('--api-dir <dir>', 'definitions of what a running VPP may not have loaded (env VPP_API_DIR)')
    .option('-t, --timeout <time>', 'longest wait for an answer, as 500ms or 5s (default 5s)', parseTimeout)
    .option('-v, --verbose', 'say what is going on, and show stack traces')
    .addHelpText('after', footer(EXAMPLES));
  addOutputOptions(command);
  return command.action(async (side: string | undefined, given: string[], flags: CompatFlags) => {
    const { first, second, words } = await placesOf(host, [...(side === undefined ? [] : [side]), ...given], flags);
    const options = connectOptions(host, flags);
    const before = await loadSide(first, options, flags.save !== undefined);
    if (flags.save !== undefined) save(host, before, flags.save);
    if (second === undefined) return;
    const after = await loadSide(second, options);
    const names = [...words, ...(flags.uses === undefined ? [] : namesIn(flags.uses))];
    await report(host, ofOneFile(before, after), names.length > 0 ? [...new Set(names)] : undefined, flags);
  });
}

/** Where both sides are, and the words that are names. With `--against` the dataplane is the first side, else the other one. */
async function placesOf(host: Host, words: readonly string[], flags: CompatFlags) {
  const { against, dataplane, save: isSaving } = flags;
  if (against === undefined && dataplane === undefined && isSaving === undefined) {
    throw new UsageError('compat needs --against FILE|DIR|SOCKET, --dataplane NAME, or --save FILE');
  }
  const own = dataplane === undefined ? undefined : (await findVpp(host.io.env, host.signal, { dataplane }))?.socket;
  const isFirst = own !== undefined && (against !== undefined || words.length === 0);
  const [first, ...names] = isFirst ? [own, ...words] : words;
  if (first === undefined)
    throw new UsageError('compat needs a side to begin with: FILE, DIR, SOCKET or --dataplane NAME');
  const second = against ?? (isFirst ? undefined : own);
  if (second === undefined && isSaving === undefined) {
    throw new UsageError('compat needs another side to compare with, or --save FILE');
  }
  return { first, second, words: names };
}

async function report(
  host: Host,
  sides: readonly [NamedSide, NamedSide],
  names: readonly string[] | undefined,
  flags: CompatFlags,
): Promise<void> {
  const [before, after] = sides;
  const found = compatibility(before, after, names);
  const unknown = found.messages.find(({ verdict }) => verdict === 'unknown');
  if (unknown) throw new UsageError(`no message ${unknown.name}: ${unknown.reason}`);
  if (isReadable(host, flags)) {
    const { width } = host.out;
    for (const line of readableReport(found, sides, names === undefined, width)) await host.out.line(line);
  } else for (const line of jsonReport(found, before, after)) await host.out.json(line);
  if (!found.compatible) throw new ExitWith(EXIT.INCOMPATIBLE);
}

function save(host: Host, side: NamedSide, file: string): void {
  try {
    writeFileSync(file, `${JSON.stringify(side.save)}\n`);
  } catch (error) {
    throw new UsageError(`--save ${file}: it cannot be written: ${(error as Error).message}`);
  }
  host.note(`saved ${side.table?.size ?? 0} messages of ${side.label} to ${file}`);
}

function namesIn(file: string): string[] {
  let text: string;
  try {
    text = readInput(file);
  } catch (error) {
    throw new UsageError(`--uses ${file}: it cannot be read: ${reasonOf(error)}`);
  }
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const names = lines.filter((line) => line !== '');
  const strange = names.find((name) => !/^\w+$/.test(name));
  if (strange !== undefined)
    throw new UsageError(`--uses ${file}: one message name in a line, not ${JSON.stringify(strange)}`);
  return names;
}
