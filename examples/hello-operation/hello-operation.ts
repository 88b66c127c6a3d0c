import { definePlugin, fault, implement, operation, z } from 'vppmux/plugin';

/** The declaration: its typed call, its checks and its place in the catalogue come from it. */
export const greet = operation({
  name: 'hello.greet',
  access: 'read',
  summary: 'Greet somebody',
  input: z.object({
    name: z.string().min(1).describe('Whom to greet'),
    times: z.int().min(1).max(10).default(1).describe('How often'),
  }),
  output: z.object({ greeting: z.string() }),
  arguments: ['name'],
});

export default definePlugin({
  name: 'hello-operation',
  version: '1.0.0',
  agentApi: 1,
  description: 'Greets: one operation, as an example.',
  create: () => ({
    operations: [
      /** The function. */
      implement(greet, (_, { name, times }) => {
        if (name === 'nobody') throw fault('ENOENT', 'there is nobody to greet');
        return { greeting: Array(times).fill(`Hello, ${name}!`).join(' ') };
      }),
    ],
  }),
});
