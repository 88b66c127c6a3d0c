/** A new operation needs one declaration and one function, in one file. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import hello, { greet } from '../../../examples/hello-operation/hello-operation.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { directoryWith, recordingLog } from '../support.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const example = readFileSync(`${root}examples/hello-operation/hello-operation.ts`, 'utf8');

async function running(options: Parameters<typeof createAgent>[0]) {
  const agent = await createAgent({ log: recordingLog().log, env: {}, ...options });
  await agent.start();
  return agent;
}

describe('the example hello-operation', () => {
  it('serves its operation: by definition and by name, checked', async () => {
    const agent = await running({ plugins: [hello] });
    const client = agent.operations.open({ name: 'test', access: 'read' });
    expect(await client.call(greet, { name: 'Ann', times: 2 })).toEqual({ greeting: 'Hello, Ann! Hello, Ann!' });
    expect(await client.call('hello.greet', { name: 'Ann' })).toEqual({ greeting: 'Hello, Ann!' });
    await expect(client.call(greet, { name: 'nobody' })).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(client.call(greet, { name: 'Ann', times: 11 })).rejects.toMatchObject({ path: 'times' });
    expect(agent.operations.catalogue.map(({ operation: { name }, plugins }) => [name, plugins])).toEqual([
      ['hello.greet', ['hello-operation']],
    ]);
    await client.close();
    await agent.close();
  });

  it('is one file with one declaration and one function, which no other file of the program knows', () => {
    expect(readdirSync(`${root}examples/hello-operation`)).toEqual(['hello-operation.ts']);
    expect([...example.matchAll(/\boperation\(\{/g)]).toHaveLength(1);
    expect([...example.matchAll(/\bimplement\(/g)]).toHaveLength(1);
    const program = ['src', 'conf', 'bin', 'mock-vpp'].flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(program.length).toBeGreaterThan(100);
    expect(program.filter((file) => /hello[.-](greet|operation)/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('a second one: a declaration and a function more, in the same file, and nothing else', async () => {
    const declaration = `const part = operation({
      name: 'hello.part', access: 'read', summary: 'Say goodbye',
      input: z.object({ name: z.string() }), output: z.object({ text: z.string() }),
    });`;
    const implementation = `implement(part, (_, { name }) => ({ text: 'Goodbye, ' + name })),`;
    const door = new URL('../../../src/sdk/index.ts', import.meta.url).href;
    const source = example
      .replace("'vppmux/plugin'", `'${door}'`)
      .replace('export default', `${declaration}\n\nexport default`)
      .replace('operations: [', `operations: [\n${implementation}`);
    const dir = directoryWith({ 'agent.yaml': 'plugins: [./hello.ts]\n' });
    writeFileSync(join(dir, 'hello.ts'), source);
    const agent = await running({ configDir: dir });
    const client = agent.operations.open({ name: 'test', access: 'read' });
    expect(await client.call('hello.part', { name: 'Ann' })).toEqual({ text: 'Goodbye, Ann' });
    expect(agent.operations.catalogue).toHaveLength(2);
    await client.close();
    await agent.close();
  });
});
