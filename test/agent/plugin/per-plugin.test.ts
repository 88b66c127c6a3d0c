import { expect, it } from 'vitest';
import { createAgent, definePlugin, perPlugin, token } from '../../../src/agent/index.js';
import { recordingLog } from '../support.js';

interface Greeter {
  readonly greet: () => string;
}
const Greeter = token<Greeter>('test/greeter');

it('perPlugin: each plugin that requires the service gets its own, made once, with its name', async () => {
  const made: string[] = [];
  const ended: string[] = [];
  const greeter = definePlugin({
    name: 'greeter',
    version: '1.0.0',
    agentApi: 1,
    provides: { greeter: Greeter },
    create: () => ({
      provide: {
        greeter: perPlugin((plugin, closing): Greeter => {
          made.push(plugin);
          closing.addEventListener('abort', () => ended.push(plugin));
          return { greet: () => `hello ${plugin}` };
        }),
      },
    }),
  });
  const greeted: string[] = [];
  const guest = (name: string) =>
    definePlugin({
      name,
      version: '1.0.0',
      agentApi: 1,
      requires: { greeter: Greeter },
      create({ greeter }) {
        greeted.push(greeter.greet(), greeter.greet());
        return {};
      },
    });
  const agent = await createAgent({ plugins: [greeter, guest('ann'), guest('bob')], log: recordingLog().log, env: {} });
  await agent.start();
  await agent.close();
  expect(greeted).toEqual(['hello ann', 'hello ann', 'hello bob', 'hello bob']);
  expect(made).toEqual(['ann', 'bob']);
  expect(ended).toEqual(['bob', 'ann']);
});

it('perPlugin that throws: the plugin that requires the service is named, and optional ones are left out', async () => {
  const greeter = definePlugin({
    name: 'greeter',
    version: '1.0.0',
    agentApi: 1,
    provides: { greeter: Greeter },
    create: () => ({
      provide: {
        greeter: perPlugin((): Greeter => {
          throw new Error('no voice');
        }),
      },
    }),
  });
  const guest = (optional: boolean) =>
    definePlugin({
      ...{ name: 'guest', version: '1.0.0', agentApi: 1, optional, requires: { greeter: Greeter } },
      create: () => ({}),
    });
  const agentOf = (optional: boolean) =>
    createAgent({ plugins: [greeter, guest(optional)], log: recordingLog().log, env: {} });
  await expect((await agentOf(false)).start()).rejects.toMatchObject({
    code: 'PLUGIN_FAILED',
    message: 'plugin guest requires "test/greeter", which could not be made for it: no voice',
  });
  const agent = await agentOf(true);
  await agent.start();
  await agent.close();
});
