import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { compiles, program } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

const IMPORTS = `import { connect, createConnection, loadSchema } from 'vppmux';
declare const signal: AbortSignal;
`;
const CONNECTED = `${IMPORTS}const vpp = await connect();\nconst ch = vpp.channel();\n`;

/** A port of this machine that leads to the world's VPP, as the document's socat makes one. */
async function offerOnTcp({ socket, env }: World): Promise<void> {
  const server = createServer((outside) => {
    const inside = connect(socket);
    outside.pipe(inside).pipe(outside);
    for (const each of [outside, inside]) each.on('error', () => {});
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  env.VPP_TCP = `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

testDocument('docs/client.md', [
  compiles('createConnection({ socket })', {
    before: `${IMPORTS}declare const socket: string, name: string, apiDir: string;`,
    replace: [['const vpp = createConnection', 'const another = createConnection']],
  }),
  program('overTcp', {
    on: 'mock',
    name: 'transport.ts',
    before: offerOnTcp,
    replace: [["'127.0.0.1:5002'", 'String(process.env.VPP_TCP)']],
    prints: /^26\.06-mock\n$/,
  }),
  compiles("'show_version', {}, { timeoutMs", { before: CONNECTED }),
  compiles("details of ch.dump('ip_route_v2_dump'", {
    before: CONNECTED,
    replace: [
      [') …', ') console.log(details);'],
      ['(…)', '(console.log)'],
    ],
  }),
  compiles("'gap' in item", { before: CONNECTED }),
  compiles('fromJson, toJson', { before: CONNECTED }),
  compiles('of ndjson(', { before: `${CONNECTED}import { ndjson } from 'vppmux';` }),
  compiles('TraceRing', { before: `${CONNECTED}import { writeFileSync } from 'node:fs';` }),
  compiles('const fields = schema.message', { before: IMPORTS }),
]);
