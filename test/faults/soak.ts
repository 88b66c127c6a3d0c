/**
 * `npm run soak -- --minutes 10`: mixed load, and a restart of the dataplane each minute. Every minute prints
 * requests, errors by code, latencies, RSS and heap; the exit code is 1 when memory rises, when something has not
 * settled or is left over at the end, or when an error is none of those that such a load may see.
 *
 *   --minutes N   how long (default 10)
 *   --seconds N   length of a "minute" (default 60), for a quick look
 *   --seed N      of the moments at which the dataplane is killed (default: another one each time, printed)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Connection, connect } from '../../src/mux/index.js';
import { randomFrom } from '../support/scale.js';
import { Dataplane } from './dataplane.js';
import { heldBytes } from './memory.js';
import { SoakLoad } from './soak-load.js';
import { complaints, type Minute, MinuteCount, shownMinute, tooShort } from './soak-minute.js';

/** For what is under way at the end, milliseconds. */
const PATIENCE = 20_000;

interface SoakOptions {
  readonly minutes: number;
  readonly minuteMs: number;
  readonly random: () => number;
}

class Soak {
  readonly faults: string[] = [];
  private readonly scratch = mkdtempSync(join(tmpdir(), 'vppmux-soak-'));
  private readonly socket = join(this.scratch, 'api.sock');
  private readonly count = new MinuteCount();
  private readonly minutes: Minute[] = [];
  private present!: Dataplane;

  constructor(private readonly options: SoakOptions) {}

  async run(): Promise<void> {
    this.present = await this.standby();
    await this.listen();
    const vpp = await connect({ socket: this.socket, cacheDir: false });
    const load = new SoakLoad(vpp, this.count);
    load.start();
    for (let i = 1; i <= this.options.minutes; i++) {
      await this.minute();
      const minute = this.count.take(await heldBytes());
      this.minutes.push(minute);
      console.log(shownMinute(i, minute));
    }
    await this.renewed(vpp, load);
    await load.stop(PATIENCE);
    await this.end(vpp, load);
  }

  private standby(): Promise<Dataplane> {
    return Dataplane.standby({ socket: this.socket, loopbacks: 20, pathMtus: 40, routes: 200 });
  }

  private async listen(): Promise<void> {
    await this.present.order({ do: 'listen' });
    void this.present.order({ do: 'trickle', from: 0, everyMs: 5 });
  }

  /** The dataplane dies somewhere in the middle, and is away for a moment. */
  private async minute(): Promise<void> {
    const { minuteMs, random } = this.options;
    const begun = performance.now();
    const next = this.standby();
    await delay(minuteMs * (0.1 + 0.7 * random()));
    await this.present.end();
    await delay(Math.min(500, minuteMs / 10) * random());
    this.present = await next;
    await this.listen();
    this.count.restarts++;
    await delay(Math.max(0, begun + minuteMs - performance.now()));
  }

  /** After the last restart, too, it is connected again, and both subscribers have been told. */
  private async renewed(vpp: Connection, load: SoakLoad): Promise<void> {
    const { minutes: restarts } = this.options;
    const reconnects = () => vpp.status.generation - 1;
    const end = performance.now() + PATIENCE;
    while ((reconnects() < restarts || load.resyncs < 2 * restarts) && performance.now() < end) await delay(5);
    if (reconnects() === restarts && load.resyncs === 2 * restarts && load.events > 0) return;
    const seen = `${reconnects()} reconnects, and in two subscriptions ${load.resyncs} resyncs and ${load.events} events`;
    this.faults.push(`${restarts} restarts, but ${seen}`);
  }

  private async end(vpp: Connection, load: SoakLoad): Promise<void> {
    await vpp.ready({ timeoutMs: PATIENCE });
    await vpp.channel().request('control_ping'); // VPP answers in order: nothing is on its way any more
    const { inFlight, waiting, bufferedBytes, strayReplies, unknownMessages } = vpp.stats();
    const left = { inFlight, waiting, bufferedBytes, strayReplies, unknownMessages };
    for (const [what, value] of Object.entries(left)) if (value > 0) this.faults.push(`${what} is ${value} at the end`);
    await vpp.close();
    await this.present.end();
    rmSync(this.scratch, { recursive: true });
    this.faults.push(...load.faults, ...complaints(this.minutes));
    const short = tooShort(this.options.minutes);
    if (short) console.log(short);
  }
}

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 0x7fffffff));
const minutes = Number(values.minutes ?? 10);
const minuteMs = Number(values.seconds ?? 60) * 1000;
if (!Number.isInteger(minutes) || minutes < 1 || !(minuteMs > 0) || Number.isNaN(seed)) {
  console.error('--minutes takes a whole number from 1 on, --seconds and --seed take a number');
  process.exit(2);
}
console.log(`soak for ${minutes} minutes of ${minuteMs / 1000} s, --seed ${seed}`);
const soak = new Soak({ minutes, minuteMs, random: randomFrom(seed) });
for (const event of ['uncaughtException', 'unhandledRejection', 'warning'] as const) {
  process.on(event, (error: unknown) => soak.faults.push(`${event}: ${error instanceof Error ? error.stack : error}`));
}
await soak.run().catch((error: Error) => soak.faults.push(`the soak ended early: ${error.stack}`));
for (const fault of soak.faults) console.error(`FAULT: ${fault}`);
console.log(soak.faults.length === 0 ? 'passed' : `failed: ${soak.faults.length} faults`);
process.exit(soak.faults.length === 0 ? 0 : 1);
