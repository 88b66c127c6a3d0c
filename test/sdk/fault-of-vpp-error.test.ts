/** Errors of VPP's objects in an operation, as its caller gets them. */

import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../src/agent/plugin/define-plugin.js';
import { RetvalError } from '../../src/mux/index.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { faultOfVppError } from '../../src/sdk/fault-of-vpp-error.js';
import { ObjectError, type ObjectErrorCode, StepError } from '../../src/vpp/index.js';
import { echo, echoing } from '../agent/operations/support.js';
import { recordingLog } from '../agent/support.js';
import { FakeConnection } from '../plugins/govpp/fake-connection.js';

const refusal = new RetvalError(-3, 'NO_SUCH_FIB', 'long text', { messageName: 'ip_route_add_del_v2' }, {});
const missing = new ObjectError('NOT_FOUND', 'interface', 'there is no interface "x"', { path: 'paths[0].interface' });

describe("an error of VPP's objects in an operation", () => {
  it.each<[ObjectErrorCode, string]>([
    ['NOT_FOUND', 'ENOENT'],
    ['EXISTS', 'EEXIST'],
    ['IN_USE', 'EBUSY'],
    ['NOT_SUPPORTED', 'ENOTSUP'],
    ['INVALID', 'EINVAL'],
  ])('%s: %s, with its text and path', (code, expected) => {
    const error = new ObjectError(code, 'interface', 'why', { path: 'interface' });
    expect(faultOfVppError(error)).toMatchObject({ code: expected, message: 'why', path: 'interface' });
  });

  it('of one step: code and words of its cause', () => {
    const refused = new StepError('route', { step: 'routes[1] (10.0.0.0/8)', others: '1 added' }, refusal, 'routes[1]');
    expect(faultOfVppError(refused)).toMatchObject({
      ...{ code: 'ENOENT', path: 'routes[1]' },
      message: 'routes[1] (10.0.0.0/8): VPP refused ip_route_add_del_v2: NO_SUCH_FIB (-3) (1 added)',
    });
    const unknown = new StepError('route', { step: 'routes[1] (10.0.0.0/8)', others: 'nothing was sent' }, missing);
    expect(faultOfVppError(unknown, () => '; list has all')).toMatchObject({
      ...{ code: 'ENOENT' },
      message: 'routes[1] (10.0.0.0/8): there is no interface "x"; list has all (nothing was sent)',
    });
  });

  it('of one step, with a cause that concerns the log only: none', () => {
    expect(faultOfVppError(new StepError('route', { step: 'routes[1]' }, new Error('x')))).toBeUndefined();
  });

  it('reaches the caller through the agent', async () => {
    const user = definePlugin({
      name: 'user',
      version: '1.0.0',
      agentApi: 1,
      create: () => ({
        operations: [
          echoing(() => {
            throw missing;
          }),
        ],
      }),
    });
    const plugins = [govppPlugin((options) => new FakeConnection(options)), user];
    const agent = await createAgent({ plugins, log: recordingLog().log, env: {} });
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    const fault = { code: 'ENOENT', message: 'there is no interface "x"', path: 'paths[0].interface' };
    await expect(client.call(echo, {})).rejects.toMatchObject(fault);
    await agent.close();
  });
});
