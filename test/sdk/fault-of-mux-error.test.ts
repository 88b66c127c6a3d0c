/** Errors of the mux in an operation, as its caller gets them. */

import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../src/agent/plugin/define-plugin.js';
import { FieldError, RetvalError, TimeoutError, VppmuxError } from '../../src/mux/index.js';
import { retvalName } from '../../src/mux/retval.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { faultOfMuxError } from '../../src/sdk/fault-of-mux-error.js';
import { echo, echoing } from '../agent/operations/support.js';
import { recordingLog } from '../agent/support.js';
import { FakeConnection } from '../plugins/govpp/fake-connection.js';

const refusal = (retval: number) =>
  new RetvalError(retval, retvalName(retval), 'long text', { messageName: 'sw_interface_set_flags' }, {});

describe('an error of the mux in an operation', () => {
  it.each([
    [-2, 'ENOENT', 'INVALID_SW_IF_INDEX'],
    [-3, 'ENOENT', 'NO_SUCH_FIB'],
    [-9, 'ENOTSUP', 'UNIMPLEMENTED'],
    [-56, 'EEXIST', 'VLAN_ALREADY_EXISTS'],
    [-73, 'EINVAL', 'INVALID_ARGUMENT'],
    [-105, 'EBUSY', 'ADDRESS_IN_USE'],
    [-107, 'ENOSPC', 'QUEUE_FULL'],
    [-1, 'EPROTO', 'UNSPECIFIED'],
  ])('VPP’s refusal %i: %s', (retval, code, name) => {
    const message = `VPP refused sw_interface_set_flags: ${name} (${retval})`;
    expect(faultOfMuxError(refusal(retval))).toMatchObject({ code, message });
  });

  it.each([
    [new VppmuxError('NOT_CONNECTED', 'no connection'), 'ENOTCONN'],
    [new TimeoutError('REPLY_TIMEOUT', 'no answer'), 'ETIMEDOUT'],
    [new FieldError('BAD_FIELD', 'too large'), 'EINVAL'],
    [new VppmuxError('READ_ONLY', 'only reads'), 'READ_ONLY'],
  ])('%s: with its own text', (error, code) => {
    expect(faultOfMuxError(error)).toMatchObject({ code, message: error.message });
  });

  it.each([
    new Error('x'),
    Object.assign(new Error('x'), { code: 'NOT_CONNECTED' }),
    new VppmuxError('BAD_OPTION', 'x'),
  ])('%s: concerns the log only', (error) => {
    expect(faultOfMuxError(error)).toBeUndefined();
  });

  it('reaches the caller through the agent', async () => {
    const user = definePlugin({
      name: 'user',
      version: '1.0.0',
      agentApi: 1,
      create: () => ({
        operations: [
          echoing(() => {
            throw refusal(-2);
          }),
        ],
      }),
    });
    const govpp = govppPlugin((options) => new FakeConnection(options));
    const agent = await createAgent({ plugins: [govpp, user], log: recordingLog().log, env: {} });
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    await expect(client.call(echo, {})).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'VPP refused sw_interface_set_flags: INVALID_SW_IF_INDEX (-2)',
    });
    await agent.close();
  });
});
