/** connectRemote as a page has it: bundled, in a browser, with a ticket for the token, under the policy of the agent's own page. */

import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { remotePlugin } from '../../src/plugins/remote/plugin.js';
import { builtTree } from '../support/built.js';
import { excused } from '../support/needs.js';
import { browserMissing, closeBrowserAfterwards, newPage } from './browser.js';
import { READ_TOKEN, scene, WRITE_TOKEN } from './scene.js';

const entry = fileURLToPath(new URL('../../src/remote/index.ts', import.meta.url));

/** The client as a script that leaves `remote` in the page. */
function bundled(): string {
  const { outputFiles } = buildSync({
    ...{ entryPoints: [entry], bundle: true, minify: true, write: false, logLevel: 'silent' },
    ...{ format: 'iife', globalName: 'remote', platform: 'browser', target: 'es2022' },
  });
  return `${outputFiles[0].text};globalThis.remote = remote;`;
}

/** Runs in the page; gives only what JSON has. */
const visit = async (token: string) => {
  const { connectRemote } = Reflect.get(globalThis, 'remote') as typeof import('../../src/remote/index.js');
  const vpp = await connectRemote({ token });
  const ch = vpp.channel();
  const seen = [];
  for await (const { interface_name } of ch.dump('sw_interface_dump')) seen.push(String(interface_name));
  const refused = await ch.request('sw_interface_set_flags', { sw_if_index: 99 }).catch((error: unknown) => error);
  await vpp.close();
  return { agent: vpp.agent, seen, refused: Reflect.get(refused as object, 'code') };
};

describe('connectRemote in a browser', excused(browserMissing), () => {
  builtTree();
  closeBrowserAfterwards();

  it.each([
    ['a writer', WRITE_TOKEN, 'RETVAL'],
    ['a reader', READ_TOKEN, 'READ_ONLY'],
  ] as const)('of the agent that serves the page, for %s', async (_, token, code) => {
    const http = { 'read-token': READ_TOKEN, 'write-token': WRITE_TOKEN, 'loopback-access': 'none' };
    const { ui } = await scene({ http }, {}, [remotePlugin]);
    const page = await newPage();
    await page.goto(ui);
    await page.evaluate(bundled());
    expect(await page.evaluate(visit, token)).toMatchObject({
      agent: { access: code === 'RETVAL' ? 'write' : 'read' },
      seen: ['local0', 'loop0', 'loop1'],
      refused: code,
    });
  });
});
