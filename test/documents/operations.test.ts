import { expect } from 'vitest';
import { checked, compiles } from './claims.js';
import { testDocument } from './document.js';
import { call } from './traffic.js';

testDocument('docs/operations.md', [
  compiles("name: 'acme.set-state'"),
  compiles('requires: { operations: Operations }', {
    before: `import { definePlugin, Operations, operation, z } from 'vppmux/plugin';
declare const signal: AbortSignal;
const onProgress = (_progress: unknown) => {};
const greet = operation({ name: 'hello.greet', access: 'read', summary: 'Greet', input: z.object({ name: z.string() }), output: z.object({ greeting: z.string() }) });
export default definePlugin({ name: 'caller', version: '1.0.0', agentApi: 1,`,
    after: '});',
  }),
  compiles('closeHandle:', {
    before: `import { definePlugin } from 'vppmux/plugin';
class Session { constructor(readonly name: string) {} end(): void {} }
export default definePlugin({ name: 'holder', version: '1.0.0', agentApi: 1, requires: {}, create: () => ({`,
    after: '}) });',
  }),
  checked('2001:db8:9::/48 drop', {
    on: 'agent',
    async check(text, world) {
      const [table7, ...others] = text
        .trim()
        .split('\n')
        .sort((a, b) => Number(b.includes('table 7')) - Number(a.includes('table 7')));
      await world.shell.run('vppmux call ip_table_add_del is_add=true table.table_id=7');
      const answer = JSON.parse(await call(world, 'route/add', { routes: [table7, ...others] }));
      expect(answer).toMatchObject({ added: others.length + 1, failed: 0 });
    },
  }),
]);
