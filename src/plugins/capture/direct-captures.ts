/** The operations of captures without an agent, for a command that talks to VPP itself. */

import type { Connection } from '../../mux/index.js';
import { fault, type Implementation } from '../../sdk/index.js';
import { Captures } from './captures.js';
import { captureConfig } from './config.js';
import { packetTraceOperations } from './packet-trace-operations.js';
import { pcapOperations } from './pcap-operations.js';
import { Records, recordsFolder } from './records.js';

export interface DirectCapturesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the caller, as others see it who ask meanwhile. */
  readonly owner: string;
  /** Where VPP's /tmp is seen from here. */
  readonly vppTmp?: string;
  readonly warn: (text: string) => void;
}

export interface DirectCaptures {
  /** Carries out an operation. Rejects with Fault. */
  call(name: string, input: object): Promise<unknown>;
  /** Ends what was begun. */
  close(): Promise<void>;
}

export function directCaptures(vpp: Connection, options: DirectCapturesOptions): DirectCaptures {
  const { env, owner, vppTmp, warn } = options;
  const config = captureConfig.parse(vppTmp === undefined ? {} : { 'vpp-tmp': vppTmp });
  const captures = new Captures({
    vpp,
    records: new Records(recordsFolder(env)),
    vppTmp: () => config['vpp-tmp'],
    warn,
  });
  captures.watch();
  const service = { captures, config };
  const operations = [...packetTraceOperations(service), ...pcapOperations(service)];
  const context = {
    client: { id: 0, name: owner, access: 'write', via: 'cli', signal: new AbortController().signal },
    log: { info: () => {} },
  };
  return {
    call: async (name, input) => {
      const found = operations.find(({ operation }) => operation.name === name);
      if (found === undefined) throw fault('ENOTSUP', `there is no operation ${name}`);
      return found.run(context as never, checked(found, input) as never);
    },
    close: () => captures.close(),
  };
}

function checked({ operation }: Implementation, input: object): unknown {
  const { data, error } = operation.input.safeParse(input);
  if (error === undefined) return data;
  const [{ path, message }] = error.issues;
  throw fault('EINVAL', `${path.join('.')}: ${message}`);
}
