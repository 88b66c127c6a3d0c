import { compiles } from './claims.js';
import { testDocument } from './document.js';

const IMPORTS = `import { connect, createConnection, loadSchema } from 'vppmux';
declare const signal: AbortSignal;
`;
const CONNECTED = `${IMPORTS}const vpp = await connect();\nconst ch = vpp.channel();\n`;

testDocument('docs/client.md', [
  compiles('createConnection({ socket })', {
    before: `${IMPORTS}declare const socket: string, name: string, apiDir: string;`,
    replace: [['const vpp = createConnection', 'const another = createConnection']],
  }),
  compiles("'show_version', {}, { timeoutMs", { before: CONNECTED }),
  compiles("ch.dump('ip_route_v2_dump'", {
    before: CONNECTED,
    replace: [
      [') …', ') console.log(details);'],
      ['(…)', '(console.log)'],
    ],
  }),
  compiles("'gap' in item", { before: CONNECTED }),
  compiles('fromJson, toJson', { before: CONNECTED }),
  compiles('TraceRing', { before: `${CONNECTED}import { writeFileSync } from 'node:fs';` }),
  compiles('const fields = schema.message', { before: IMPORTS }),
]);
