import { expect, test } from 'vitest';
import { createAgent, definePlugin, perPlugin, token } from '../../src/agent/index.js';
import { recordingLog } from './support.js';

interface Greeter {
  readonly greet: () => string;
}
const Greeter = token<Greeter>('test/greeter');

test('perPlugin: each plugin that requires the service gets its own, made once, with its name', async () => {
  const made: string[] = [];
  const greeter = definePlugin({
    name: 'greeter',
    version: '1.0.0',
    agentApi: 1,
    provides: { greeter: Greeter },
    create: () => ({
      provide: {
        greeter: perPlugin((plugin): Greeter => {
          made.push(plugin);
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
});
