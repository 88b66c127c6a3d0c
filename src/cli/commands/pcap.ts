import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { reasonOf } from '../../thrown.js';
import { type CaptureCalls, captureCalls } from '../capture/capture-calls.js';
import { AGENT_FILTERS, addFilterOptions, type FilterFlags, filterInput } from '../capture/filter-options.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { parseCount } from '../option-values.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux pcap -i loop0 -w - | wireshark -k -i -
  vppmux pcap -i loop0 --rx -w - | tcpdump -n -r -
  vppmux pcap --drop -w drops.pcap -n 100              (the reason is behind each packet)
  vppmux pcap -i tap0 --proto tcp --port 443 --time 10m -w web.pcap

VPP writes to /tmp of its host; each file is read and deleted there. Packets come once a second; between two files those of
some microseconds may be missing. It works through a running agent, whose write-token it needs, or directly at VPP's socket
(--socket). One packet trace or pcap at a time is possible on a VPP; everything is undone there when it ends, however it ends.`;

const POLL_MS = 300;
/** Time after which an agent takes this command for gone. */
const KEEP_ALIVE = '15s';
/** Milliseconds after which it gives a sign, where its reader takes nothing. */
const KEEP_MS = 5000;

interface PcapFlags extends FilterFlags {
  readonly interface?: string;
  readonly write?: string;
  readonly rx?: boolean;
  readonly tx?: boolean;
  readonly drop?: boolean;
  readonly count?: number;
  readonly bytes?: number;
}

export function pcapCommand(host: Host): Command {
  const command = new Command('pcap')
    .summary('capture packets of VPP, for Wireshark and tcpdump')
    .description('Captures packets into a file, or to standard output as they come, until Ctrl-C.')
    .option('-i, --interface <name>', 'name of the interface, or its sw_if_index (default: all)')
    .option('-w, --write <file>', 'where to write; what is in the file goes. -: standard output')
    .option('--rx', 'packets that are received (default: rx and tx)')
    .option('--tx', 'packets that are sent')
    .option('--drop', 'packets that are dropped')
    .option('-n, --count <n>', 'end after so many packets', parseCount)
    .option('--bytes <n>', 'bytes of each packet, 32 to 9000 (default 9000)', parseCount)
    .addHelpText('after', footer(EXAMPLES));
  return addFilterOptions(command).action((flags: PcapFlags) => pcap(host, flags));
}

async function pcap(host: Host, flags: PcapFlags): Promise<void> {
  const { write } = flags;
  if (write === undefined) throw new UsageError('pcap needs a place to write to: -w FILE, or -w - for standard output');
  if (write === '-' && host.io.stdout.isTTY) {
    throw new UsageError(
      'a pcap file is nothing to look at on a terminal: vppmux pcap -w - | tcpdump -n -r -, or -w FILE',
    );
  }
  host.endWithReader();
  const calls = await captureCalls(host, flags);
  const output = write === '-' ? host.io.stdout : await fileAt(write);
  try {
    const packets = await capture(host, calls, output, flags);
    if (output !== host.io.stdout) await finished(output.end());
    host.note(`${packets} packet${packets === 1 ? '' : 's'}${write === '-' ? '' : ` in ${write}`}`);
  } catch (error) {
    if (output === host.io.stdout || error !== (output as Writable).errored) throw error;
    host.note(`-w ${write}: ${reasonOf(error)}; the capture has ended`);
    throw new ExitWith(EXIT.BUG);
  } finally {
    await calls.close();
    if (output !== host.io.stdout) output.end();
  }
}

interface Part {
  readonly state: string;
  readonly ended?: string;
  readonly packets: number;
  readonly fullRounds: number;
  readonly data: string;
  readonly offset: number;
  readonly end: boolean;
}

/** Gives the number of packets that were written. */
async function capture(
  host: Host,
  calls: CaptureCalls,
  output: NodeJS.WritableStream,
  flags: PcapFlags,
): Promise<number> {
  const { interface: itf, rx, tx, drop, count, bytes } = flags;
  const given = { interface: itf, rx, tx, drop, count, bytes };
  const started = await calls.call('pcap.start', {
    ...filterInput(flags),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    keepAlive: KEEP_ALIVE,
  });
  const { lease, filter } = started as unknown as { lease: { id: string; until: string }; filter: { by: string } };
  if (filter.by === 'agent') host.note(AGENT_FILTERS);
  host.note(`${calls.at} captures, until Ctrl-C or ${lease.until.slice(0, 19)}Z`);
  try {
    return await follow(host, calls, output, lease.id);
  } catch (error) {
    // An agent would go on until it misses this command.
    await calls.call('pcap.stop', { lease: lease.id }).catch(() => {});
    throw error;
  }
}

/** Writes what comes, until it ends. Rejects with the error of the output. */
async function follow(host: Host, calls: CaptureCalls, output: NodeJS.WritableStream, lease: string): Promise<number> {
  let isStopped = false;
  for (let offset = 0; ; ) {
    if (host.signal.aborted && !isStopped) {
      isStopped = true;
      await calls.call('pcap.stop', { lease });
    }
    const part = (await calls.call('pcap.read', { lease, offset })) as unknown as Part;
    const data = Buffer.from(part.data, 'base64');
    const { errored } = output as Writable;
    if (errored && output !== host.io.stdout) throw errored;
    // A reader that has gone takes nothing more.
    const isTaken = isStopped && output === host.io.stdout && !output.writable;
    offset = part.offset;
    if (data.length > 0 && !isTaken && !output.write(data)) await drained(host, calls, output, { lease, offset });
    if (part.end) {
      if (part.fullRounds > 0)
        host.note(`in ${part.fullRounds} s VPP had more packets than it keeps: some are missing`);
      if (!isStopped) host.note(`the capture has ended: ${part.ended}`);
      return part.packets;
    }
    if (data.length === 0) await setTimeout(POLL_MS, undefined, { signal: host.signal }).catch(() => {});
  }
}

/** Waits until the reader goes on. Meanwhile the lease is kept: reads are the signs of its owner. */
async function drained(
  host: Host,
  calls: CaptureCalls,
  output: NodeJS.WritableStream,
  at: { readonly lease: string; readonly offset: number },
): Promise<void> {
  const alive = setInterval(() => void calls.call('pcap.read', at).catch(() => {}), KEEP_MS).unref();
  try {
    await Promise.race([once(output, 'drain'), aborted(host)]);
  } finally {
    clearInterval(alive);
  }
}

async function aborted({ signal }: Host): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Throws UsageError for a file that cannot be made. */
async function fileAt(path: string): Promise<Writable> {
  const file = createWriteStream(path, { mode: 0o600 });
  await once(file, 'open').catch((error: Error) => {
    throw new UsageError(`-w ${path}: ${error.message}`);
  });
  // A full disk is seen by who writes next.
  file.on('error', () => {});
  return file;
}
