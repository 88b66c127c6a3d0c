/** Clients of an API socket that ask all the time, connect again when they are closed, and know what they are owed. */
import type { Schema } from '../../src/mux/internal.js';
import { RawClient } from '../support/raw-client.js';

/** One exchange of a client; rejects when its connection ends before it is whole. Throws what is wrong with an answer. */
type Exchange = (client: RawClient) => Promise<void>;

class WrongAnswer extends Error {}

async function single(client: RawClient, name: string, fields = {}): Promise<void> {
  const context = client.post(name, fields);
  for (;;) {
    const message = await client.message();
    if (message.name === 'sw_interface_event') continue;
    if (message.name !== `${name}_reply` || message.fields.context !== context) {
      throw new WrongAnswer(`${message.name} ${message.fields.context} for ${name} ${context}`);
    }
    return;
  }
}

async function dump(client: RawClient): Promise<void> {
  const context = client.post('sw_interface_dump');
  client.post('control_ping', { context });
  for (let details = 0; ; ) {
    const { name, fields } = await client.message();
    if (name === 'sw_interface_event') continue;
    if (fields.context !== context) throw new WrongAnswer(`${name} ${fields.context} for a dump ${context}`);
    if (name === 'sw_interface_details') details++;
    else if (fields.retval !== 0)
      return; // the link has ended before the dump was sent
    else if (details === 0) throw new WrongAnswer('a list is too short');
    else return;
  }
}

const EXCHANGES: readonly Exchange[] = [
  (client) => single(client, 'control_ping'),
  (client) => single(client, 'show_version'),
  (client) => single(client, 'memclnt_keepalive'),
  (client) => single(client, 'want_interface_events', { enable_disable: 1, pid: 1 }),
  (client) => single(client, 'want_interface_events', { enable_disable: 0, pid: 1 }),
  (client) => single(client, 'cli_inband', { cmd: 'show version' }),
  dump,
  dump,
];

export class LoadClient {
  exchanges = 0;
  connections = 0;
  readonly wrong: string[] = [];
  private client: RawClient | undefined;
  private isOver = false;
  private readonly ended: Promise<void>;

  constructor(
    private readonly path: string,
    private readonly schema: Schema,
    private readonly random: () => number,
  ) {
    this.ended = this.run();
  }

  /** Ends its connection as the death of its process would. */
  kill(): void {
    this.client?.close();
  }

  async end(): Promise<void> {
    this.isOver = true;
    this.client?.close();
    await this.ended;
  }

  private async run(): Promise<void> {
    while (!this.isOver) {
      try {
        this.client = await RawClient.connect(this.path, this.schema, 'load');
        this.connections++;
        await this.ask(this.client);
      } catch (error) {
        if (error instanceof WrongAnswer) this.wrong.push(error.message);
        this.client?.close();
        // The socket may not be there yet, or VPP.
        await new Promise((resolve) => setTimeout(resolve, 5 + this.random() * 20));
      }
    }
    this.client?.close();
  }

  private async ask(client: RawClient): Promise<void> {
    while (!this.isOver) {
      const exchange = EXCHANGES[Math.floor(this.random() * EXCHANGES.length)];
      await exchange(client);
      this.exchanges++;
      // Fifty of them share a process.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
