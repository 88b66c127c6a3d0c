/** A raw client of the VPP that VPP_API_SOCKET names, else of a mock: for contracts between the mock and VPP. */
import { onTestFinished } from 'vitest';
import { type Fields, loadSchema, type Schema } from '../../src/mux/internal.js';
import { ownSchema } from './mock.js';
import { RawClient } from './raw-client.js';
import { anyVpp, type TestVpp } from './vpp.js';

const apiDir = process.env.VPP_API_DIR;
let loaded: Promise<Schema> | undefined;

/** The definitions of VPP_API_DIR, else the mock's own. */
function contractSchema(): Promise<Schema> {
  loaded ??= apiDir ? loadSchema(apiDir) : ownSchema();
  return loaded;
}

export class Contract {
  private constructor(
    private readonly vpp: TestVpp,
    readonly client: RawClient,
  ) {}

  /** Stops after the test. */
  static async begin(): Promise<Contract> {
    const vpp = await anyVpp();
    const contract = new Contract(vpp, await RawClient.connect(vpp.socket, await contractSchema()));
    onTestFinished(async () => {
      contract.client.close();
      await vpp.stop();
    });
    return contract;
  }

  /** Another client. */
  async another(): Promise<RawClient> {
    const client = await RawClient.connect(this.vpp.socket, await contractSchema());
    onTestFinished(() => client.close());
    return client;
  }

  /** Asks after the test, as a client of its own, to remove what the test has made. */
  afterwards(name: string, fields: Fields): void {
    onTestFinished(async () => {
      const client = await RawClient.connect(this.vpp.socket, await contractSchema());
      await client.ask(name, fields);
      client.close();
    });
  }

  ask(name: string, fields: Fields = {}): Promise<Fields> {
    return this.client.ask(name, fields);
  }

  /** The retval of a request. */
  async retval(name: string, fields: Fields = {}): Promise<number> {
    return Number((await this.ask(name, fields)).retval);
  }

  dump(name: string, fields: Fields = {}): Promise<Fields[]> {
    return this.client.dump(name, fields);
  }

  /** The details of one interface. */
  async details(swIfIndex: number): Promise<Fields | undefined> {
    return (await this.dump('sw_interface_dump', { sw_if_index: 0xffffffff })).find(
      (each) => each.sw_if_index === swIfIndex,
    );
  }

  /** Output of a CLI command, with its retval before it. */
  async cli(cmd: string): Promise<string> {
    const { retval, reply } = await this.ask('cli_inband', { cmd });
    return `${retval} ${reply}`;
  }

  /** A loopback that goes after the test, with all that is on it. */
  async loopback(mac = '00:00:00:00:00:00'): Promise<number> {
    const { sw_if_index } = await this.ask('create_loopback', { mac_address: mac });
    const swIfIndex = Number(sw_if_index);
    this.afterwards('delete_loopback', { sw_if_index: swIfIndex });
    return swIfIndex;
  }
}
